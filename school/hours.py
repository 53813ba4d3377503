"""Local times: what the clock on somebody's wall says, and when they are not to be disturbed.

Where clocks are set forward a time of day is missing: it stands for the first minute after the gap.
Where they are set back one comes twice: the first of the two is meant.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from school.days import DateRange, is_school_day, local_day

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
LOOK_AHEAD = 400
"""Days within which there is an allowed one, or there is none."""


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which clocks in `zone` say `at` on that day; see above for odd days."""
    naive = datetime.combine(day, at)
    moment = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == naive:
        return moment
    # By the offset of before the gap it is `moment`, by that of after it an earlier one: in
    # between the clocks were set forward.
    before = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(before, moment, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second of the offset that holds at `after`, which did not hold at `before`."""
    new = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if middle.astimezone(zone).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after


def day_exists(day: date, zone: ZoneInfo) -> bool:
    """False for a day that was left out, as when a country changed sides of the date line."""
    return local_moment(day, time(0), zone) < local_moment(day + DAY, time(0), zone)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end`, over midnight or not; none where both are the same.

    The two ends themselves are not quiet: what is put off comes at `end` on the dot, what is
    brought forward at `start`.
    """

    start: time
    end: time

    def __contains__(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start < at < self.end
        return at > self.start or at < self.end

    @property
    def over_midnight(self) -> bool:
        """Whether they begin on one day and end on the next."""
        return self.start > self.end


NO_QUIET = QuietHours(time(0), time(0))
DEFAULT_QUIET = QuietHours(time(20), time(7))


def time_of_day(text: object) -> time | None:
    """A time of day such as 07:30, to the minute; None where it is none."""
    try:
        return time.fromisoformat(str(text)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def quiet_hours(value: Mapping[str, Any] | None) -> QuietHours:
    """The quiet hours in a preference (school.preferences.QUIET_HOURS), or the usual ones."""
    start = time_of_day((value or {}).get("from"))
    end = time_of_day((value or {}).get("to"))
    return DEFAULT_QUIET if start is None or end is None else QuietHours(start, end)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """On which days of the week (0 is Monday) and between which times of day one can be met."""

    days: frozenset[int]
    start: time
    end: time


DEFAULT_WORKING_HOURS = WorkingHours(frozenset(range(5)), time(8), time(16))


def working_hours(value: Mapping[str, Any] | None) -> WorkingHours:
    """The hours in a preference (school.preferences.WORKING_HOURS), or the usual ones."""
    start, end = time_of_day((value or {}).get("from")), time_of_day((value or {}).get("to"))
    days = frozenset(one for one in (value or {}).get("days") or () if one in range(7))
    if start is None or end is None or not days or start >= end:
        return DEFAULT_WORKING_HOURS
    return WorkingHours(days, start, end)


def known_zone(*names: str | None) -> ZoneInfo:
    """The first of the names that is a time zone; UTC where none is."""
    return ZoneInfo(next((name for name in names if name and is_zone(name)), "UTC"))


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads a folder


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The school's holidays, and the pauses of a person or class: ranges of days."""

    holidays: Collection[date] = frozenset()
    pauses: tuple[DateRange, ...] = ()

    def has_school(self, day: date) -> bool:
        """Monday to Friday, no holiday, and in no pause."""
        return is_school_day(day, self.holidays) and not any(day in each for each in self.pauses)


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """When a person may be disturbed: on school days, outside of quiet hours, by their clock."""

    zone: ZoneInfo
    quiet: QuietHours = DEFAULT_QUIET
    off: DaysOff = DaysOff()

    def allow(self, moment: datetime) -> bool:
        """Whether they may be disturbed then."""
        local = moment.astimezone(self.zone)
        return local.time() not in self.quiet and self.off.has_school(local.date())


def earlier_allowed(moment: datetime, times: OwnTimes) -> datetime | None:
    """The moment itself, or the last good one before: out of quiet hours, on a school day.

    Out of quiet hours is when they begin; from a day off it goes to the same time of the school
    day before. None where there is no school day in over a year.
    """
    if times.allow(moment):
        return moment
    local = moment.astimezone(times.zone)
    day, at = local.date(), local.time()
    if at in times.quiet:
        if times.quiet.over_midnight and at < times.quiet.end:
            day -= DAY
        at = times.quiet.start
    found = next((each for each in _from(day, -DAY) if times.off.has_school(each)), None)
    return None if found is None else local_moment(found, at, times.zone)


def later_allowed(moment: datetime, times: OwnTimes) -> datetime | None:
    """The moment itself, or the next good one: the end of quiet hours, the next school morning.

    From a day off it goes to when the night's quiet hours end on the next school day, or to the
    same time of that day where nights are not quiet. None where there is none in over a year.
    """
    if times.allow(moment):
        return moment
    local = moment.astimezone(times.zone)
    first, at = local.date(), local.time()
    if at in times.quiet:
        if times.quiet.over_midnight and at > times.quiet.start:
            first += DAY
        at = times.quiet.end
    found = next((each for each in _from(first, DAY) if times.off.has_school(each)), None)
    if found is None:
        return None
    if found != local.date() and times.quiet.over_midnight:
        at = times.quiet.end
    return local_moment(found, at, times.zone)


def _from(day: date, step: timedelta) -> Iterator[date]:
    return (day + number * step for number in range(LOOK_AHEAD))


def same_time_before(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same local time of day so many calendar days earlier, whatever clocks did in between."""
    local = moment.astimezone(zone)
    return local_moment(local_day(moment, zone) - days * DAY, local.time(), zone)
