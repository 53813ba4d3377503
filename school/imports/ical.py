"""Events of an iCalendar file (RFC 5545) as the whole local days that they take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from school.days import YEARS, DateRange
from school.errors import InvalidInput
from school.imports.outcome import shown
from school.imports.recurring import starts, wall_time
from school.imports.values import BadValue

LONGEST = timedelta(days=366)
"""So long may one event last: more is a slip, and would leave no school day."""
READ = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
NEARLY_MIDNIGHT = time(23, 59)
"""Some calendars end a whole day a minute before midnight."""
_BEGIN = "begin:vevent"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT, standing on `line`. `replaced` are starts that events of their own take over."""

    line: int
    event: Event
    replaced: frozenset[datetime]

    @property
    def name(self) -> str:
        """The summary; empty where there is none."""
        return _first(self.event, "SUMMARY")

    @property
    def is_cancelled(self) -> bool:
        """Whether the event does not take place after all."""
        return _first(self.event, "STATUS").upper() == "CANCELLED"

    def days(self, zone: ZoneInfo, window: DateRange) -> list[date]:
        """The local days in `zone` that the event takes wholly, each once, in order.

        What recurs is followed through `window`. Raises BadValue (the property as field) where
        the event cannot be understood.
        """
        for name, reason in self.event.errors:
            if name in READ:
                raise BadValue(name, f"cannot be read: {reason}")
        span = _span(self.event, zone)
        first = span.start
        if first.year not in YEARS:
            raise BadValue("DTSTART", f"{shown(first.date().isoformat())} is not a day of school")
        found = starts(self.event, first, window) - self.replaced if self.recurs else {first}
        return sorted({day for start in found for day in span.whole_days(start, zone)})

    @property
    def recurs(self) -> bool:
        """Whether the event takes place more than once."""
        return "RRULE" in self.event or "RDATE" in self.event


def calendar_events(file: str, text: str) -> list[CalendarEvent]:
    """All events of a file, in its order. Raises InvalidInput (field `file`) when it is broken."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except ValueError as error:
        reason = shown(str(error))
        raise InvalidInput("file", f"{file} is no iCalendar file: {reason}.") from None
    if not calendars:
        raise InvalidInput("file", f"{file} breaks off: its END:VCALENDAR is missing.")
    parts = (one for calendar in calendars for one in calendar.walk("VEVENT"))
    events = [one for one in parts if isinstance(one, Event)]
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().lower() == _BEGIN]
    moved = _moved(events)
    return [
        CalendarEvent(line, one, moved.get(_first(one, "UID"), frozenset()))
        for line, one in zip(lines, events, strict=True)
    ]


def _first(event: Event, name: str) -> str:
    """A text property, the first where there are several; empty where there is none."""
    found = event.get(name, "")
    return str(found[0] if isinstance(found, list) else found)


def _moved(events: list[Event]) -> dict[str, frozenset[datetime]]:
    """By UID, the starts of a recurring event that events of their own take over."""
    found: dict[str, frozenset[datetime]] = {}
    for one in events:
        try:
            start = one.RECURRENCE_ID
        except ValueError:
            continue  # It is named when the event's days are asked for.
        if start is not None:
            uid = _first(one, "UID")
            found[uid] = found.get(uid, frozenset()) | {wall_time(start)}
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    """When an event takes place first, by the wall clock of `zone`; None where it takes days."""

    start: datetime
    length: timedelta
    zone: tzinfo | None

    def whole_days(self, start: datetime, school: ZoneInfo) -> Iterator[date]:
        """The days of `school` that are wholly taken when the event starts at `start`."""
        end = start + self.length
        if self.zone is None:
            first, last = start.date(), max(end.date(), start.date() + timedelta(days=1))
        else:
            start = start.replace(tzinfo=self.zone).astimezone(school)
            end = end.replace(tzinfo=self.zone).astimezone(school)
            first = start.date() + timedelta(days=start.time() != time(0))
            last = end.date() + timedelta(days=end.time() >= NEARLY_MIDNIGHT)
        for n in range((last - first).days):
            yield first + timedelta(days=n)


def _span(event: Event, school: ZoneInfo) -> _Span:
    try:
        start, end, _ = event.start, event.end, event.RECURRENCE_ID
    except (ValueError, OverflowError) as error:
        raise BadValue("DTSTART", f"cannot be read: {error}") from None
    zone = (start.tzinfo or school) if isinstance(start, datetime) else None
    length = wall_time(end, zone) - wall_time(start)
    if length < timedelta(0):
        raise BadValue("DTEND", "the event ends before it starts")
    if length > LONGEST:
        raise BadValue("DTEND", f"the event lasts longer than {LONGEST.days} days")
    return _Span(wall_time(start), length, zone)
