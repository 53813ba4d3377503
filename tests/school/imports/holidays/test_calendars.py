"""What events of a calendar mean as whole days of the school."""

import pytest

from tests.school.imports.holidays.conftest import Holidays

EVENTS = {
    "one day": ("DTSTART;VALUE=DATE:20261126", ["2026-11-26"]),
    "the last day is left out": (
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
        ["2026-12-24", "2026-12-25", "2026-12-26"],
    ),
    "an end that is the start": (
        "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261126",
        ["2026-11-26"],
    ),
    "by duration": ("DTSTART;VALUE=DATE:20261126\nDURATION:P2D", ["2026-11-26", "2026-11-27"]),
    "from midnight to midnight": (
        "DTSTART:20261126T000000\nDTEND:20261127T000000",
        ["2026-11-26"],
    ),
    "to a minute before midnight": (
        "DTSTART;TZID=America/New_York:20261126T000000\n"
        "DTEND;TZID=America/New_York:20261127T235900",
        ["2026-11-26", "2026-11-27"],
    ),
    "of which only one day is whole": (
        "DTSTART:20261125T140000\nDURATION:PT40H",
        ["2026-11-26"],
    ),
    "midnight to midnight in universal time": (
        "DTSTART:20261126T050000Z\nDTEND:20261127T050000Z",
        ["2026-11-26"],
    ),
    "over the change of the clocks": (
        "DTSTART;TZID=America/New_York:20261101T000000\nDURATION:P1D",
        ["2026-11-01"],
    ),
    "every year on a date, until": (
        "DTSTART;VALUE=DATE:20250704\nRRULE:FREQ=YEARLY;UNTIL=20270704",
        ["2025-07-04", "2026-07-04", "2027-07-04"],
    ),
    "every year on a date, so often": (
        "DTSTART;VALUE=DATE:20250704\nRRULE:FREQ=YEARLY;COUNT=2",
        ["2025-07-04", "2026-07-04"],
    ),
    "a fourth Thursday, one left out": (
        "DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3\n"
        "EXDATE;VALUE=DATE:20271125",
        ["2026-11-26", "2028-11-23"],
    ),
    "on further days": (
        "DTSTART;VALUE=DATE:20261126\nRDATE;VALUE=DATE:20261203,20261210",
        ["2026-11-26", "2026-12-03", "2026-12-10"],
    ),
    "several days every year": (
        "DTSTART;VALUE=DATE:20251224\nDTEND;VALUE=DATE:20251226\nRRULE:FREQ=YEARLY;COUNT=2",
        ["2025-12-24", "2025-12-25", "2026-12-24", "2026-12-25"],
    ),
    "by a clock, its end in universal time, a day left out": (
        "DTSTART;TZID=America/New_York:20260102T000000\nDURATION:P1D\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20260124T045959Z\nEXDATE;VALUE=DATE:20260109",
        ["2026-01-02", "2026-01-16", "2026-01-23"],
    ),
}


@pytest.mark.parametrize("case", EVENTS)
def test_the_days_of_an_event(lite: Holidays, case: str) -> None:
    lines, days = EVENTS[case]
    outcome = lite.take_events(f"UID:1\n{lines}\nSUMMARY:Free")
    assert outcome.problems == ()
    assert lite.days() == [f"{day} Free" for day in days]


def test_what_comes_back_for_ever_is_followed_ten_years_back_and_five_on(lite: Holidays) -> None:
    lite.take_events("UID:1\nDTSTART;VALUE=DATE:19900101\nRRULE:FREQ=YEARLY\nSUMMARY:New Year")
    years = [day[:4] for day in lite.days()]
    assert years == ["1990", *(str(year) for year in range(2016, 2032))]


def test_an_occurrence_that_moved_stands_on_its_own_day(lite: Holidays) -> None:
    lite.take_events(
        "UID:1\nDTSTART;VALUE=DATE:20250704\nRRULE:FREQ=YEARLY;COUNT=3\nSUMMARY:Fourth",
        "UID:1\nRECURRENCE-ID;VALUE=DATE:20260704\nDTSTART;VALUE=DATE:20260703\nSUMMARY:Fourth",
        "UID:1\nRECURRENCE-ID;VALUE=DATE:20270704\nDTSTART;VALUE=DATE:20270704\nSTATUS:CANCELLED",
    )
    assert lite.days() == ["2025-07-04 Fourth", "2026-07-03 Fourth"]


def test_names_are_unfolded_and_shortened_and_a_nameless_day_is_a_holiday(lite: Holidays) -> None:
    lite.take_events(
        "UID:1\nDTSTART;VALUE=DATE:20261126\nSUMMARY:Thanks\n giving\\, at home",
        f"UID:2\nDTSTART;VALUE=DATE:20261127\nSUMMARY:{'N' * 300}",
        "UID:3\nDTSTART;VALUE=DATE:20261128",
    )
    first, second, third = lite.days()
    assert first == "2026-11-26 Thanksgiving, at home"
    assert second == f"2026-11-27 {'N' * 200}"
    assert third == "2026-11-28 Holiday"


def test_several_calendars_in_one_file_are_read(lite: Holidays) -> None:
    one = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:{}\nEND:VEVENT\nEND:VCALENDAR\n"
    assert lite.take(one.format("20261126") + one.format("20261127")).new == 2


def test_tasks_alarms_and_broken_particulars_that_do_not_matter_are_passed_over(
    lite: Holidays,
) -> None:
    outcome = lite.take_events(
        "UID:1\nDTSTAMP:garbage\nDTSTART;VALUE=DATE:20261126\nSUMMARY:Free\n"
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM"
    )
    assert (outcome.rows, outcome.problems) == (1, ())


def test_of_two_names_or_states_the_first_counts(lite: Holidays) -> None:
    lite.take_events("UID:1\nDTSTART;VALUE=DATE:20261126\nSUMMARY:One\nSUMMARY:Two")
    assert lite.days() == ["2026-11-26 One"]
    lite.take_events("UID:1\nDTSTART;VALUE=DATE:20261126\nSTATUS:CANCELLED\nSTATUS:CONFIRMED")
    assert lite.days() == []
