"""The days that a file of holidays names: a CSV or an iCalendar file, told apart by content."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from school.days import YEARS, DateRange
from school.imports.files import check_text
from school.imports.ical import calendar_events
from school.imports.outcome import Problems, shown
from school.imports.tables import TableRow, read_table
from school.imports.values import LONGEST_NAME, BadValue

REQUIRED = ("date", "name")
CANCELLED = "cancelled"
UNNAMED = "Holiday"
"""What a day is called where an iCalendar event has no summary."""
_CALENDAR = "begin:vcalendar"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day without school, or one that is none after all (`is_cancelled`)."""

    day: date
    name: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class NamedDays:
    """All days of a file, in its order, and how many rows or events it has."""

    days: tuple[NamedDay, ...]
    rows: int


def read_days(path: Path, *, zone: ZoneInfo, window: DateRange, problems: Problems) -> NamedDays:
    """The days of a file. `window` bounds what recurs without an end.

    What cannot be used goes to `problems`. Raises InvalidInput (field `file`) when the file as a
    whole is neither.
    """
    check_text(path)
    text = path.read_text(encoding="utf-8-sig")
    if text.lstrip()[: len(_CALENDAR)].lower() == _CALENDAR:
        return _calendar_days(path.name, text, zone, window, problems)
    found: list[NamedDay] = []
    for row in read_table(path, REQUIRED, problems):
        try:
            found.append(_named_day(row))
        except BadValue as bad:
            problems.error(row.line, bad.field, bad.reason)
    return NamedDays(tuple(found), len(found) + problems.errors)


def _named_day(row: TableRow) -> NamedDay:
    status = row["status"].lower()
    if status not in ("", "confirmed", CANCELLED):
        raise BadValue("status", f"{shown(row['status'])} is neither empty nor {CANCELLED}")
    name = " ".join(row["name"].split())
    if not name and status != CANCELLED:
        raise BadValue("name", "the name is missing")
    if len(name) > LONGEST_NAME:
        raise BadValue("name", f"is longer than {LONGEST_NAME} characters")
    return NamedDay(_day(row["date"]), name, status == CANCELLED)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        reason = f"{shown(text)} is no day such as 2026-11-26" if text else "the day is missing"
        raise BadValue("date", reason) from None
    if day.year not in YEARS:
        raise BadValue("date", f"{shown(text)} is not a day of school")
    return day


def _calendar_days(
    file: str, text: str, zone: ZoneInfo, window: DateRange, problems: Problems
) -> NamedDays:
    events = calendar_events(file, text)
    found: list[NamedDay] = []
    for event in events:
        try:
            days = event.days(zone, window)
        except BadValue as bad:
            problems.error(event.line, bad.field, bad.reason)
            continue
        if not days:
            problems.warn(event.line, "DTSTART", "lasts no whole day; it is left out")
        name = " ".join(event.name.split())[:LONGEST_NAME] or UNNAMED
        found += (NamedDay(day, name, event.is_cancelled) for day in days)
    return NamedDays(tuple(found), len(events))
