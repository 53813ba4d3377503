"""Ranges as people type them, and local days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.days import (
    DateRange,
    day_start,
    is_school_day,
    last_days,
    local_day,
    looks_like_range,
    parse_range,
    week_start,
)
from school.errors import InvalidInput

TODAY = date(2026, 3, 10)
NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_seven_days_are_today_and_the_six_before() -> None:
    assert parse_range("7d", TODAY) == DateRange(date(2026, 3, 4), TODAY, "days")


@pytest.mark.parametrize("word", ["30d", "30D", " 30d "])
def test_case_and_spaces_do_not_matter(word: str) -> None:
    assert parse_range(word, TODAY).days == 30


def test_a_span_holds_both_its_days() -> None:
    span = parse_range("2024-02-16..2024-05-12", TODAY)
    assert date(2024, 2, 16) in span
    assert date(2024, 5, 12) in span
    assert date(2024, 5, 13) not in span
    assert span.kind == "custom"


def test_term_is_the_session_that_is_known_or_120_days() -> None:
    term = DateRange(date(2026, 1, 12), date(2026, 3, 10), "term")
    assert parse_range("term", TODAY, term=term) == term
    assert parse_range("Term", TODAY) == DateRange(TODAY - timedelta(days=119), TODAY, "term")


def test_all_is_compared_with_nothing() -> None:
    everything = DateRange(date(2025, 9, 1), TODAY, "all")
    assert parse_range("all", TODAY, everything=everything) == everything
    assert everything.previous() is None


@pytest.mark.parametrize(
    "word",
    [
        "0d",
        "tomorrow",
        "2024-02-30..2024-03-01",
        "2024-05-12..2024-02-16",
        "d",
        "..",
        "٣d..",
        "0001-01-01..9999-12-31",
    ],
)
def test_what_is_no_range_is_refused_in_its_field(word: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_range(word, TODAY)
    assert refused.value.field == "range"


@pytest.mark.parametrize(
    ("word", "is_range"),
    [("7d", True), ("all", True), ("TERM", True), ("2024-01-01..x", True), ("Maya", False)],
)
def test_a_last_word_is_taken_for_a_range_only_when_it_looks_like_one(
    word: str, is_range: bool
) -> None:
    assert looks_like_range(word) is is_range


@given(DAYS, st.integers(1, 400))
def test_the_previous_range_is_as_long_and_ends_the_day_before(end: date, days: int) -> None:
    found = last_days(days, end)
    before = found.previous()
    assert before is not None
    assert (before.days, before.end) == (days, found.start - timedelta(days=1))


@given(DAYS, st.integers(1, 400), st.integers(1, 60))
def test_the_last_days_of_a_range_stay_within_it(end: date, days: int, last: int) -> None:
    found = last_days(days, end).last(last)
    assert (found.end, found.days) == (end, min(days, last))


@given(st.one_of(DAYS.map(lambda day: DateRange(day, day)), st.just(last_days(9, TODAY))))
def test_the_code_of_a_range_leads_back_to_it(found: DateRange) -> None:
    again = parse_range(found.code(), found.end)
    assert (again.start, again.end) == (found.start, found.end)


def test_a_local_day_is_that_of_the_school() -> None:
    late = datetime(2026, 3, 10, 3, 30, tzinfo=UTC)
    assert local_day(late, NEW_YORK) == date(2026, 3, 9)
    assert local_day(late, ZoneInfo("Asia/Kathmandu")) == date(2026, 3, 10)


def test_days_of_the_clock_change_have_23_and_25_hours() -> None:
    for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (TODAY, 24)):
        length = day_start(day + timedelta(days=1), NEW_YORK) - day_start(day, NEW_YORK)
        assert length == timedelta(hours=hours)


def test_weekends_and_holidays_are_no_school_days() -> None:
    monday = date(2026, 3, 9)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert [is_school_day(day, set()) for day in week] == [True] * 5 + [False] * 2
    holidays = {date(2026, 3, 11), date(2026, 3, 14)}
    assert [day for day in week[:5] if not is_school_day(day, holidays)] == [date(2026, 3, 11)]


@given(DAYS)
def test_a_week_starts_on_the_monday_at_or_before(day: date) -> None:
    monday = week_start(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
