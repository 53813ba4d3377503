"""A meeting as an entry of a calendar (RFC 4791, 4.1), and not as something that is sent."""

from icalendar import Calendar, Component

from bot.ical import CalendarEvent, event_calendar


def entry_calendar(event: CalendarEvent) -> bytes:
    """The calendar object of an event: without a method, which no server takes.

    It names neither who invites nor who is invited, whatever the event says: a server that knows
    them writes to them itself (RFC 6638), and they have their e-mail from us. Others to whom the
    calendar is open see only that the time is taken.
    """
    calendar = Calendar.from_ical(event_calendar(event))
    del calendar["method"]
    for entry in calendar.walk("VEVENT"):
        _make_own(entry)
    return bytes(calendar.to_ical())


def _make_own(entry: Component) -> None:
    for name in ("organizer", "attendee"):
        if name in entry:
            del entry[name]
    entry.add("class", "PRIVATE")
    entry.add("transp", "OPAQUE")
