"""Entries on a real calendar server, and what comes of servers that refuse or say nothing."""

import socket

import pytest

from bot.calendar.client import (
    CalendarLater,
    CalendarRefused,
    CalendarServer,
    CalendarTrouble,
    CalendarUnclear,
)
from bot.calendar.entry import entry_calendar
from bot.calendar.place import calendar_place
from bot.settings import GivenSettings
from tests.bot.calendar.answering import answering
from tests.bot.calendar.radicale import Radicale
from tests.bot.mail.test_ical import an_event

EVENT = an_event()
UID = EVENT.uid
ENTRY = entry_calendar(EVENT)


def test_an_entry_put_twice_is_there_once_and_deleted_twice_is_gone(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    for _time in range(2):
        calendars.put(email, UID, ENTRY)
    assert list(radicale.entries(email)) == [f"{UID}.ics"]
    for _time in range(2):
        calendars.delete(email, UID)
    assert radicale.entries(email) == {}


def test_an_entry_invites_nobody_and_is_private(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    calendars.put(email, UID, ENTRY)
    (text,) = radicale.entries(email).values()
    for absent in ("METHOD", "ATTENDEE", "ORGANIZER"):
        assert absent not in text
    assert "CLASS:PRIVATE" in text
    assert f"SEQUENCE:{EVENT.sequence}" in text


def test_who_has_no_calendar_or_no_address_is_refused(calendars: CalendarServer) -> None:
    for email, code in (("nobody@school.test", "caldav_409"), ("no address", "no_address")):
        with pytest.raises(CalendarRefused, match=code):
            calendars.put(email, UID, ENTRY)
    with pytest.raises(CalendarRefused, match="caldav_404"):
        calendars.look(calendars.place.of("nobody@school.test"))


def test_a_wrong_password_is_refused_and_not_repeated(radicale: Radicale, email: str) -> None:
    place = calendar_place(radicale.url_of("homeroom", "wrong-one"))
    with pytest.raises(CalendarRefused, match="caldav_401") as refused:
        CalendarServer(place, 10).put(email, UID, ENTRY)
    assert "wrong-one" not in str(refused.value)


def test_who_may_only_see_times_may_not_write(radicale: Radicale, email: str) -> None:
    server = CalendarServer(calendar_place(radicale.url_of("times")), 10)
    with pytest.raises(CalendarRefused, match="caldav_403"):
        server.put(email, UID, ENTRY)


def put_to(url: str, timeout: float = 10) -> CalendarTrouble:
    with pytest.raises(CalendarTrouble) as trouble:
        CalendarServer(calendar_place(url), timeout).put("a@school.test", UID, ENTRY)
    return trouble.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, CalendarLater),
        (503, CalendarLater),
        (507, CalendarLater),
        (429, CalendarLater),
        (423, CalendarLater),
        (403, CalendarRefused),
        (415, CalendarRefused),
        (501, CalendarRefused),
    ],
)
def test_each_answer_is_final_or_for_another_time(status: int, kind: type[CalendarTrouble]) -> None:
    with answering(status) as url:
        trouble = put_to(url)
    assert isinstance(trouble, kind)
    assert not isinstance(trouble, CalendarUnclear)
    assert trouble.code == f"caldav_{status}"


def test_an_answer_that_is_no_xml_is_for_another_time() -> None:
    with answering(200, b"<oops", "text/xml") as url:
        assert put_to(url).code == "no_xml"


def test_a_server_that_never_answers_leaves_it_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        trouble = put_to(f"http://127.0.0.1:{silent.getsockname()[1]}/{{email}}/", 0.2)
    assert isinstance(trouble, CalendarUnclear)
    assert trouble.code == "ReadTimeout"


def test_no_settings_no_server() -> None:
    assert CalendarServer.of(GivenSettings()) is None
