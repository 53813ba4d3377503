"""What the teacher hears of answers: a message of a refusal, the card, and a meeting called off."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete
from handlers.deliveries import BUILDERS
from handlers.views.meetings.meeting_answer import ANSWER_TEXT
from interventions.meetings import (
    AttendeeKind,
    Invitee,
    answer_invitation,
    cancel_meeting,
    move_meeting,
)
from interventions.meetings.answering import ANSWER
from interventions.meetings.telling import CARD, attendees_of
from school.errors import NotFound
from school.models import Delivery, Enrolment, Meeting
from tests.interventions.staff import NOW, Staff, deliveries, utc


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """The mother and a colleague are invited."""
    moss = Invitee(AttendeeKind.COLLEAGUE, staff.moss)
    return staff.schedule(session, attendees=[staff.mum, moss])


def answer(session: Session, meeting: Meeting, said: str, note: str = "", after: int = 0) -> None:
    """What the mother says."""
    mother, _ = attendees_of(meeting, session=session)
    now = NOW + timedelta(seconds=after)
    sequence = meeting.sequence
    answer_invitation(mother.id, said, note, sequence, session=session, now=now)


def words(session: Session, delivery: Delivery) -> str:
    """What is sent, as far as it says anything."""
    outgoing = BUILDERS[delivery.kind](session, delivery, NOW)
    assert "Park" not in outgoing.text
    return json.dumps(outgoing.compose(None), ensure_ascii=False)


def test_a_refusal_says_who_to_what_and_why_and_offers_another_time(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "declined", "We are <b>away</b>.")
    (told,) = deliveries(session, ANSWER)
    said = words(session, told)
    assert BUILDERS[ANSWER](session, told, NOW).text == ANSWER_TEXT
    for piece in ("Ana Park cannot come.", "Tue 24 Nov 14:30", "We are <b>away</b>.", "Move"):
        assert piece in said


def test_who_comes_after_all_is_told_without_buttons(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "declined")
    (first,) = deliveries(session, ANSWER)
    first.state, first.finished_at = "sent", NOW
    answer(session, meeting, "accepted", after=1)
    said = words(session, deliveries(session, ANSWER)[-1])
    assert "Ana Park can come after all." in said
    assert "actions" not in said
    with pytest.raises(Obsolete, match="answered_otherwise"):
        words(session, first)


def test_what_does_not_hold_any_more_is_not_told(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "declined")
    (told,) = deliveries(session, ANSWER)
    move_meeting(staff.ruiz, meeting.id, 1, utc(27, 15), session=session, now=NOW)
    with pytest.raises(Obsolete, match="answered_otherwise"):
        words(session, told)
    cancel_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    with pytest.raises(Obsolete, match="over"):
        words(session, told)


def test_the_card_says_who_comes_and_what_they_wrote(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    (card,) = deliveries(session, CARD)
    assert "2 people are invited by e-mail at 10:00" in words(session, card)
    assert "No answer yet" not in words(session, card)
    answer(session, meeting, "tentative", "If the bus comes.")
    said = words(session, deliveries(session, CARD)[-1])
    for piece in ("Perhaps:", "No answer yet:", "Mr Moss", "Ana Park: “If the bus comes.”"):
        assert piece in said


def test_a_meeting_called_off_about_who_has_left_names_nobody(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    with pytest.raises(NotFound):
        words(session, deliveries(session, CARD)[-1])
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=NOW)
    said = words(session, deliveries(session, CARD)[-1])
    assert "Cancelled · Tue 24 Nov 14:30: a meeting of yours." in said
    assert "Leo" not in said
