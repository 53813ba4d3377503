"""Meetings as messages: what is shown is what holds when it is sent, to who may still see it."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import CardShown, NotYet, Obsolete, Outgoing
from handlers.deliveries import BUILDERS
from handlers.ids import Kind
from interventions.meetings import (
    cancel_meeting,
    move_meeting,
    record_outcome,
    reopen_outcome,
)
from school.cards import AGAIN
from school.errors import NotAllowed, NotFound
from school.models import AuditEntry, CardCopy, Delivery, Enrolment, Meeting, User
from tests.handlers.jobs.firing import tick
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, utc

DAY_BEFORE, ASKED, FRIDAY = utc(23, 19, 30), utc(24, 20, 10), utc(27, 15)


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    return staff.schedule(
        session, attendees=[staff.mum], location="Room 1", notes="Fractions at home."
    )


def build(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """As the outbox does."""
    return BUILDERS[delivery.kind](session, delivery, now)


def shown(outgoing: Outgoing) -> str:
    return json.dumps(outgoing.compose(None), ensure_ascii=False)


def last(session: Session, kind: str) -> Delivery:
    return deliveries(session, kind)[-1]


def sent(session: Session, delivery: Delivery, outgoing: Outgoing, ts: str = "1.1") -> None:
    """Note what the outbox notes once a card is sent."""
    assert outgoing.card is not None
    delivery.state, delivery.finished_at = "sent", NOW
    copy = session.get_one(CardCopy, outgoing.card.copy_id)
    copy.version, copy.channel, copy.message_ts = outgoing.card.version, "D1", ts
    session.flush()


def test_the_card_shows_the_meeting_as_it_is(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    card = last(session, Kind.MEETING_CARD)
    outgoing = build(session, card, NOW)
    assert outgoing.card == CardShown(card.payload["copy"], 1)
    assert outgoing.replaces is None
    for words in ("Leo Park", "14:30", "Room 1", "Ana Park", "Fractions at home."):
        assert words in shown(outgoing)
    assert "Leo" not in outgoing.text
    assert "I remind you Mon 23 Nov 14:30 and 15 minutes before" in shown(outgoing)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.student_id == staff.leo)).all()
    assert rows


def test_the_card_is_edited_where_it_stands_and_once_for_each_version(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    first = last(session, Kind.MEETING_CARD)
    sent(session, first, build(session, first, NOW))
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=NOW)
    moved = last(session, Kind.MEETING_CARD)
    cancel_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    outgoing = build(session, moved, NOW)
    assert outgoing.replaces == ("D1", "1.1")
    assert outgoing.card == CardShown(first.payload["copy"], 3)
    assert "Cancelled" in shown(outgoing)
    sent(session, moved, outgoing)
    with pytest.raises(Obsolete, match="shown"):
        build(session, last(session, Kind.MEETING_CARD), NOW)


def test_a_card_is_no_more_for_who_may_not_see_the_student(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    first = last(session, Kind.MEETING_CARD)
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    with pytest.raises(NotFound, match="None of your meetings is that one"):
        build(session, first, NOW)


def test_a_copy_of_another_workspace_or_none_is_not_shown(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    card = last(session, Kind.MEETING_CARD)
    card.payload = {"copy": 999, "version": 1}
    with pytest.raises(Obsolete, match="no_copy"):
        build(session, card, NOW)


def test_a_reminder_brings_the_prep_card(session: Session, staff: Staff, meeting: Meeting) -> None:
    tick(session, DAY_BEFORE)
    outgoing = build(session, last(session, Kind.MEETING_REMINDER), DAY_BEFORE)
    for words in ("Leo Park", "Tomorrow 14:30", "Fractions at home.", "full_report"):
        assert words in shown(outgoing)
    assert "Leo" not in outgoing.text


def test_a_reminder_says_what_was_written_last(session: Session, staff: Staff) -> None:
    before = staff.schedule(session, utc(17, 15))
    held = utc(17, 15, 30)
    record_outcome(
        staff.ruiz, before.id, 1, "held", "He will read daily.", session=session, now=held
    )
    staff.schedule(session, TUESDAY)
    tick(session, DAY_BEFORE)
    outgoing = build(session, last(session, Kind.MEETING_REMINDER), DAY_BEFORE)
    assert "He will read daily." in shown(outgoing)


def reminder(session: Session) -> Delivery:
    tick(session, DAY_BEFORE)
    return last(session, Kind.MEETING_REMINDER)


def test_a_reminder_that_slack_did_not_take_in_time_waits_for_the_end_of_quiet_hours(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    late = reminder(session)
    with pytest.raises(NotYet) as put_off:
        build(session, late, utc(24, 8))  # 3:00 in New York
    assert put_off.value.until == utc(24, 12)
    late.due_at = utc(24, 12)
    assert "Leo Park" in shown(build(session, late, utc(24, 12, 1)))


def test_a_reminder_that_would_be_past_its_use_by_then_is_not_sent(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session, utc(24, 12, 5))  # 7:05 in New York
    tick(session, utc(23, 12, 5))
    late = last(session, Kind.MEETING_REMINDER)
    with pytest.raises(Obsolete, match="past_use"):
        build(session, late, utc(24, 8))


def test_a_reminder_short_before_and_one_shown_again_come_whatever_the_hour(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session, utc(24, 3))  # 22:00 in New York
    tick(session, utc(24, 1, 0))  # past the beginning of quiet hours, to which it was put
    tick(session, utc(24, 2, 45))
    short = last(session, Kind.MEETING_REMINDER)
    assert "Leo Park" in shown(build(session, short, utc(24, 2, 58)))
    short.payload = {**short.payload, "lead": 1440, AGAIN: True}
    assert "Leo Park" in shown(build(session, short, utc(24, 2, 58)))


def test_a_reminder_in_hand_while_the_meeting_is_moved_is_not_sent(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    in_hand = reminder(session)
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=DAY_BEFORE)
    with pytest.raises(Obsolete, match="moved"):
        build(session, in_hand, DAY_BEFORE)


def test_a_reminder_of_a_cancelled_or_answered_meeting_is_not_sent(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    in_hand = reminder(session)
    record_outcome(staff.ruiz, meeting.id, 1, "held", session=session, now=TUESDAY)
    with pytest.raises(Obsolete, match="answered"):
        build(session, in_hand, DAY_BEFORE)
    reopen_outcome(staff.ruiz, meeting.id, 2, session=session, now=TUESDAY)
    with pytest.raises(Obsolete, match="begun"):
        build(session, in_hand, TUESDAY)
    cancel_meeting(staff.ruiz, meeting.id, 3, session=session, now=DAY_BEFORE)
    with pytest.raises(Obsolete, match="cancelled"):
        build(session, in_hand, DAY_BEFORE)


def test_a_reminder_for_who_may_not_see_the_student_any_more_is_none(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    in_hand = reminder(session)
    session.get_one(User, staff.ruiz).is_active = False
    session.flush()
    with pytest.raises(NotAllowed):
        build(session, in_hand, DAY_BEFORE)


def asked(session: Session, at: datetime = ASKED) -> Delivery:
    tick(session, at)
    return last(session, Kind.MEETING_OUTCOME)


def answer(session: Session, staff: Staff, meeting: Meeting, **more: Any) -> None:
    record_outcome(
        staff.ruiz, meeting.id, meeting.version, "held", session=session, now=ASKED, **more
    )


def test_the_question_is_asked_and_shows_its_answer(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    question = asked(session)
    outgoing = build(session, question, ASKED)
    assert "take place?" in shown(outgoing)
    assert "Leo" not in outgoing.text
    sent(session, question, outgoing)
    answer(session, staff, meeting)
    answered = build(session, last(session, Kind.MEETING_OUTCOME), ASKED)
    assert answered.replaces == ("D1", "1.1")
    assert "took place" in shown(answered)
    assert ", noted by you, 15:10." in shown(answered)


def test_a_question_that_slack_did_not_take_in_time_waits_for_the_next_school_morning(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session, FRIDAY)
    question = asked(session, utc(27, 15, 40))
    with pytest.raises(NotYet) as put_off:
        build(session, question, utc(28, 8))
    assert put_off.value.until == utc(30, 12)


def test_what_was_answered_before_the_question_went_out_is_not_asked(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    question = asked(session)
    answer(session, staff, meeting)
    with pytest.raises(Obsolete, match="answered"):
        build(session, question, ASKED)
    with pytest.raises(Obsolete, match="never_asked"):
        build(session, last(session, Kind.MEETING_OUTCOME), ASKED)


def test_a_question_gives_way_to_the_new_time_and_is_asked_anew_after_it(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    question = asked(session)
    sent(session, question, build(session, question, ASKED))
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=ASKED)
    gives_way = build(session, last(session, Kind.MEETING_OUTCOME), ASKED)
    assert gives_way.replaces == ("D1", "1.1")
    assert "take place?" not in shown(gives_way)
    assert "Fri 27 Nov 10:00" in shown(gives_way)
    later = FRIDAY + timedelta(minutes=40)
    anew = build(session, asked(session, later), later)
    assert anew.replaces is None
    assert "take place?" in shown(anew)
