"""What is no day or no event is named by line and field; a file that is neither says why."""

import pytest

from school.errors import InvalidInput
from school.imports.outcome import Severity
from tests.school.imports.holidays.conftest import Holidays, calendar

GOOD = "UID:0\nDTSTART;VALUE=DATE:20261126\nSUMMARY:Free"
ROWS = {
    "no such day": ("2026-02-30,Free", "date"),
    "a day written otherwise": ("11/26/2026,Free", "date"),
    "no day": (",Free", "date"),
    "a day of another age": ("0026-11-26,Free", "date"),
    "no name": ("2026-11-26,", "name"),
    "an endless name": (f"2026-11-26,{'N' * 201}", "name"),
    "too many fields": ("2026-11-26,Free,more,more", "row"),
    "a status that is none": ("2026-11-26,Free,perhaps", "status"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_named_and_stops_nothing_else(lite: Holidays, case: str) -> None:
    row, field = ROWS[case]
    row += "," * (2 - row.count(","))
    outcome = lite.take(f"date,name,status\n2026-12-25,Christmas,\n{row}\n")
    (problem,) = outcome.problems
    assert (problem.file, problem.line, problem.field) == ("days.txt", 3, field)
    assert (outcome.rows, outcome.refused, len(lite.days())) == (2, 1, 1)


BAD_EVENTS = {
    "no start": ("SUMMARY:Free", "DTSTART"),
    "a start that is none": ("DTSTART:soon", "DTSTART"),
    "a rule that is none": ("DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=SOMETIMES", "RRULE"),
    "a rule that cannot be followed": (
        "DTSTART;VALUE=DATE:20261126\nRRULE:RSCALE=HEBREW;FREQ=YEARLY",
        "RRULE",
    ),
    "a rule by the hour": ("DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=HOURLY", "RRULE"),
    "a rule for every second of a day": (
        "DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=DAILY;"
        f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))};"
        f"BYSECOND={','.join(map(str, range(60)))}",
        "RRULE",
    ),
    "a rule without an interval": (
        "DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=YEARLY;INTERVAL=0",
        "RRULE",
    ),
    "a rule of no kind": ("DTSTART;VALUE=DATE:20261126\nRRULE:BYDAY=MO", "RRULE"),
    "an endless length": ("DTSTART;VALUE=DATE:20261126\nDURATION:P9999999999D", "DURATION"),
    "one occurrence that is two": (
        "DTSTART;VALUE=DATE:20261126\n"
        "RECURRENCE-ID;VALUE=DATE:20261126\nRECURRENCE-ID;VALUE=DATE:20261127",
        "DTSTART",
    ),
    "an end before the start": (
        "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261120",
        "DTEND",
    ),
    "longer than a year": ("DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20271220", "DTEND"),
    "a day of another age": ("DTSTART;VALUE=DATE:00261126", "DTSTART"),
}


@pytest.mark.parametrize("case", BAD_EVENTS)
def test_a_bad_event_is_named_by_its_line_and_stops_nothing_else(lite: Holidays, case: str) -> None:
    lines, field = BAD_EVENTS[case]
    outcome = lite.take_events(GOOD, f"UID:1\n{lines}")
    (problem,) = outcome.problems
    assert (problem.line, problem.field, problem.severity) == (9, field, Severity.ERROR)
    assert (outcome.rows, outcome.refused, lite.days()) == (2, 1, ["2026-11-26 Free"])


def test_an_event_of_some_hours_is_no_day_without_school(lite: Holidays) -> None:
    outcome = lite.take_events("UID:1\nDTSTART:20261126T080000\nDTEND:20261126T120000")
    (problem,) = outcome.problems
    assert (problem.line, problem.severity) == (4, Severity.WARNING)
    assert lite.days() == []


FILES = {
    "another file": ("a,b\n1,2\n", "no header with the columns date, name"),
    "semicolons": ("date;name\n2026-11-26;Free\n", "separated by semicolons"),
    "a calendar that breaks off": (calendar(GOOD).replace("END:VCALENDAR", ""), "breaks off"),
    "a calendar with a line that is none": (
        calendar(GOOD).replace("VERSION:2.0", "nonsense"),
        "no iCalendar file",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_neither_says_why(lite: Holidays, case: str) -> None:
    content, words = FILES[case]
    with pytest.raises(InvalidInput) as refused:
        lite.take(content)
    assert refused.value.field == "file"
    assert words in str(refused.value)
    assert lite.days() == []
