"""Periods of a series, and how far it is shown."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.queries.practice import PracticeDay
from analytics.series import (
    class_period_for,
    period_for,
    period_start,
    period_starts,
    shown_days,
    totals_by_period,
)
from school.days import DateRange
from tests.analytics.school import day

RANGES = st.builds(
    lambda start, length: DateRange(start, start + timedelta(days=length)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
)


@pytest.mark.parametrize(
    ("days", "own", "of_class"),
    [(14, "day", "week"), (15, "week", "week"), (182, "week", "week"), (183, "month", "month")],
)
def test_longer_ranges_have_longer_periods(days: int, own: str, of_class: str) -> None:
    shown = DateRange(day("01-01"), day("01-01") + timedelta(days=days - 1))
    assert period_for(shown) == own
    assert class_period_for(shown) == of_class


@given(RANGES, st.sampled_from(["day", "week", "month"]))
def test_each_day_belongs_to_exactly_one_listed_period(days: DateRange, period: str) -> None:
    starts = list(period_starts(days, period))
    assert starts == sorted(
        {period_start(days.start + timedelta(days=n), period) for n in range(days.days)}
    )


def test_a_week_starts_on_monday_also_where_the_range_does_not() -> None:
    assert list(period_starts(DateRange(day("05-15"), day("05-20")), "week")) == [
        day("05-13"),
        day("05-20"),
    ]


def test_totals_hold_the_days_within_the_range_alone() -> None:
    practice = [PracticeDay(day(text), 4, 3, 30.0, 0.0) for text in ("05-14", "05-15", "05-19")]
    found = totals_by_period(practice, DateRange(day("05-15"), day("05-26")), "week")
    assert {start: one.questions for start, one in found.items()} == {day("05-13"): 8}


NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("days", "through", "last", "expected"),
    [
        (("05-01", "05-15"), NOW, None, ("05-01", "05-15")),
        (("05-01", "06-15"), NOW, None, ("05-01", "05-20")),
        (("05-01", "06-15"), NOW, 10, ("05-11", "05-20")),
        (("05-01", "05-19"), NOW - timedelta(days=9), 10, ("05-10", "05-11")),
        (("05-01", "05-19"), NOW - timedelta(days=20), None, None),
        (("05-21", "06-19"), NOW, None, None),
        (("05-01", "05-19"), None, None, None),
    ],
)
def test_a_series_ends_with_what_is_known(
    days: tuple[str, str],
    through: datetime | None,
    last: int | None,
    expected: tuple[str, str] | None,
) -> None:
    asked = DateRange(day(days[0]), day(days[1]))
    found = shown_days(asked, through, now=NOW, zone=ZONE, last=last)
    assert found == (expected and DateRange(day(expected[0]), day(expected[1])))
