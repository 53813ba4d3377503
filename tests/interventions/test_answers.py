"""What those invited answer: it counts for the time it was given to; the teacher hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from interventions.meetings import (
    Answer,
    AttendeeKind,
    Invitee,
    Standing,
    Taken,
    answer_invitation,
    cancel_meeting,
    invitation_of,
    meeting_of,
    move_meeting,
    undo_move,
)
from interventions.meetings.answering import ANSWER
from interventions.meetings.telling import CARD, attendees_of
from school.access import viewer_of
from school.deliveries import withdraw
from school.errors import InvalidInput, NotFound
from school.models import Guardian, Meeting, MeetingAttendee, User
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, timers, utc

LATER, FRIDAY = NOW + timedelta(hours=1), utc(27, 15)


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """The mother is invited."""
    return staff.schedule(session, attendees=[staff.mum], location="Room 1")


def mother(meeting: Meeting, session: Session) -> MeetingAttendee:
    (one,) = attendees_of(meeting, session=session)
    return one


def answer(session: Session, meeting: Meeting, said: str, note: str = "", **more: int) -> Taken:
    """The mother answers to the meeting as it stands, or as of another `sequence`."""
    sequence, one = more.get("sequence", meeting.sequence), mother(meeting, session)
    now = LATER + timedelta(seconds=more.get("after", 0))
    return answer_invitation(one.id, said, note, sequence, session=session, now=now)


def seen(session: Session, staff: Staff, meeting: Meeting) -> tuple[Answer | None, str | None]:
    """What the teacher's card knows of her answer."""
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    (one,) = meeting_of(viewer, meeting.id, session=session, now=LATER).attendees
    return one.answer, one.answer_note


def test_an_answer_is_kept_shown_on_the_card_and_may_be_changed(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    assert answer(session, meeting, "accepted", " With my sister. ") is Taken.KEPT
    assert seen(session, staff, meeting) == (Answer.ACCEPTED, "With my sister.")
    assert deliveries(session, CARD)[-1].payload["again"] is True
    assert answer(session, meeting, "tentative") is Taken.KEPT
    shown = invitation_of(mother(meeting, session).id, session=session, now=LATER)
    assert (shown.answer, shown.former, shown.note) == (Answer.TENTATIVE, Answer.ACCEPTED, None)
    assert deliveries(session, ANSWER) == []


def test_the_same_answer_again_changes_nothing(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "accepted")
    first = mother(meeting, session).answered_at
    answer_invitation(
        mother(meeting, session).id, "accepted", "", 0, session=session, now=LATER + timedelta(1)
    )
    assert (mother(meeting, session).answered_at, mother(meeting, session).former_answer) == (
        first,
        None,
    )


def test_who_cannot_come_is_told_to_the_teacher_once_and_not_reminded(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    one = mother(meeting, session)
    assert f"a{one.id}:15:s0" in timers(session)
    answer(session, meeting, "declined", "We are away.")
    (told,) = deliveries(session, ANSWER)
    assert (told.recipient_id, told.due_at) == (staff.ruiz, LATER + timedelta(seconds=30))
    assert told.payload["answer"] == "declined"
    assert not any(occasion.startswith("a") for occasion in timers(session))
    answer(session, meeting, "accepted")
    (told,) = deliveries(session, ANSWER)
    assert told.state == "closed"
    assert f"a{one.id}:15:s0" in timers(session)


def test_a_refusal_that_was_told_and_holds_no_more_is_told_too(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "declined")
    (first,) = deliveries(session, ANSWER)
    first.state, first.finished_at = "sent", LATER
    answer(session, meeting, "tentative", after=1)
    answer(session, meeting, "declined", after=2)
    assert [one.state for one in deliveries(session, ANSWER)] == ["sent", "closed"]
    answer(session, meeting, "accepted", after=3)
    assert deliveries(session, ANSWER)[-1].payload["answer"] == "accepted"


def test_in_the_teachers_quiet_hours_a_refusal_waits_unless_the_meeting_is_near(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    night, one = utc(17, 3), mother(meeting, session)
    answer_invitation(one.id, "declined", "", 0, session=session, now=night)
    (told,) = deliveries(session, ANSWER)
    assert told.due_at > night + timedelta(hours=6)
    withdraw(session, staff.workspace, f"answer {one.id}", now=night)
    near = TUESDAY - timedelta(minutes=20)
    answer_invitation(one.id, "declined", "Ill.", 0, session=session, now=near)
    assert deliveries(session, ANSWER)[-1].due_at == near + timedelta(seconds=30)


def test_another_time_asks_anew_and_the_old_one_back_does_not(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    answer(session, meeting, "accepted")
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=LATER)
    shown = invitation_of(mother(meeting, session).id, session=session, now=LATER)
    assert (shown.answer, shown.asked_again, shown.starts_at) == (None, True, FRIDAY)
    assert seen(session, staff, meeting) == (None, None)
    assert answer(session, meeting, "declined", sequence=0) is Taken.MOVED
    undo_move(staff.ruiz, meeting.id, 2, session=session, now=LATER)
    assert seen(session, staff, meeting)[0] is Answer.ACCEPTED


def test_another_place_asks_nobody_anew(session: Session, staff: Staff, meeting: Meeting) -> None:
    answer(session, meeting, "accepted")
    move_meeting(staff.ruiz, meeting.id, 1, TUESDAY, session=session, now=LATER, location="Hall")
    assert seen(session, staff, meeting)[0] is Answer.ACCEPTED
    assert answer(session, meeting, "tentative", sequence=0) is Taken.KEPT


def test_what_is_cancelled_or_has_begun_takes_no_answer(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    one = mother(meeting, session)
    late = invitation_of(one.id, session=session, now=TUESDAY)
    assert late.standing is Standing.OVER
    taken = answer_invitation(one.id, "accepted", "", 0, session=session, now=TUESDAY)
    assert taken is Taken.CLOSED
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=LATER)
    assert answer(session, meeting, "accepted") is Taken.CLOSED
    shown = invitation_of(one.id, session=session, now=LATER)
    assert (shown.standing, shown.answer) == (Standing.CANCELLED, None)


def test_what_is_no_answer_or_too_long_is_refused(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    for said, note, field in (("perhaps", "", "answer"), ("accepted", "x" * 1001, "note")):
        with pytest.raises(InvalidInput) as found:
            answer(session, meeting, said, note)
        assert found.value.field == field


def test_who_may_not_be_written_to_any_more_has_no_invitation(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    one = mother(meeting, session)
    record = session.get_one(Guardian, staff.mother)
    for contact, active in ((True, True), (False, False)):
        record.do_not_contact, record.is_active = contact, active
        session.flush()
        with pytest.raises(NotFound):
            invitation_of(one.id, session=session, now=LATER)
        with pytest.raises(NotFound):
            answer(session, meeting, "accepted")
    with pytest.raises(NotFound):
        invitation_of(999, session=session, now=LATER)


def test_an_address_that_is_not_to_be_written_to_by_now_has_none_either(
    session: Session, staff: Staff
) -> None:
    pat = Invitee(AttendeeKind.ADDRESS, email="pat@other.test")
    one = mother(staff.schedule(session, attendees=[pat]), session)
    assert invitation_of(one.id, session=session, now=LATER).children == ()
    session.get_one(Guardian, staff.aunt).email = "Pat@Other.test"
    session.flush()
    with pytest.raises(NotFound):
        invitation_of(one.id, session=session, now=LATER)
