"""Events as iCalendar: read back by another reader, in zones, through changes of clocks, folded."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.ical import CalendarEvent, CalendarPerson, Method, event_calendar

NEW_YORK = ZoneInfo("America/New_York")
RUIZ = CalendarPerson("ruiz@school.test", "Ms Ruiz")
ANA = CalendarPerson("ana@home.test", "Ana Torres")


def an_event(starts_at: datetime | None = None, **more: object) -> CalendarEvent:
    begin = starts_at or datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
    given: dict[str, object] = {
        "uid": "meeting-7@school.test",
        "sequence": 2,
        "stamp": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "starts_at": begin,
        "ends_at": begin + timedelta(minutes=30),
        "zone": NEW_YORK,
        "summary": "Meeting with Ms Ruiz",
        "organizer": RUIZ,
        "attendees": (ANA,),
        **more,
    }
    return CalendarEvent(**given)  # type: ignore[arg-type]


def read(content: bytes) -> tuple[Any, Any]:
    """The calendar and its one event, as another reader has them."""
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_what_is_written_is_read_back() -> None:
    calendar, event = read(event_calendar(an_event(location="Room 12", description="Bring it")))
    assert calendar["method"] == "PUBLISH"
    assert (str(event["uid"]), event["sequence"]) == ("meeting-7@school.test", 2)
    assert event["dtstamp"].dt == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert event["dtstart"].dt == datetime(2026, 11, 24, 14, 30, tzinfo=NEW_YORK)
    assert event["dtend"].dt == datetime(2026, 11, 24, 15, 0, tzinfo=NEW_YORK)
    assert event["dtstart"].params["TZID"] == "America/New_York"
    assert (event["status"], event["location"]) == ("CONFIRMED", "Room 12")
    assert event["organizer"] == "mailto:ruiz@school.test"
    assert event["description"] == "Bring it"


def test_what_is_published_invites_nobody_and_a_request_does() -> None:
    _, published = read(event_calendar(an_event()))
    _, request = read(event_calendar(an_event(), Method.REQUEST))
    assert "attendee" not in published
    assert request["attendee"] == "mailto:ana@home.test"
    assert request["attendee"].params["CN"] == "Ana Torres"
    assert request["attendee"].params["RSVP"] == "TRUE"


def test_a_request_needs_who_invites_and_who_is_invited() -> None:
    with pytest.raises(ValueError, match="invited"):
        event_calendar(an_event(attendees=()), Method.REQUEST)
    with pytest.raises(ValueError, match="invites"):
        event_calendar(an_event(organizer=None), Method.REQUEST)


def test_a_cancelled_event_keeps_its_uid_and_asks_for_no_answer() -> None:
    calendar, event = read(event_calendar(an_event(sequence=3), Method.CANCEL))
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert (str(event["uid"]), event["sequence"]) == ("meeting-7@school.test", 3)
    assert "RSVP" not in event["attendee"].params


def test_it_is_the_same_whenever_it_is_made() -> None:
    assert event_calendar(an_event()) == event_calendar(an_event())


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Sydney"])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_reader_that_knows_no_zones_finds_the_moment_by_the_description(
    zone: str, month: int
) -> None:
    for hour in range(0, 24, 8):
        for day in (1, 8, 29) if month != 2 else (1, 8, 28):
            begin = datetime(2026, month, day, hour, 30, tzinfo=UTC)
            assert moment_by_description(an_event(begin, zone=ZoneInfo(zone))) == begin


@pytest.mark.parametrize("minute", range(0, 300, 15))
@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)]
)
def test_the_hours_around_a_change_of_clocks_are_clear(night: datetime, minute: int) -> None:
    begin = night + timedelta(minutes=minute)
    assert moment_by_description(an_event(begin)) == begin


def moment_by_description(event: CalendarEvent) -> datetime:
    """The event's beginning by the VTIMEZONE that came with it, as dateutil reads it."""
    text = event_calendar(event).decode()
    [line] = [one for one in unfolded(text) if one.startswith("DTSTART") and "T" in one[8:]][-1:]
    _, _, value = line.rpartition(":")
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    lines = unfolded(text)
    block = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1]
    described = tz.tzical(_Lines("\r\n".join(block))).get(event.zone.key)
    assert described is not None
    local = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=described)
    return local.astimezone(UTC)


class _Lines:
    """A text that reads like a file."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> str:
        return self.text


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").splitlines()


def test_the_second_time_that_a_clock_shows_is_in_utc() -> None:
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 1:30 am for the second time
    _, event = read(event_calendar(an_event(second)))
    assert event["dtstart"].dt == second
    assert event["dtend"].dt == second + timedelta(minutes=30)


def test_a_zone_without_a_place_is_utc() -> None:
    content = event_calendar(an_event(zone=ZoneInfo("UTC")))
    assert b"VTIMEZONE" not in content
    assert b"DTSTART:20261124T193000Z" in content


def test_a_zone_that_never_changes_its_clocks_is_described_once() -> None:
    content = event_calendar(an_event(zone=ZoneInfo("Asia/Kathmandu")))
    assert content.count(b"BEGIN:STANDARD") == 1
    assert b"TZOFFSETTO:+0545" in content


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_names_of_any_script_survive_in_lines_of_75_octets(
    summary: str, place: str, name: str
) -> None:
    made = an_event(
        summary=summary,
        location=place,
        organizer=CalendarPerson("ruiz@school.test", name),
    )
    content = event_calendar(made)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    _, event = read(content)
    assert event["summary"] == summary
    assert event.get("location", "") == place


@pytest.mark.parametrize(
    "name", ["Ольга Петрова", "陳大文", "أحمد", "Zoë \U0001f600", "a; b, c: \"d\" \\ 'e'"]
)
def test_scripts(name: str) -> None:
    _, event = read(event_calendar(an_event(summary=name, location=name * 9)))
    assert (event["summary"], event["location"]) == (name, name * 9)


def test_line_breaks_begin_no_line_of_their_own() -> None:
    evil = "Room\r\nATTENDEE:mailto:evil@x.test\nEND:VEVENT"
    content = event_calendar(
        an_event(summary=evil, location=evil, organizer=CalendarPerson("r@s.test", evil))
    )
    assert not any(line.startswith((b"ATTENDEE", b"END:VEVENT\n")) for line in content.split(b"\n"))
    assert content.count(b"\nEND:VEVENT") == 1


def test_control_characters_are_left_out() -> None:
    odd = "Ms\x01 Ru\x0biz\x7f"
    organizer = CalendarPerson("ruiz@school.test", odd)
    content = event_calendar(an_event(summary=odd, location=odd, organizer=organizer))
    assert not any(byte < 32 and byte not in b"\t\r\n" for byte in content)
    _, event = read(content)
    assert (event["summary"], event["location"]) == ("Ms Ruiz", "Ms Ruiz")
    assert event["organizer"].params["cn"] == "Ms Ruiz"
