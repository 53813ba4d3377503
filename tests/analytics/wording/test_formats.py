"""How numbers, days and names are written."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.data import Comparison, Interval
from analytics.wording import (
    count,
    data_to,
    day_words,
    days_a_week,
    hours,
    hours_change,
    interval_words,
    joined,
    percent,
    percent_span,
    percentile_count,
    percentile_words,
    period_words,
    plural,
    points,
    range_words,
    shorten,
    signed,
    signed_days,
    skill_words,
)
from school.days import DateRange, last_days
from tests.analytics.school import day

TODAY = day("05-20")


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        (0.68, "68 %"),
        (0.675, "68 %"),
        (0.685, "69 %"),
        (0.005, "1 %"),
        (1.0, "100 %"),
        (0.0, "0 %"),
    ],
)
def test_percentages_are_whole_and_halves_go_up(fraction: float, words: str) -> None:
    assert percent(fraction) == words


def test_what_cannot_be_said_is_a_dash() -> None:
    beside = day("05-20")
    words = [percent(None), interval_words(None), count(None), signed(None), points(None, 0.5)]
    words += [
        percent_span(None, 0.5),
        points(0.5, None),
        hours(None),
        days_a_week(None),
        day_words(None, beside),
    ]
    assert set(words) == {"–"}


def test_counts_and_nouns() -> None:
    assert (count(5553), count(12.5)) == ("5,553", "13")
    assert (plural(1, "question"), plural(5553, "question")) == ("1 question", "5,553 questions")
    assert interval_words(Interval(0.641, 0.72)) == "64 to 72 %"
    assert days_a_week(3.14) == "3.1 of 5 days a week"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(3.3, 3.1, "+0.2 days"), (3.0, 4.0, "−1.0 days"), (3.12, 3.08, "±0 days")],
)
def test_changes_in_days_a_week_are_in_days(now: float, before: float, words: str) -> None:
    assert signed_days(now, before) == words


def test_a_change_from_or_to_nothing_is_not_said() -> None:
    assert signed_days(None, 3.1) is None
    assert signed_days(3.1, None) is None


@pytest.mark.parametrize(
    ("change", "words"), [(41, "+41"), (-3.2, "−3"), (0.4, "±0"), (-1500, "−1,500")]
)
def test_changes_carry_their_sign(change: float, words: str) -> None:
    assert signed(change) == words


def test_accuracy_changes_are_in_points() -> None:
    assert points(0.68, 0.65) == "+3 points"
    assert points(0.65, 0.66) == "−1 point"
    assert points(0.65, 0.65) == "±0 points"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (22200, "6 h 10 min"),
        (21600, "6 h"),
        (2700, "45 min"),
        (3599, "1 h"),
        (29, "under 1 min"),
        (30, "1 min"),
        (0, "0 min"),
    ],
)
def test_times_are_hours_and_minutes(seconds: float, words: str) -> None:
    assert hours(seconds) == words


def test_a_day_has_its_year_where_it_differs() -> None:
    assert day_words(day("05-12"), TODAY) == "12 May"
    assert day_words(day("05-12"), date(2026, 1, 1)) == "12 May 2024"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2024, 5, 20, 12, 0, tzinfo=UTC), "data to today 8:00"),
        (datetime(2024, 5, 20, 3, 59, tzinfo=UTC), "data to Sun 23:59"),
        (datetime(2024, 5, 14, 22, 5, tzinfo=UTC), "data to Tue 18:05"),
        (datetime(2024, 5, 13, 22, 0, tzinfo=UTC), "data to 13 May"),
        (datetime(2023, 5, 13, 22, 0, tzinfo=UTC), "data to 13 May 2023"),
        (None, "no data yet"),
    ],
)
def test_the_reach_of_the_data_is_said_in_local_time(moment: datetime | None, words: str) -> None:
    now = datetime(2024, 5, 20, 14, tzinfo=UTC)
    assert data_to(moment, now, ZoneInfo("America/New_York")) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (last_days(30, TODAY), "last 30 days"),
        (last_days(1, TODAY), "today"),
        (last_days(30, day("05-19")), "20 Apr – 19 May"),
        (DateRange(day("05-12"), day("05-12")), "12 May"),
        (DateRange(date(2022, 11, 1), date(2022, 12, 3)), "1 Nov – 3 Dec 2022"),
        (DateRange(date(2023, 11, 1), TODAY), "1 Nov 2023 – 20 May 2024"),
        (DateRange(day("02-01"), TODAY, "term"), "this term, 1 Feb – 20 May"),
        (DateRange(day("02-10"), day("05-15"), "all"), "all practice, 10 Feb – 15 May"),
    ],
)
def test_a_range_in_a_heading(days: DateRange, words: str) -> None:
    assert range_words(days, TODAY) == words


def test_a_range_in_a_sentence() -> None:
    kinds = [DateRange(day("05-01"), day("05-30"), kind) for kind in ("days", "term", "all")]
    assert [period_words(one) for one in kinds] == ["in these 30 days", "this term", "so far"]
    assert period_words(last_days(1, TODAY)) == "on this day"


def test_a_percentile_is_worded_as_a_quarter() -> None:
    assert percentile_words(Comparison(0.6, 72.4, 25, "upper middle", False)) == (
        "percentile 72, upper middle"
    )
    assert percentile_words(Comparison(0.6, 10.0, 25, "bottom quarter", True)) == (
        "percentile 10, roughly bottom quarter"
    )
    assert percentile_words(Comparison(0.6, None, 4, None, True)) == ""


def test_a_percentile_is_never_rounded_into_the_quarter_above() -> None:
    assert percentile_words(Comparison(0.6, 74.6, 59, "upper middle", False)) == (
        "percentile 74, upper middle"
    )
    found = [percentile_count(value) for value in (49.6, 50.0, 75.4, 24.5, 98.3)]
    assert found == ["49", "50", "75", "24", "98"]


def test_a_change_of_time_under_half_a_minute_is_none() -> None:
    found = [hours_change(seconds) for seconds in (0, 29, -29, 31, -7260)]
    assert found == ["±0 min", "±0 min", "±0 min", "+1 min", "−2 h 1 min"]


@given(st.text(max_size=200), st.integers(2, 80))
def test_shortened_text_fits_and_says_that_it_is_shortened(text: str, limit: int) -> None:
    found = shorten(text, limit)
    assert len(found) <= limit
    assert found == text or found.endswith("…")


def test_text_is_cut_between_words() -> None:
    assert shorten("Explain the dynamic nature of equilibrium", 20) == "Explain the dynamic…"
    assert shorten("Antidisestablishmentarianism", 10) == "Antidises…"


def test_a_skill_that_is_a_sentence_stands_in_quotes() -> None:
    assert skill_words("Fractions") == "Fractions"
    assert skill_words("Explain what equilibrium is.") == "“Explain what equilibrium is”"
    long = skill_words("Apply the relationship between K and the reaction quotient to predict")
    assert long == "“Apply the relationship between K and the…”"


def test_names_are_joined_as_a_sentence_does() -> None:
    assert [joined(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
