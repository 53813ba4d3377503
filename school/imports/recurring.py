"""When a recurring iCalendar event takes place: RRULE, RDATE and EXDATE, by its own wall clock."""

from datetime import date, datetime, time, tzinfo
from typing import Any

from dateutil.rrule import rrulestr  # it brings no types
from icalendar import Event, vRecur

from school.days import DateRange
from school.imports.outcome import shown
from school.imports.values import BadValue

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
"""How often days without school come back; anything shorter is a slip."""

_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
"""With several of these a rule has up to 86,400 starts a day, for as many years as it goes on."""


def wall_time(value: date, zone: tzinfo | None = None) -> datetime:
    """A moment as a wall clock shows it, of `zone` or its own; a day is its midnight."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0))
    if zone is not None and value.tzinfo is not None:
        value = value.astimezone(zone)
    return value.replace(tzinfo=None)


def starts(event: Event, first: datetime, window: DateRange) -> set[datetime]:
    """All starts of a recurring event in `window`, the first at `first`, by the wall clock.

    Raises BadValue (field `RRULE`) on a rule that cannot be followed.
    """
    begins = datetime.combine(window.start, time(0))
    ends = datetime.combine(window.end, time.max)
    zone = event.start.tzinfo if isinstance(event.start, datetime) else None
    found = {first} | {wall_time(start, zone) for start, _ in event.rdates}
    for rule in event.rrules:
        # In dateutil's rules a moment without a zone is one by the same wall clock as the first.
        text = _bounded(rule, zone, ends)
        try:
            found |= set(rrulestr(text, dtstart=first).between(begins, ends, inc=True))
        except ValueError as error:
            raise BadValue("RRULE", f"{shown(text)} cannot be followed: {error}") from None
    # A day alone, which others than the standard allows write, leaves out all of that day.
    without = {one if type(one) is date else wall_time(one, zone) for one in event.exdates}
    return {one for one in found if one not in without and one.date() not in without}


def _bounded(rule: vRecur, zone: tzinfo | None, ends: datetime) -> str:
    """The rule as text, its end by the wall clock, and where it has none, `ends`."""
    if rule.get("FREQ", [""])[0] not in FREQUENCIES:
        raise BadValue("RRULE", "comes back by something else than days, weeks, months or years")
    if any(len(rule.get(part, ())) > 1 for part in _TIMES_OF_DAY):
        raise BadValue("RRULE", "comes back more often than daily")
    if rule.get("INTERVAL", [1])[0] < 1:  # dateutil would follow it for ever.
        raise BadValue("RRULE", "comes back at no interval")
    until = rule.get("UNTIL", [None])[0]
    if until is None and "COUNT" in rule:
        return _text(rule)
    last = ends if until is None else min(ends, _last(until, zone))
    return _text(vRecur({**rule, "UNTIL": [last.replace(microsecond=0)]}))


def _text(rule: Any) -> str:
    text: str = rule.to_ical().decode()  # icalendar says no types here.
    return text


def _last(until: date, zone: tzinfo | None) -> datetime:
    """The end of a rule; a day means all of it."""
    if isinstance(until, datetime):
        return wall_time(until, zone)
    return datetime.combine(until, time.max)
