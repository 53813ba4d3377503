"""A time zone as iCalendar describes it (VTIMEZONE), for the time around an event.

`icalendar.Timezone.from_tzinfo` (7.3) gives the hour after a clock was set forward as the one at
which it is; RFC 5545, 3.6.5 wants the local time that was left.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

AROUND = timedelta(days=400)
"""So far around an event its zone is described: a year's changes of clocks, and no more."""
_DAY, _EXACT = timedelta(days=1), timedelta(seconds=1)


def time_zone(zone: ZoneInfo, starts_at: datetime, ends_at: datetime) -> Timezone:
    """The zone with its changes of clocks in the year before and after an event."""
    first = starts_at.astimezone(UTC).replace(microsecond=0) - AROUND
    made = Timezone()
    made.add("tzid", zone.key)
    made.add_component(_observance(zone, first, first))
    before = first
    for change in _changes(zone, first, ends_at.astimezone(UTC) + AROUND):
        made.add_component(_observance(zone, change, before))
        before = change
    return made


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments (UTC) at which the zone's offset becomes another one."""
    day = first
    while day < last:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            yield _change(zone, day, day + _DAY)
        day += _DAY


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second of the change between two moments; `high` is after it."""
    after = _offset(zone, high)
    while high - low > _EXACT:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (low, middle) if _offset(zone, middle) == after else (middle, high)
    return high


def _observance(
    zone: ZoneInfo, change: datetime, before: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """What holds from a change on; its beginning is in the local time that was left by it."""
    local = change.astimezone(zone)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    left = _offset(zone, before)
    made.add("dtstart", (change + left).replace(tzinfo=None))
    made.add("tzoffsetfrom", left)
    made.add("tzoffsetto", _offset(zone, change))
    made.add("tzname", local.tzname())
    return made


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
