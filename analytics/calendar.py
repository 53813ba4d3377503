"""School days, counted quickly, and what follows from them: engagement and missed days."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from school.days import DateRange, local_day
from school.models import Holiday

_HOLIDAYS = select(Holiday.day).where(Holiday.workspace_id == bindparam("workspace"))
WEEKEND = timedelta(days=3)
"""From a Monday back to the Friday before."""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Monday to Friday without the `holidays`, which are in order."""

    holidays: tuple[date, ...] = ()

    @classmethod
    def of(cls, holidays: Iterable[date]) -> "SchoolCalendar":
        """The calendar with these holidays; those at weekends change nothing."""
        return cls(tuple(sorted({day for day in holidays if day.weekday() < 5})))

    def __contains__(self, day: date) -> bool:
        at = bisect_left(self.holidays, day)
        return day.weekday() < 5 and self.holidays[at : at + 1] != (day,)

    def count(self, start: date, end: date) -> int:
        """How many school days lie from `start` to `end`, both included."""
        if start > end:
            return 0
        free = bisect_right(self.holidays, end) - bisect_left(self.holidays, start)
        return _weekdays_before(end + timedelta(days=1)) - _weekdays_before(start) - free

    def back(self, day: date, number: int) -> date:
        """The first of the last `number` school days before and on `day`."""
        return _back(self, day, number)


@lru_cache(maxsize=4096)  # A report asks for the same few days hundreds of times.
def _back(calendar: SchoolCalendar, day: date, number: int) -> date:
    weeks, rest = divmod(number, 5)
    # So many days hold at most that many school days.
    first = day - timedelta(days=7 * weeks + rest - 1)
    while calendar.count(first, day) < number:
        first -= timedelta(days=1)
    while first not in calendar:
        first += timedelta(days=1)
    return first


def _weekdays_before(day: date) -> int:
    # Day 1 of the proleptic calendar is a Monday.
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest, 5)


def school_calendar(session: Session, workspace_id: int) -> SchoolCalendar:
    """The workspace's school days."""
    return SchoolCalendar.of(session.scalars(_HOLIDAYS, {"workspace": workspace_id}))


def judged_days(
    days: DateRange, data_through: datetime | None, *, now: datetime, zone: ZoneInfo
) -> DateRange | None:
    """Those of `days` that the data cover: up to `data_through`, and no day that is still running.

    None where there are none. On such days alone can practice be missed.
    """
    if data_through is None:
        return None
    last = local_day(data_through, zone)
    if last >= local_day(now, zone):
        last = local_day(now, zone) - timedelta(days=1)
    return DateRange(days.start, min(days.end, last)) if days.start <= last else None


def past_day(judged: DateRange | None, *, now: datetime, zone: ZoneInfo) -> date | None:
    """The last of the judged days where it is past, more than a weekend ago; else None."""
    if judged is None or judged.end >= local_day(now, zone) - WEEKEND:
        return None
    return judged.end


def engagement(
    active: Sequence[date], enrolled: DateRange | None, calendar: SchoolCalendar
) -> float | None:
    """Active school days / school days while enrolled; None where there was no school day."""
    if enrolled is None:
        return None
    possible = calendar.count(enrolled.start, enrolled.end)
    start, end = enrolled.start, enrolled.end
    practised = sum(start <= day <= end and day in calendar for day in active)
    return practised / possible if possible else None


def missed(last: date | None, enrolled: DateRange | None, calendar: SchoolCalendar) -> int:
    """School days within the days `enrolled` that came after the `last` practice."""
    if enrolled is None:
        return 0
    start = enrolled.start if last is None else max(enrolled.start, last + timedelta(days=1))
    return calendar.count(start, enrolled.end)
