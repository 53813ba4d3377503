"""Events as iCalendar (RFC 5545, and RFC 5546 for its methods), for e-mails and calendars."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from bot.ical_zones import time_zone

PRODUCT = "-//Homeroom//Meetings//EN"


class Method(StrEnum):
    """What a calendar is to do with an event. Only `REQUEST` asks for an answer."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class CalendarPerson:
    """Somebody who invites or is invited.

    `answer` is what they have said, as calendars write it (PARTSTAT); without `asked` they need not
    answer.
    """

    email: str
    name: str = ""
    answer: str = "NEEDS-ACTION"
    asked: bool = True


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. All moments are aware; `zone` is the one that calendars show it in.

    `uid` is the same for ever, `sequence` grows with each change, `stamp` is when that change was
    made. `summary` names no child: it stands in other people's calendars. `goes_on`: where it is
    taken away from those named, it takes place without them.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    summary: str
    location: str | None = None
    description: str | None = None
    organizer: CalendarPerson | None = None
    attendees: tuple[CalendarPerson, ...] = ()
    goes_on: bool = False


def event_calendar(event: CalendarEvent, method: Method = Method.PUBLISH) -> bytes:
    """The iCalendar object that brings an event, changes it, or takes it away again.

    Raises ValueError for a `REQUEST` that names nobody, which no calendar takes.
    """
    if method is Method.REQUEST and not (event.organizer and event.attendees):
        raise ValueError("a request needs who invites and who is invited")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    starts, ends = _moments(event)
    if starts.tzinfo is event.zone:
        calendar.add_component(time_zone(event.zone, starts, ends))
    calendar.add_component(_event(event, method, starts, ends))
    return bytes(calendar.to_ical())


def _event(event: CalendarEvent, method: Method, starts: datetime, ends: datetime) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.stamp.astimezone(UTC))
    made.add("dtstart", starts)
    made.add("dtend", ends)
    made.add("summary", _text(event.summary))
    if not (method is Method.CANCEL and event.goes_on):  # RFC 5546, 3.2.5: it is not cancelled
        made.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    for name, value in (("location", event.location), ("description", event.description)):
        if value:
            made.add(name, _text(value))
    if event.organizer is not None:
        made.add("organizer", _person(event.organizer))
    if method is not Method.PUBLISH:  # RFC 5546, 3.2.1: what is published invites nobody
        for attendee in event.attendees:
            made.add("attendee", _person(attendee, asked=method is Method.REQUEST))
    return made


def _moments(event: CalendarEvent) -> tuple[datetime, datetime]:
    """Its beginning and end in its zone; in UTC where a clock that is set back shows one twice.

    RFC 5545, 3.3.5: a local time that comes twice means the first of the two.
    """
    pair = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    plain = "/" in event.zone.key and not any(moment.fold for moment in pair)
    return pair if plain else (event.starts_at.astimezone(UTC), event.ends_at.astimezone(UTC))


def _person(person: CalendarPerson, *, asked: bool = False) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["cn"] = vText(_text(person.name))
    if asked:
        address.params["cutype"] = vText("INDIVIDUAL")
        address.params["role"] = vText("REQ-PARTICIPANT")
        address.params["partstat"] = vText(person.answer)
        address.params["rsvp"] = vText("TRUE" if person.asked else "FALSE")
    return address


def _text(text: str) -> str:
    """Text without control characters, which make an event one that no calendar reads."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")
