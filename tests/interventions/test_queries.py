"""Reading meetings: what each viewer sees, in whose zone, and what was written last."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interventions.meetings import (
    AttendeeKind,
    Invitee,
    are_mails_to_come,
    cancel_meeting,
    coming_reminders,
    last_notes,
    meeting_of,
    move_meeting,
    record_outcome,
    schedule_meeting,
    undo_move,
    upcoming_meetings,
)
from school.access import Viewer, viewer_of
from school.errors import NotFound
from school.models import AuditEntry, Enrolment, Guardian, MeetingEvent, MeetingType, User
from tests.interventions.staff import NOW, TUESDAY, Staff, utc

FRIDAY = utc(27, 15)
WEEK = NOW + timedelta(days=14)


def viewer(session: Session, user_id: int) -> Viewer:
    return viewer_of(session, session.get_one(User, user_id), now=NOW)


def audited(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_meeting_is_seen_with_all_that_belongs_to_it(session: Session, staff: Staff) -> None:
    invited = [staff.mum, Invitee(AttendeeKind.ADDRESS, email="pat@other.test")]
    meeting = staff.schedule(session, attendees=invited, location="Room 1", notes="Notes")
    view = meeting_of(viewer(session, staff.moss), meeting.id, session=session, now=NOW)
    assert (view.student_name, view.teacher_name, view.teacher_id) == (
        "Leo Park",
        "Ms Ruiz",
        staff.ruiz,
    )
    assert (view.class_title, view.meeting_type) == (
        "Grade 5 Maths",
        MeetingType.PARENT_CONFERENCE,
    )
    assert (view.location, view.notes, view.zone) == ("Room 1", "Notes", "America/New_York")
    assert [(one.name, one.how, one.address_hint, one.told) for one in view.attendees] == [
        ("Ana Park", AttendeeKind.GUARDIAN, "a***@home.test", False),
        ("", AttendeeKind.ADDRESS, "p***@other.test", False),
    ]


def test_it_is_shown_in_the_viewers_own_zone(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    session.get_one(User, staff.moss).timezone = "Europe/London"
    view = meeting_of(viewer(session, staff.moss), meeting.id, session=session, now=NOW)
    assert view.zone == "Europe/London"


def test_forbidden_and_absent_get_the_same_words_and_no_audit_row(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    for meeting_id in (meeting.id, 999_999):
        with pytest.raises(NotFound, match="None of your meetings is that one"):
            meeting_of(viewer(session, staff.gray), meeting_id, session=session, now=NOW)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.user_id == staff.gray)).all()
    assert rows == []


def test_a_guardian_who_may_not_be_contacted_any_more_has_no_address(
    session: Session, staff: Staff
) -> None:
    everybody = [
        staff.mum,
        Invitee(AttendeeKind.STUDENT, staff.leo),
        Invitee(AttendeeKind.COLLEAGUE, staff.moss),
    ]
    meeting = staff.schedule(session, attendees=everybody)
    session.get_one(Guardian, staff.mother).do_not_contact = True
    view = meeting_of(viewer(session, staff.ruiz), meeting.id, session=session, now=NOW)
    assert [one.address_hint for one in view.attendees] == [
        None,
        "l***@school.test",
        "m***@school.test",
    ]


def test_the_last_change_says_who_and_from_when(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    own = viewer(session, staff.ruiz)

    def last() -> tuple[str, str, object]:
        change = meeting_of(own, meeting.id, session=session, now=NOW).last_change
        assert change is not None
        return change.change, change.by_name, change.was_at

    assert last() == ("scheduled", "Ms Ruiz", None)
    move_meeting(staff.moss, meeting.id, 1, FRIDAY, session=session, now=NOW)
    assert last() == ("moved", "Mr Moss", TUESDAY)
    undo_move(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    assert last() == ("move_undone", "Ms Ruiz", None)
    for one in session.scalars(select(MeetingEvent)).all():
        session.delete(one)
    assert meeting_of(own, meeting.id, session=session, now=NOW).last_change is None


def test_coming_meetings_are_ones_own_that_are_not_over(session: Session, staff: Staff) -> None:
    soon = staff.schedule(session, NOW + timedelta(minutes=5))
    later = staff.schedule(session, TUESDAY)
    cancelled = staff.schedule(session, FRIDAY)
    cancel_meeting(staff.ruiz, cancelled.id, 1, session=session, now=NOW)
    staff.schedule(session, utc(30, 15, 1, month=12))
    schedule_meeting(staff.moss, staff.leo, "group", TUESDAY, session=session, now=NOW)
    own = viewer(session, staff.ruiz)

    def coming(minutes: int) -> list[int]:
        now = NOW + timedelta(minutes=minutes)
        return [one.id for one in upcoming_meetings(own, WEEK, session=session, now=now)]

    assert coming(0) == [soon.id, later.id]
    assert coming(34) == [soon.id, later.id]
    assert coming(35) == [later.id]


def test_meetings_about_students_who_have_left_are_not_listed(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session)
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    own = viewer(session, staff.ruiz)
    assert upcoming_meetings(own, WEEK, session=session, now=NOW) == []


def test_no_more_coming_meetings_are_opened_than_are_shown(session: Session, staff: Staff) -> None:
    first, *_ = [staff.schedule(session, TUESDAY + timedelta(hours=n)) for n in range(3)]
    session.flush()
    before = audited(session)
    own = viewer(session, staff.ruiz)
    (shown,) = upcoming_meetings(own, WEEK, session=session, now=NOW, most=1)
    session.flush()
    assert (shown.id, audited(session) - before) == (first.id, 1)


def test_what_was_written_last_is_found(session: Session, staff: Staff) -> None:
    assert last_notes(staff.leo, session=session, before=WEEK) is None
    first = staff.schedule(session, utc(17, 15), notes="First")
    staff.schedule(session, utc(18, 15))
    cancelled = staff.schedule(session, utc(19, 15), notes="Cancelled")
    cancel_meeting(staff.ruiz, cancelled.id, 1, session=session, now=NOW)
    found = last_notes(staff.leo, session=session, before=TUESDAY)
    assert found is not None
    assert (found.meeting_id, found.notes, found.outcome_notes) == (first.id, "First", None)
    over = utc(17, 16)
    record_outcome(staff.ruiz, first.id, 1, "held", "Agreed.", session=session, now=over)
    found = last_notes(staff.leo, session=session, before=TUESDAY)
    assert found is not None
    assert (found.status, found.outcome_notes) == ("held", "Agreed.")
    assert last_notes(staff.leo, session=session, before=utc(17, 15)) is None


def test_coming_reminders_are_the_teachers(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    view = meeting_of(viewer(session, staff.ruiz), meeting.id, session=session, now=NOW)
    assert coming_reminders(view, session=session, now=NOW) == [utc(23, 19, 30), utc(24, 19, 15)]
    late = utc(24, 12)
    assert coming_reminders(view, session=session, now=late) == [utc(24, 19, 15)]


def test_so_short_before_it_no_mail_is_to_come(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    view = meeting_of(viewer(session, staff.ruiz), meeting.id, session=session, now=NOW)
    assert are_mails_to_come(view, session=session, now=NOW)
    assert not are_mails_to_come(view, session=session, now=utc(24, 19, 20))
