"""When somebody is busy, read from what a calendar server tells of them (iCalendar, RFC 5545).

Recurring entries are unfolded here and not by the server, and days and floating times are those of
the person's own zone, which a server may not know.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from school.days import day_start
from school.periods import Period, merged

OURS = "@homeroom"
"""How the UIDs of our own entries end: the meetings themselves are known better here."""
DAY = timedelta(days=1)
BROKEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError)
"""What the libraries raise over entries that other programs wrote wrong."""
FREE, CANCELLED, DECLINED = "TRANSPARENT", "CANCELLED", "DECLINED"


def busy_in(
    texts: Iterable[str], span: Period, zone: ZoneInfo, email: str = ""
) -> tuple[Period, ...]:
    """The busy time within `span` that calendar objects tell of, without our own meetings.

    Free is what is transparent, was cancelled, or was declined by `email`; tentative is busy. What
    cannot be read is left out.
    """
    found = (
        period
        for text in texts
        for entry in _occurrences(text, span)
        if _is_busy(entry, email)
        for period in _period_of(entry, zone)
    )
    return _within(found, span)


def busy_in_free_busy(text: str, span: Period) -> tuple[Period, ...]:
    """The same from the answer to a free-busy query. Raises ValueError where it is none."""
    answers = Calendar.from_ical(text).walk("VFREEBUSY")
    return _within((period for one in answers for period in _told_in(one)), span)


def _within(periods: Iterable[Period], span: Period) -> tuple[Period, ...]:
    cut = (
        Period(max(one.starts_at, span.starts_at), min(one.ends_at, span.ends_at))
        for one in periods
    )
    return merged(cut)


def _occurrences(text: str, span: Period) -> list[Component]:
    """Each time that the entries of one object take place; a day more, for days and other zones."""
    try:
        calendar = Calendar.from_ical(text)
        query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
        return list(query.between(span.starts_at - DAY, span.ends_at + DAY))
    except BROKEN:
        return []


def _is_busy(entry: Component, email: str) -> bool:
    if str(entry.get("uid", "")).endswith(OURS):
        return False
    if str(entry.get("transp", "")).upper() == FREE:
        return False
    if str(entry.get("status", "")).upper() == CANCELLED:
        return False
    return not _has_declined(entry, email.strip().lower())


def _has_declined(entry: Component, email: str) -> bool:
    asked = entry.get("attendee") or []
    people = asked if isinstance(asked, list) else [asked]
    return any(
        str(one).lower() == f"mailto:{email}"
        and str(one.params.get("partstat", "")).upper() == DECLINED
        for one in people
    )


def _period_of(entry: Component, zone: ZoneInfo) -> Iterator[Period]:
    starts = _moment(entry.decoded("dtstart"), zone)
    ends = _moment(entry.decoded("dtend"), zone) if "dtend" in entry else starts
    yield Period(starts, ends)


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A day begins at its midnight, and a time without a zone is one, in the person's own."""
    if not isinstance(value, datetime):
        return day_start(value, zone)
    aware = value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def _told_in(answer: Component) -> Iterator[Period]:
    told: Any = answer.get("freebusy") or []
    for line in told if isinstance(told, list) else [told]:
        if str(line.params.get("fbtype", "BUSY")).upper() != "FREE":
            yield Period(line.start.astimezone(UTC), line.end.astimezone(UTC))
