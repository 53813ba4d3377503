"""When a teacher is free to meet: within their hours, on school days, beside what they have.

A `Diary` is read once from the records and is pure from then on, so that what a calendar server
says of the same days can be brought in later, outside of any transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.reminders import USUAL_DURATION
from school.days import day_start, local_day
from school.days_off import days_off
from school.hours import DaysOff, WorkingHours, local_moment, working_hours
from school.models import Meeting, MeetingAttendee, MeetingStatus, User
from school.periods import Period, merged
from school.preferences import WORKING_HOURS, preference
from school.zones import zone_of

STEP = timedelta(minutes=15)
"""Free times begin on the quarters of the hour."""
LONGEST = timedelta(hours=8)
"""No meeting is longer (interventions.meetings.rules): so far back one may have begun."""


class Odd(StrEnum):
    """What speaks against a time: only another `MEETING` keeps one from being made then."""

    HOLIDAY = "holiday"
    PAUSE = "pause"
    DAY_OFF = "day_off"
    HOURS = "hours"
    MEETING = "meeting"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known of a teacher's days from `first` to `last`, both included, in their `zone`.

    `taken` is when they have meetings of ours, their own and those that they are invited to.
    """

    first: date
    last: date
    zone: ZoneInfo
    hours: WorkingHours
    off: DaysOff
    taken: tuple[Period, ...] = ()

    def works_on(self, day: date) -> bool:
        """Whether the teacher has working hours that day: no holiday, and in no pause."""
        at_school = day not in self.off.holidays
        paused = any(day in each for each in self.off.pauses)
        return day.weekday() in self.hours.days and at_school and not paused

    def free(
        self, day: date, minutes: int, *, now: datetime, busy: Iterable[Period] = ()
    ) -> tuple[datetime, ...]:
        """When a meeting of `minutes` can begin that day (UTC), the first first."""
        if not (self.first <= day <= self.last and self.works_on(day)):
            return ()
        opens = local_moment(day, self.hours.start, self.zone)
        closes = local_moment(day, self.hours.end, self.zone)
        taken, length = merged([*self.taken, *busy]), timedelta(minutes=minutes)
        starts = _quarters(opens, closes - length)
        slots = (Period(start, start + length) for start in starts if start > now)
        return tuple(
            one.starts_at for one in slots if not any(one.overlaps(other) for other in taken)
        )

    def odd(self, starts_at: datetime, minutes: int, *, busy: Iterable[Period] = ()) -> Odd | None:
        """What speaks against a meeting then, the first that does; None where nothing does."""
        day, slot = local_day(starts_at, self.zone), _slot(starts_at, minutes)
        if not self.first <= day <= self.last:
            return None
        opens = local_moment(day, self.hours.start, self.zone)
        closes = local_moment(day, self.hours.end, self.zone)
        reasons = {
            Odd.HOLIDAY: day in self.off.holidays,
            Odd.PAUSE: any(day in each for each in self.off.pauses),
            Odd.DAY_OFF: day.weekday() not in self.hours.days,
            Odd.HOURS: slot.starts_at < opens or slot.ends_at > closes,
            Odd.MEETING: any(slot.overlaps(one) for one in self.taken),
            Odd.BUSY: any(slot.overlaps(one) for one in busy),
        }
        return next((why for why, speaks in reasons.items() if speaks), None)

    def next_free(
        self, minutes: int, *, now: datetime, after: datetime, busy: Iterable[Period] = ()
    ) -> datetime | None:
        """The first free start from `after` on; None where its days hold none."""
        first = max(self.first, local_day(after, self.zone))
        taken = merged(busy)
        days = (first + timedelta(n) for n in range((self.last - first).days + 1))
        starts = (one for day in days for one in self.free(day, minutes, now=now, busy=taken))
        return next((one for one in starts if one >= after), None)

    def span(self) -> Period:
        """From the beginning of its first day to the end of its last."""
        after = self.last + timedelta(1)
        return Period(day_start(self.first, self.zone), day_start(after, self.zone))


def diary_of(
    teacher_id: int, first: date, last: date, *, session: Session, but: int | None = None
) -> Diary:
    """Read a teacher's diary. `but` is a meeting that is no hindrance: the one to be moved."""
    user = session.get_one(User, teacher_id)
    zone = zone_of(session, user.workspace_id, teacher_id)
    off = days_off(session, user.workspace_id, first, last, user_id=teacher_id)
    hours = working_hours(preference(session, teacher_id, WORKING_HOURS))
    bare = Diary(first, last, zone, hours, off)
    return Diary(first, last, zone, hours, off, _taken(user, bare.span(), but, session=session))


def _slot(starts_at: datetime, minutes: int) -> Period:
    return Period(starts_at, starts_at + timedelta(minutes=minutes))


def _quarters(opens: datetime, last: datetime) -> Iterable[datetime]:
    """Each quarter of an hour from `opens` to `last`, both included."""
    start = opens
    while start <= last:
        yield start
        start += STEP


def _taken(user: User, span: Period, but: int | None, *, session: Session) -> tuple[Period, ...]:
    """When the teacher has meetings in the span, their own and those that they are invited to."""
    invited = select(MeetingAttendee.meeting_id).where(
        MeetingAttendee.user_id == user.id, MeetingAttendee.removed_sequence.is_(None)
    )
    query = select(Meeting.id, Meeting.scheduled_at, Meeting.duration_minutes).where(
        Meeting.workspace_id == user.workspace_id,
        or_(Meeting.teacher_id == user.id, Meeting.id.in_(invited)),
        Meeting.scheduled_at > span.starts_at - LONGEST,
        Meeting.scheduled_at < span.ends_at,
        Meeting.status == MeetingStatus.SCHEDULED.value,
    )
    return merged(
        Period(starts, starts + timedelta(minutes=minutes or USUAL_DURATION))
        for number, starts, minutes in session.execute(query)
        if number != but
    )
