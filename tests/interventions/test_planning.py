"""Timers of meetings when something else changes: settings, holidays, and the time gone by."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from interventions.reminders import is_planned, plan_meeting, replan_of
from school.preferences import MEETING_REMINDERS, QUIET_HOURS, set_preference
from tests.interventions.staff import NOW, Staff, holiday, timers, utc

LATER = NOW + timedelta(minutes=20)


def test_changed_leads_and_quiet_hours_move_the_reminders(session: Session, staff: Staff) -> None:
    staff.schedule(session)
    set_preference(session, staff.workspace, staff.ruiz, MEETING_REMINDERS, {"minutes": [240, 5]})
    quiet = {"from": "10:00", "to": "11:00"}
    set_preference(session, staff.workspace, staff.ruiz, QUIET_HOURS, quiet)
    session.flush()
    replan_of(session, staff.ruiz, LATER)
    assert timers(session) == {
        f"u{staff.ruiz}:240:s0": utc(24, 15),
        f"u{staff.ruiz}:5:s0": utc(24, 19, 25),
        f"u{staff.ruiz}:s0": utc(24, 20, 10),
    }


def test_a_new_holiday_brings_the_reminder_forward_and_its_end_back(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    assert is_planned(session, meeting, LATER)
    holiday(session, staff, date(2026, 11, 23))
    assert not is_planned(session, meeting, LATER)
    plan_meeting(session, meeting, LATER)
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == utc(20, 19, 30)
    assert is_planned(session, meeting, LATER)


def test_a_reminder_brought_forward_into_the_past_comes_as_soon_as_it_may(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session)
    holiday(session, staff, date(2026, 11, 23))
    saturday, monday = utc(21, 15), utc(23, 15)
    plan_meeting(session, meeting, saturday)
    # The next school morning is that of the meeting.
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == utc(24, 12)
    assert is_planned(session, meeting, monday)
    plan_meeting(session, meeting, monday)
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == utc(24, 12)


def test_planning_leaves_what_is_due_at_this_moment_alone(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    before = timers(session)
    late = utc(23, 19, 45)
    assert is_planned(session, meeting, late)
    plan_meeting(session, meeting, late)
    assert timers(session) == before
