"""When somebody is busy, by what stands in a real calendar of theirs."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.busy import busy_in, busy_in_free_busy
from bot.calendar.client import CalendarServer
from bot.calendar.place import calendar_place
from school.periods import Period
from tests.bot.calendar.radicale import Radicale

NEW_YORK, AUCKLAND = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
WEEK = Period(datetime(2026, 11, 23, 5, tzinfo=UTC), datetime(2026, 11, 30, 5, tzinfo=UTC))
WINDOWS_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Our own zone\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def told(
    server: CalendarServer, email: str, zone: ZoneInfo = NEW_YORK, span: Period = WEEK
) -> list[str]:
    """The busy time in New York's clock: `24 10:00-11:00`."""
    return [_words(one) for one in server.busy(email, span, zone)]


def _words(one: Period) -> str:
    starts, ends = one.starts_at.astimezone(NEW_YORK), one.ends_at.astimezone(NEW_YORK)
    last = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%d %H:%M}"
    return f"{starts:%d %H:%M}-{last}"


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (("DTSTART:20261124T150000Z", "DTEND:20261124T160000Z"), ["24 10:00-11:00"]),
        (("DTSTART:20261124T150000Z", "DURATION:PT45M"), ["24 10:00-10:45"]),
        (("DTSTART:20261124T150000Z",), []),
        (
            ("DTSTART;TZID=Europe/Berlin:20261124T160000", "DURATION:PT1H"),
            ["24 10:00-11:00"],
        ),
        (("DTSTART:20261124T100000", "DTEND:20261124T110000"), ["24 10:00-11:00"]),
        (
            ("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125"),
            ["24 00:00-25 00:00"],
        ),
        (("DTSTART;VALUE=DATE:20261124",), ["24 00:00-25 00:00"]),
        (
            ("DTSTART:20261124T150000Z", "DTEND:20261124T160000Z", "TRANSP:TRANSPARENT"),
            [],
        ),
        (("DTSTART:20261124T150000Z", "DTEND:20261124T160000Z", "STATUS:CANCELLED"), []),
        (
            ("DTSTART:20261124T150000Z", "DTEND:20261124T160000Z", "STATUS:TENTATIVE"),
            ["24 10:00-11:00"],
        ),
        (
            (
                "DTSTART:20261109T150000Z",
                "DTEND:20261109T160000Z",
                "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
                "EXDATE:20261125T150000Z",
            ),
            ["23 10:00-11:00"],
        ),
        (
            ("DTSTART:20261122T150000Z", "DTEND:20261130T160000Z"),
            ["23 00:00-30 00:00"],
        ),
    ],
    ids=[
        "a time", "a duration", "no length", "another zone", "no zone", "a day",
        "a day without end", "free", "cancelled", "tentative", "recurring", "longer than the week",
    ],
)  # fmt: skip
def test_an_entry_takes_the_time_that_it_takes(
    calendars: CalendarServer,
    radicale: Radicale,
    email: str,
    lines: tuple[str, ...],
    busy: list[str],
) -> None:
    radicale.enter(email, "one", *lines, "SUMMARY:Dentist")
    assert told(calendars, email) == busy


def test_a_zone_of_its_own_is_read_where_it_is_described(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    lines = "DTSTART;TZID=Our own zone:20261124T203000", "DTEND;TZID=Our own zone:20261124T213000"
    radicale.enter(email, "one", *lines, zones=WINDOWS_ZONE)
    assert told(calendars, email) == ["24 10:00-11:00"]


def test_a_series_keeps_its_local_time_over_a_change_of_clocks(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    zone = "TZID=America/New_York"
    lines = f"DTSTART;{zone}:20261030T100000", f"DTEND;{zone}:20261030T110000", "RRULE:FREQ=WEEKLY"
    radicale.enter(email, "one", *lines)
    begin = datetime(2026, 10, 30, tzinfo=UTC)
    span = Period(begin, begin + timedelta(days=9))
    assert told(calendars, email, span=span) == ["30 10:00-11:00", "06 10:00-11:00"]


def test_days_are_those_of_the_persons_own_zone(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    radicale.enter(email, "one", "DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261126")
    assert told(calendars, email, AUCKLAND) == ["24 06:00-25 06:00"]


def test_our_own_meetings_do_not_count_and_neither_does_what_was_declined(
    calendars: CalendarServer, radicale: Radicale, email: str
) -> None:
    times = "DTSTART:20261124T150000Z", "DTEND:20261124T160000Z"
    radicale.enter(email, "meeting-77@homeroom", *times)
    declined = f"ATTENDEE;PARTSTAT=DECLINED:mailto:{email.upper()}"
    radicale.enter(email, "other", *times, "ORGANIZER:mailto:a@b.test", declined)
    assert told(calendars, email) == []


def test_where_entries_may_not_be_read_the_times_alone_count(
    radicale: Radicale, email: str
) -> None:
    radicale.enter(email, "one", "DTSTART:20261124T150000Z", "DTEND:20261124T160000Z")
    radicale.enter(email, "two", "DTSTART:20261124T180000Z", "DTEND:20261124T190000Z")
    radicale.enter(
        email, "free", "DTSTART:20261125T180000Z", "DTEND:20261125T190000Z", "TRANSP:TRANSPARENT"
    )
    server = CalendarServer(calendar_place(radicale.url_of("times")), 10)
    assert told(server, email) == ["24 10:00-11:00", "24 13:00-14:00"]
    moved = Period(
        datetime(2026, 11, 24, 18, tzinfo=UTC), datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    )
    left = server.busy(email, WEEK, NEW_YORK, but=moved)
    assert [_words(one) for one in left] == ["24 10:00-11:00", "24 13:30-14:00"]


def test_what_cannot_be_read_is_left_out() -> None:
    good = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n"
        "DTSTART:20261124T150000Z\r\nDTEND:20261124T160000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    broken = [good.replace("20261124T150000Z", "x"), "nothing", good.replace("UID:a\r\n", "")]
    found = busy_in([*broken[:2], good], WEEK, NEW_YORK)
    assert [_words(one) for one in found] == ["24 10:00-11:00"]
    assert busy_in(broken[2:], WEEK, NEW_YORK) == found


def test_free_busy_says_when_and_what_kind() -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VFREEBUSY\r\n"
        "FREEBUSY:20261124T150000Z/PT1H,20261124T170000Z/20261124T173000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20261124T190000Z/PT1H\r\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261124T200000Z/PT1H\r\n"
        "END:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    assert [_words(one) for one in busy_in_free_busy(text, WEEK)] == [
        "24 10:00-11:00",
        "24 12:00-12:30",
        "24 15:00-16:00",
    ]
    with pytest.raises(ValueError, match=r"nothing|VCALENDAR|Content"):
        busy_in_free_busy("nothing", WEEK)
