"""Moving, cancelling, undoing and answering for a meeting: one wins, and timers follow."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from interventions.meetings import (
    MeetingStatus,
    cancel_meeting,
    move_meeting,
    record_outcome,
    reopen_outcome,
    restore_meeting,
    schedule_meeting,
    undo_move,
)
from interventions.meetings.history import changes_of
from interventions.meetings.telling import CARD
from school.errors import Conflict, InvalidInput, NotFound
from school.models import Enrolment, Meeting, User
from tests.interventions.staff import (
    NOW,
    TUESDAY,
    Staff,
    deliveries,
    timers,
    utc,
)

FRIDAY = utc(27, 15)
LATER = NOW + timedelta(minutes=20)


def move(session: Session, staff: Staff, meeting: Meeting, **more: object) -> Meeting:
    given = {"now": LATER, **more}
    return move_meeting(
        staff.ruiz,
        meeting.id,
        meeting.version,
        FRIDAY,
        session=session,
        **given,  # type: ignore[arg-type]
    )


def cancel(session: Session, staff: Staff, meeting: Meeting) -> Meeting:
    return cancel_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=LATER)


def test_a_moved_meeting_has_another_time_and_other_timers(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    move(session, staff, meeting, duration_minutes=60, location="Hall")
    assert (meeting.scheduled_at, meeting.duration_minutes) == (FRIDAY, 60)
    assert (meeting.location, meeting.version, meeting.sequence) == ("Hall", 2, 1)
    assert timers(session) == {
        f"u{staff.ruiz}:1440:s1": utc(26, 15),
        f"u{staff.ruiz}:15:s1": utc(27, 14, 45),
        f"u{staff.ruiz}:s1": utc(27, 16, 10),
    }
    assert set(timers(session, "withdrawn")) == {
        f"u{staff.ruiz}:1440:s0",
        f"u{staff.ruiz}:15:s0",
        f"u{staff.ruiz}:s0",
    }


def test_length_and_place_stay_where_nothing_is_said_and_go_where_it_is_empty(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, duration_minutes=45, location="Room 1")
    move(session, staff, meeting)
    assert (meeting.duration_minutes, meeting.location) == (45, "Room 1")
    move(session, staff, meeting, location="")
    assert meeting.location is None


def test_moving_to_where_it_is_changes_nothing(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    again = move_meeting(staff.ruiz, meeting.id, 1, TUESDAY, session=session, now=LATER)
    assert (again.version, again.sequence) == (1, 0)
    assert len(deliveries(session, CARD)) == 1


def test_a_meeting_cannot_be_moved_into_the_past_or_onto_another(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    with pytest.raises(InvalidInput, match="has passed"):
        move_meeting(staff.ruiz, meeting.id, 1, NOW, session=session, now=LATER)
    staff.schedule(session, FRIDAY)
    with pytest.raises(InvalidInput, match="You have another meeting then"):
        move(session, staff, meeting)
    with pytest.raises(InvalidInput, match="Ms Ruiz has another meeting then"):
        move_meeting(staff.moss, meeting.id, 1, FRIDAY, session=session, now=LATER)
    move(session, staff, meeting, allow_clash=True)
    assert meeting.scheduled_at == FRIDAY


def test_a_meeting_may_overlap_its_own_former_time(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    near = TUESDAY + timedelta(minutes=10)
    move_meeting(staff.ruiz, meeting.id, 1, near, session=session, now=LATER)
    assert meeting.scheduled_at == near


def test_of_two_who_change_it_one_wins_and_the_other_hears_who(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    move_meeting(staff.moss, meeting.id, 1, FRIDAY, session=session, now=LATER)
    words = "Already moved by Mr Moss, Mon 16 Nov 10:20. Nothing was changed."
    with pytest.raises(Conflict) as found:
        cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=LATER)
    assert str(found.value) == words
    with pytest.raises(Conflict, match="by you"):
        move_meeting(staff.moss, meeting.id, 1, TUESDAY, session=session, now=LATER)
    assert (meeting.status, meeting.version) == ("scheduled", 2)


def test_a_meeting_without_history_that_has_changed_says_so(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    for one in changes_of(meeting, session=session):
        session.delete(one)
    with pytest.raises(Conflict, match="changed meanwhile"):
        cancel_meeting(staff.ruiz, meeting.id, 7, session=session, now=LATER)


def test_co_teachers_and_administrators_may_change_it_and_nobody_else(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    move_meeting(staff.moss, meeting.id, 1, FRIDAY, session=session, now=LATER)
    undo_move(staff.head, meeting.id, 2, session=session, now=LATER)
    for meeting_id in (meeting.id, 999):
        with pytest.raises(NotFound) as found:
            cancel_meeting(staff.gray, meeting_id, 3, session=session, now=LATER)
        assert str(found.value) == "None of your meetings is that one."


def test_who_does_not_teach_the_student_any_more_may_not_change_it(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    with pytest.raises(NotFound, match="None of your meetings"):
        move(session, staff, meeting)
    with pytest.raises(NotFound, match="None of your meetings"):
        cancel_meeting(staff.moss, meeting.id, 1, session=session, now=LATER)
    cancel_meeting(staff.head, meeting.id, 1, session=session, now=LATER)


def test_a_teacher_can_call_off_a_meeting_about_who_is_not_theirs_any_more(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    cancel(session, staff, meeting)
    assert meeting.status == "cancelled"
    with pytest.raises(NotFound, match="None of your meetings"):
        restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=LATER)


def test_what_is_undone_must_still_have_its_time_free(session: Session, staff: Staff) -> None:
    moved, gone = staff.schedule(session), staff.schedule(session, FRIDAY)
    move_meeting(staff.ruiz, moved.id, 1, utc(26, 15), session=session, now=LATER)
    cancel(session, staff, gone)
    staff.schedule(session)
    staff.schedule(session, FRIDAY)
    for undo, one in ((undo_move, moved), (restore_meeting, gone)):
        with pytest.raises(InvalidInput, match="You have another meeting then") as found:
            undo(staff.ruiz, one.id, 2, session=session, now=LATER)
        assert found.value.field == "datetime"


def test_a_meeting_of_no_class_is_its_teachers_alone(session: Session, staff: Staff) -> None:
    for one in session.query(Enrolment).filter_by(student_id=staff.ben):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    meeting = schedule_meeting(staff.head, staff.ben, "group", TUESDAY, session=session, now=NOW)
    assert meeting.class_id is None
    with pytest.raises(NotFound):
        cancel_meeting(staff.gray, meeting.id, 1, session=session, now=LATER)


def test_a_cancelled_meeting_has_no_timers_and_can_be_restored(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    cancel(session, staff, meeting)
    assert (meeting.status, meeting.version, meeting.sequence) == ("cancelled", 2, 1)
    assert timers(session) == {}
    with pytest.raises(Conflict, match="Already cancelled by you"):
        move(session, staff, meeting)
    restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=LATER)
    assert (meeting.status, meeting.sequence) == ("scheduled", 2)
    assert set(timers(session)) == {
        f"u{staff.ruiz}:1440:s2",
        f"u{staff.ruiz}:15:s2",
        f"u{staff.ruiz}:s2",
    }


def test_what_is_over_is_not_cancelled_and_what_has_passed_not_restored(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    over = TUESDAY + timedelta(minutes=30)
    with pytest.raises(InvalidInput, match="is over"):
        cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=over)
    cancel(session, staff, meeting)
    with pytest.raises(InvalidInput, match="passed"):
        restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=TUESDAY)
    with pytest.raises(Conflict):
        undo_move(staff.ruiz, meeting.id, 2, session=session, now=LATER)


def test_a_move_can_be_undone_as_long_as_its_time_is_to_come(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, location="Room 1")
    move(session, staff, meeting, duration_minutes=60, location="Hall")
    with pytest.raises(InvalidInput, match="passed"):
        undo_move(staff.ruiz, meeting.id, 2, session=session, now=TUESDAY)
    undo_move(staff.ruiz, meeting.id, 2, session=session, now=LATER)
    assert (meeting.scheduled_at, meeting.duration_minutes) == (TUESDAY, 30)
    assert (meeting.location, meeting.version, meeting.sequence) == ("Room 1", 3, 2)
    with pytest.raises(Conflict, match="Already moved back"):
        undo_move(staff.ruiz, meeting.id, 3, session=session, now=LATER)


def test_an_outcome_is_noted_changed_and_taken_back(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    after = TUESDAY + timedelta(minutes=5)
    record_outcome(staff.ruiz, meeting.id, 1, "held", "Went well.", session=session, now=after)
    assert (meeting.status, meeting.outcome_notes, meeting.sequence) == ("held", "Went well.", 0)
    assert timers(session) == {}
    record_outcome(staff.moss, meeting.id, 2, MeetingStatus.MISSED, session=session, now=after)
    assert (meeting.status, meeting.outcome_notes) == ("missed", "Went well.")
    with pytest.raises(Conflict, match="Already answered for by Mr Moss"):
        reopen_outcome(staff.ruiz, meeting.id, 2, session=session, now=after)
    reopen_outcome(staff.ruiz, meeting.id, 3, session=session, now=after)
    assert meeting.status == "scheduled"
    # Nobody was asked yet: the question comes at its time.
    assert timers(session) == {f"u{staff.ruiz}:s0": utc(24, 20, 10)}


def test_what_is_no_outcome_or_comes_too_soon_is_refused(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    with pytest.raises(InvalidInput, match="not begun"):
        record_outcome(staff.ruiz, meeting.id, 1, "held", session=session, now=LATER)
    for outcome in ("cancelled", "nonsense"):
        with pytest.raises(InvalidInput, match="held or missed"):
            record_outcome(staff.ruiz, meeting.id, 1, outcome, session=session, now=TUESDAY)
    with pytest.raises(InvalidInput) as found:
        record_outcome(staff.ruiz, meeting.id, 1, "held", "x" * 2001, session=session, now=TUESDAY)
    assert found.value.field == "outcome_notes"
    with pytest.raises(Conflict):
        reopen_outcome(staff.ruiz, meeting.id, 1, session=session, now=TUESDAY)


def test_after_every_change_the_card_is_to_show_it(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    move(session, staff, meeting)
    assert deliveries(session, CARD)[-1].payload["version"] == 2
    cancel(session, staff, meeting)
    assert deliveries(session, CARD)[-1].payload["version"] == 3
    assert len({one.payload["copy"] for one in deliveries(session, CARD)}) == 1


def test_who_has_no_slack_gets_no_card(session: Session, staff: Staff) -> None:
    session.get_one(User, staff.ruiz).slack_user_id = None
    staff.schedule(session)
    assert deliveries(session, CARD) == []
