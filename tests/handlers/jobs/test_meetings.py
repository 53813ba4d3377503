"""What becomes of a meeting's timers: reminders in time, and the question afterwards."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.ids import Kind
from handlers.jobs.meetings import MeetingPlan
from interventions.meetings import record_outcome, schedule_meeting, undo_move
from interventions.meetings.telling import (
    CANCELLED_MAIL,
    CARD,
    MOVED_MAIL,
    OUTCOME_CARD,
    REMINDER_MAIL,
    attendees_of,
)
from interventions.reminders import OUTCOME, REMINDER
from school.models import CardCopy, Enrolment, Meeting, Timer, User
from tests.handlers.jobs.changing import (
    ASKED,
    DAY_BEFORE,
    FRIDAY,
    QUARTER,
    WINDOW,
    kinds,
    move,
)
from tests.handlers.jobs.firing import send, tick, waiting
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, holiday, timers, utc


def test_the_names_of_jobs_and_kinds_are_the_same_everywhere() -> None:
    assert (CARD, OUTCOME_CARD) == (Kind.MEETING_CARD, Kind.MEETING_OUTCOME)
    mails = (Kind.MEETING_REMINDER_MAIL, Kind.MEETING_MOVED_MAIL, Kind.MEETING_CANCELLED_MAIL)
    assert mails == (REMINDER_MAIL, MOVED_MAIL, CANCELLED_MAIL)
    assert (REMINDER, OUTCOME) == (Kind.MEETING_REMINDER, Kind.MEETING_OUTCOME)


def test_a_reminder_goes_to_the_teacher_and_a_mail_to_each_attendee(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE - timedelta(seconds=1))
    assert waiting(session, DAY_BEFORE) == []
    tick(session, DAY_BEFORE)
    (own,) = deliveries(session, Kind.MEETING_REMINDER)
    assert (own.recipient_id, own.lane, own.medium) == (staff.ruiz, "scheduled", "slack")
    assert own.payload == {"meeting": meeting.id, "sequence": 0, "lead": 1440}
    assert (own.about, own.due_at, own.expires_at) == (
        f"meeting {meeting.id}",
        DAY_BEFORE,
        QUARTER,
    )
    (mail,) = deliveries(session, REMINDER_MAIL)
    (mother,) = attendees_of(meeting, session=session)
    assert (mail.medium, mail.sender_id, mail.queue) == (
        "mail",
        staff.ruiz,
        f"attendee {mother.id}",
    )
    assert (mail.recipient_id, mail.expires_at) == (None, QUARTER)


def test_each_reminder_comes_once(session: Session, staff: Staff, meeting: Meeting) -> None:
    for now in (DAY_BEFORE, DAY_BEFORE + timedelta(hours=1), QUARTER, QUARTER, TUESDAY):
        tick(session, now)
    assert len(deliveries(session, Kind.MEETING_REMINDER)) == 2
    assert len(deliveries(session, REMINDER_MAIL)) == 2


def test_after_a_time_down_only_the_newest_useful_reminder_comes(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    late = QUARTER + timedelta(minutes=3)
    tick(session, late)
    (own,) = deliveries(session, Kind.MEETING_REMINDER)
    assert (own.payload["lead"], own.expires_at) == (15, TUESDAY)
    assert len(deliveries(session, REMINDER_MAIL)) == 1


def test_after_the_meeting_began_no_reminder_comes(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, TUESDAY)
    assert deliveries(session, Kind.MEETING_REMINDER) == []
    assert deliveries(session, REMINDER_MAIL) == []


def test_a_late_reminder_waits_for_the_end_of_quiet_hours(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    night, morning = utc(24, 4), utc(24, 12)
    tick(session, night)
    assert deliveries(session, Kind.MEETING_REMINDER) == []
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == morning
    # Who gets an e-mail is not woken by it.
    assert len(deliveries(session, REMINDER_MAIL)) == 1
    tick(session, morning)
    assert len(deliveries(session, Kind.MEETING_REMINDER)) == 1


def test_a_late_reminder_that_would_come_past_its_use_is_closed(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session, utc(24, 12, 5))
    tick(session, utc(24, 4))
    assert timers(session, "closed").keys() == {f"u{staff.ruiz}:1440:s0"}


def test_a_reminder_at_the_beginning_of_quiet_hours_is_not_put_off_by_a_slow_tick(
    session: Session, staff: Staff
) -> None:
    staff.schedule(session, utc(24, 11, 30))
    quiet_begins = utc(21, 1)
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == quiet_begins
    tick(session, quiet_begins + timedelta(seconds=40))
    assert len(deliveries(session, Kind.MEETING_REMINDER)) == 1


def test_the_moment_is_reckoned_anew_when_it_comes(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    session.get_one(User, staff.ruiz).timezone = "America/Los_Angeles"
    meeting.scheduled_at = TUESDAY + timedelta(hours=2)
    tick(session, DAY_BEFORE)
    assert deliveries(session, Kind.MEETING_REMINDER) == []
    assert timers(session)[f"u{staff.ruiz}:1440:s0"] == DAY_BEFORE + timedelta(hours=2)


def test_who_does_not_teach_the_student_any_more_reminds_nobody(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 20)
    tick(session, DAY_BEFORE)
    assert waiting(session, DAY_BEFORE) == []
    assert len(timers(session, "closed")) == 2


def test_a_teacher_without_slack_is_sent_nothing_there(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    session.get_one(User, staff.ruiz).slack_user_id = None
    tick(session, DAY_BEFORE)
    assert [one.kind for one in waiting(session, DAY_BEFORE)] == [REMINDER_MAIL]


@pytest.mark.parametrize("subject", ["meeting 999", "elsewhere"])
def test_a_timer_of_no_meeting_is_closed(
    session: Session, staff: Staff, meeting: Meeting, subject: str
) -> None:
    timer = session.scalars(select(Timer).where(Timer.occasion == f"u{staff.ruiz}:1440:s0")).one()
    if subject == "elsewhere":
        meeting.sequence = 5
    else:
        timer.subject = subject
    tick(session, DAY_BEFORE)
    assert deliveries(session, Kind.MEETING_REMINDER) == []
    assert timer.state == "closed"


def test_the_outcome_is_asked_once(session: Session, staff: Staff, meeting: Meeting) -> None:
    for now in (ASKED - timedelta(seconds=1), ASKED, ASKED + timedelta(days=1)):
        tick(session, now)
    (asked,) = deliveries(session, OUTCOME_CARD)
    assert (asked.recipient_id, asked.lane, asked.payload["sequence"]) == (
        staff.ruiz,
        "scheduled",
        0,
    )


def test_what_is_answered_before_is_not_asked(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    record_outcome(staff.ruiz, meeting.id, 1, "held", session=session, now=TUESDAY)
    tick(session, ASKED)
    assert deliveries(session, OUTCOME_CARD) == []


def test_who_does_not_teach_the_student_any_more_is_not_asked(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    session.get_one(User, staff.ruiz).is_active = False
    tick(session, ASKED)
    assert deliveries(session, OUTCOME_CARD) == []


def test_an_administrators_meeting_reminds_them_as_well(session: Session, staff: Staff) -> None:
    schedule_meeting(staff.head, staff.ben, "group", TUESDAY, session=session, now=NOW)
    tick(session, DAY_BEFORE)
    (own,) = deliveries(session, Kind.MEETING_REMINDER)
    assert own.recipient_id == staff.head


def test_a_question_is_not_asked_for_ever(session: Session, staff: Staff, meeting: Meeting) -> None:
    tick(session, TUESDAY + timedelta(days=15))
    assert deliveries(session, OUTCOME_CARD) == []


def test_a_meeting_moved_after_it_was_asked_about_is_asked_about_anew(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, ASKED)
    send(session, ASKED)
    move(session, staff, meeting, FRIDAY, ASKED)
    refreshed = [one.payload["version"] for one in deliveries(session, OUTCOME_CARD)]
    assert refreshed == [1, 2]
    tick(session, FRIDAY + timedelta(minutes=40))
    (*_, anew) = deliveries(session, OUTCOME_CARD)
    assert anew.payload["sequence"] == 1
    copies = session.scalars(select(CardCopy).where(CardCopy.card == OUTCOME_CARD)).all()
    assert [one.id for one in copies] == [anew.payload["copy"]]


def test_the_plan_catches_holidays_in_turn(session: Session, staff: Staff) -> None:
    for day in (24, 25, 26):
        staff.schedule(session, utc(day, 15), attendees=[staff.mum])
    session.flush()
    plan = MeetingPlan(looked_at=2)
    assert list(plan(session, NOW)) == []
    holiday(session, staff, date(2026, 11, 23))
    holiday(session, staff, date(2026, 11, 24))
    rounds = []
    for _ in range(3):
        changes = list(plan(session, NOW))
        rounds.append(len(changes))
        for change in changes:
            change(session)
    # The third of them first, where the round before had ended; then from the start.
    assert rounds == [0, 2, 0]
    due = [one for key, one in timers(session).items() if key == f"u{staff.ruiz}:1440:s0"]
    assert all(one in (utc(20, 15), utc(25, 15)) for one in due)


def test_nobody_is_reminded_by_e_mail_of_what_can_still_be_undone(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    just_before = QUARTER - timedelta(seconds=10)
    move(session, staff, meeting, FRIDAY, NOW)
    move(session, staff, meeting, TUESDAY, just_before)
    tick(session, QUARTER)
    (mail,) = deliveries(session, Kind.MEETING_REMINDER_MAIL)
    assert mail.due_at == just_before + WINDOW
    undo_move(staff.ruiz, meeting.id, meeting.version, session=session, now=QUARTER)
    assert Kind.MEETING_REMINDER_MAIL not in kinds(session, just_before + WINDOW)
