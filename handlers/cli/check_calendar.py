"""`app.py check`, its line about calendars: it comes in, and looks whether they are there."""

from sqlalchemy import select

from bot.calendar.client import GONE, CalendarRefused, CalendarServer, CalendarTrouble
from bot.settings import Settings
from handlers.cli.opening import open_school
from school.addresses import is_address
from school.errors import DeliveryFailed
from school.models import Role, User

MOST_TRIED = 5
"""So many teachers' calendars are looked for."""
NO_ENTRY = 401
NOT_IN = {
    NO_ENTRY: "does not let us in: see user and password in CALDAV_URL",
    403: "lets us in, but not into the calendars",
}


def examine_calendar(settings: Settings, wait: float) -> str:
    """Whether the calendar server lets us in and has calendars; that we may write is found out
    when an entry is put. Raises DeliveryFailed, which names nobody.
    """
    server = CalendarServer.of(settings, wait)
    if server is None:
        return "not set"
    host, place = server.place.host, server.place
    if place.is_shared:
        if not _is_there(server, place.above):
            raise DeliveryFailed(f"{host} has no such calendar: see the address in CALDAV_URL")
        return f"{host} lets us in"
    teachers = _teachers(settings)
    if not teachers:
        _is_there(server, place.above, above=True)
        return f"{host} lets us in; there is no teacher to look for"
    there = sum(_is_there(server, place.of(email)) for email in teachers)
    if not there:
        tried = f"none of the {len(teachers)} calendars that I looked for"
        raise DeliveryFailed(f"{host} has {tried}: see the address in CALDAV_URL")
    return f"{host} lets us in, {there} of {len(teachers)} calendars looked for are there"


def _is_there(server: CalendarServer, address: str, *, above: bool = False) -> bool:
    """Whether a calendar is there. Of what lies `above` the calendars only the way in counts: a
    server need not show it. Raises DeliveryFailed.
    """
    host = server.place.host
    try:
        server.look(address)
    except CalendarRefused as refusal:
        if refusal.status in GONE or (above and refusal.status != NO_ENTRY):
            return False
        words = NOT_IN.get(refusal.status, f"answers {refusal.status}")
        raise DeliveryFailed(f"{host} {words}") from None
    except CalendarTrouble as trouble:
        down = f"is not reached ({trouble.code})"
        words = f"answers {trouble.status}" if trouble.status else down
        raise DeliveryFailed(f"{host} {words}") from None
    return True


def _teachers(settings: Settings) -> list[str]:
    """The addresses of a few teachers."""
    query = select(User.email).where(User.is_active, User.role == Role.TEACHER.value)
    with open_school(settings) as school, school.session_factory() as session:
        found = session.scalars(query.order_by(User.id).limit(MOST_TRIED)).all()
    return [one for one in found if is_address(one)]
