"""When a meeting is reminded of and asked about, and the timers for it (docs/meetings.md).

The moments are pure; `plan_meeting` sets and withdraws timers by them, in the transaction of what
has changed. An occasion such as `u3:1440:s2` says whom (user 3), how long before (minutes), and of
which sequence of the meeting; `a17:15:s2` the same for attendee 17.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.answers import Answer, answers_that_hold
from school.days_off import own_times
from school.deliveries import withdraw
from school.hours import (
    OwnTimes,
    earlier_allowed,
    later_allowed,
    same_time_before,
)
from school.models import (
    Meeting,
    MeetingAttendee,
    MeetingStatus,
    Timer,
    TimerState,
    User,
)
from school.preferences import MEETING_REMINDERS, preference
from school.timers import set_timer, withdraw_timers
from school.zones import zone_of

REMINDER, OUTCOME = "meeting_reminder", "meeting_outcome"
"""The jobs (handlers/jobs/meetings.py)."""
DAY = 24 * 60
DEFAULT_LEADS = (DAY, 15)
"""Minutes before a meeting."""
LEADS = range(1, 28 * DAY + 1)
MOST_LEADS = 5
SHORT = timedelta(hours=3)
"""What comes less before a meeting comes whatever the hour."""
ASKED_AFTER = timedelta(minutes=10)
ASKED_FOR = timedelta(days=14)
"""How long after its end a meeting is still asked about."""
ON_TIME = timedelta(minutes=10)
"""What is done so little after its moment counts as done then."""
AROUND = timedelta(days=120)
"""How far around a meeting days off are looked at: longer than any holidays and lead together."""
USUAL_DURATION = 30
WAITING = TimerState.WAITING.value
ENDED = (TimerState.DONE.value, TimerState.CLOSED.value)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder, so many minutes before, and from when on it is of no use any more."""

    lead: int
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A timer that is to be. `user_id`: in whose local time it is reckoned.

    `times` are the hours it keeps to; None for what comes whatever the hour.
    """

    job: str
    occasion: str
    due_at: datetime
    expires_at: datetime
    user_id: int | None
    times: OwnTimes | None


def reminder_moments(
    starts_at: datetime, leads: Iterable[int], zone: ZoneInfo, times: OwnTimes | None = None
) -> tuple[Reminder, ...]:
    """The reminders of a meeting that begins at `starts_at`, the first first.

    Whole days before mean the same time of day in `zone`, whatever clocks did in between. With
    `times` what comes 3 hours before or more, and when the person may not be disturbed, comes
    earlier: at the beginning of quiet hours, on the school day before. One is of use until the next
    is due, the last until the meeting begins. Of two at one moment the shorter lead counts.
    """
    due = {}
    for lead in sorted(set(leads), reverse=True):
        moment = _before(starts_at, lead, zone)
        heeds = times is not None and timedelta(minutes=lead) >= SHORT
        allowed = earlier_allowed(moment, times) if times is not None and heeds else moment
        if allowed is not None:
            due[allowed] = lead
    moments = sorted(due)
    ends = [*moments, starts_at][1:]
    return tuple(Reminder(due[at], at, end) for at, end in zip(moments, ends, strict=True))


def _before(starts_at: datetime, lead: int, zone: ZoneInfo) -> datetime:
    if lead % DAY == 0:
        return same_time_before(starts_at, lead // DAY, zone)
    return starts_at - timedelta(minutes=lead)


def outcome_moment(ends_at: datetime, times: OwnTimes) -> datetime | None:
    """When a teacher is asked what came of a meeting: soon after, when they may be disturbed."""
    return later_allowed(ends_at + ASKED_AFTER, times)


def leads_in(value: dict[str, Any] | None) -> tuple[int, ...]:
    """The leads in a preference (school.preferences.MEETING_REMINDERS), or the usual ones."""
    if value is None or not isinstance(value.get("minutes"), list):
        return DEFAULT_LEADS
    return tuple(one for one in value["minutes"] if isinstance(one, int) and one in LEADS)[
        :MOST_LEADS
    ]


def subject_of(meeting_id: int) -> str:
    """What the timers and deliveries of a meeting bear."""
    return f"meeting {meeting_id}"


def ends_of(meeting: Meeting) -> datetime:
    """When a meeting is over."""
    return meeting.scheduled_at + timedelta(minutes=meeting.duration_minutes or USUAL_DURATION)


def plan_meeting(session: Session, meeting: Meeting, now: datetime) -> None:
    """Set the timers of a meeting as it stands now, and withdraw what is not to be any more.

    What has acted stays done. What is in the past already is not set.
    """
    session.flush()  # a change of the meeting's time or state counts
    planned = planned_timers(session, meeting, now)
    subject = subject_of(meeting.id)
    keep = [one.occasion for one in planned]
    withdraw_timers(session, meeting.workspace_id, subject, now=now, keep=keep)
    for one in planned:
        set_timer(
            one.job,
            subject,
            one.occasion,
            session=session,
            workspace_id=meeting.workspace_id,
            due_at=one.due_at,
            expires_at=one.expires_at,
            user_id=one.user_id,
            now=now,
        )


def withdraw_all(session: Session, meeting: Meeting, now: datetime) -> None:
    """Take back all that is still to come of a meeting: the timers first, then what they led to.

    A timer that acts at this moment is waited for, so that what it saves is found.
    """
    withdraw_timers(session, meeting.workspace_id, subject_of(meeting.id), now=now)
    withdraw(session, meeting.workspace_id, subject_of(meeting.id), now=now)


def replan_of(session: Session, user_id: int, now: datetime) -> None:
    """Plan a teacher's coming meetings anew: their leads or quiet hours have changed."""
    query = (
        select(Meeting)
        .where(
            Meeting.workspace_id == session.get_one(User, user_id).workspace_id,
            Meeting.teacher_id == user_id,
            Meeting.scheduled_at > now - ASKED_FOR,
            Meeting.status == MeetingStatus.SCHEDULED.value,
        )
        .order_by(Meeting.id)
        .with_for_update(key_share=True)
    )
    for meeting in session.scalars(query).all():
        plan_meeting(session, meeting, now)


def planned_timers(session: Session, meeting: Meeting, now: datetime) -> list[Planned]:
    """The timers that a meeting is to have from now on; those that acted are none of them."""
    timers, found = timers_of(session, meeting), []
    for one in wanted_timers(session, meeting):
        due = _due(one, timers.get((one.job, one.occasion)), now)
        if due is not None:
            found.append(replace(one, due_at=due))
    return found


def is_planned(session: Session, meeting: Meeting, now: datetime) -> bool:
    """Whether the timers that wait are those that are to be."""
    waiting = {
        (job, occasion): (timer.due_at, timer.expires_at)
        for (job, occasion), timer in timers_of(session, meeting).items()
        if timer.state == WAITING
    }
    planned = planned_timers(session, meeting, now)
    return waiting == {(one.job, one.occasion): (one.due_at, one.expires_at) for one in planned}


def _due(one: Planned, timer: Timer | None, now: datetime) -> datetime | None:
    """When a timer is to act; None where it is not to, or has acted."""
    if timer is not None and timer.state in ENDED:
        return None
    if one.due_at > now:
        return one.due_at
    if timer is None or timer.state != WAITING:
        return None
    # It is due just now, or its moment has been brought forward into the past.
    return timer.due_at if timer.due_at <= now else put_off(one, now)


def put_off(one: Planned, now: datetime) -> datetime | None:
    """When what was not done in time may be done: now, or once its person may be disturbed.

    None where that is past its use.
    """
    is_near = now < one.due_at + ON_TIME
    when = now if is_near or one.times is None else later_allowed(now, one.times)
    return when if when is not None and when < one.expires_at else None


def timers_of(session: Session, meeting: Meeting) -> dict[tuple[str, str], Timer]:
    """The timers that a meeting has or had, by job and occasion, as the database has them now."""
    query = select(Timer).where(
        Timer.workspace_id == meeting.workspace_id,
        Timer.job.in_((REMINDER, OUTCOME)),
        Timer.subject == subject_of(meeting.id),
    )
    found = session.scalars(query.execution_options(populate_existing=True))
    return {(one.job, one.occasion): one for one in found}


def wanted_timers(session: Session, meeting: Meeting) -> list[Planned]:
    """All timers of a meeting as it stands, those in the past too; none where it is not to be."""
    if meeting.status != MeetingStatus.SCHEDULED.value:
        return []
    teacher = session.get_one(User, meeting.teacher_id)
    day = meeting.scheduled_at.date()
    times = own_times(session, teacher, day - AROUND, day + AROUND)
    leads = leads_in(preference(session, teacher.id, MEETING_REMINDERS))
    return [
        *_to_teacher(meeting, leads, times),
        *_to_attendees(session, meeting, leads or DEFAULT_LEADS),
        *_question(meeting, times),
    ]


def _to_teacher(meeting: Meeting, leads: Sequence[int], times: OwnTimes) -> Iterator[Planned]:
    for one in reminder_moments(meeting.scheduled_at, leads, times.zone, times):
        who = f"u{meeting.teacher_id}"
        heeded = times if timedelta(minutes=one.lead) >= SHORT else None
        yield _reminder(meeting, who, one, meeting.teacher_id, heeded)


def _to_attendees(session: Session, meeting: Meeting, leads: Sequence[int]) -> Iterator[Planned]:
    """By e-mail, which rings nobody out of bed: whatever the hour and day, in the school's zone.

    Whoever has said that they do not come is left alone.
    """
    zone, answers = zone_of(session, meeting.workspace_id), answers_that_hold(session, meeting)
    invited = select(MeetingAttendee.id).where(
        MeetingAttendee.meeting_id == meeting.id, MeetingAttendee.removed_sequence.is_(None)
    )
    moments = reminder_moments(meeting.scheduled_at, leads, zone)
    for attendee_id in session.scalars(invited.order_by(MeetingAttendee.id)):
        if answers.get(attendee_id) is Answer.DECLINED:
            continue
        for one in moments:
            yield _reminder(meeting, f"a{attendee_id}", one, None, None)


def _reminder(
    meeting: Meeting, who: str, one: Reminder, user_id: int | None, times: OwnTimes | None
) -> Planned:
    occasion = f"{who}:{one.lead}:s{meeting.sequence}"
    return Planned(REMINDER, occasion, one.due_at, one.expires_at, user_id, times)


def _question(meeting: Meeting, times: OwnTimes) -> Iterator[Planned]:
    """What came of it is asked once, and not for ever."""
    due, expires = outcome_moment(ends_of(meeting), times), ends_of(meeting) + ASKED_FOR
    if due is not None and due < expires:
        occasion = f"u{meeting.teacher_id}:s{meeting.sequence}"
        yield Planned(OUTCOME, occasion, due, expires, meeting.teacher_id, times)
