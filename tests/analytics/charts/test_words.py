from datetime import date

from analytics.charts.words import period_name, span
from school.days import DateRange


def test_a_range_names_its_year_once() -> None:
    assert span(DateRange(date(2026, 9, 22), date(2026, 11, 20))) == "22 Sep – 20 Nov 2026"


def test_a_range_over_new_year_names_both_years() -> None:
    assert span(DateRange(date(2025, 12, 22), date(2026, 1, 9))) == "22 Dec 2025 – 9 Jan 2026"


def test_a_range_of_one_day_is_that_day() -> None:
    assert span(DateRange(date(2026, 9, 22), date(2026, 9, 22))) == "22 Sep 2026"


def test_january_carries_its_year() -> None:
    assert period_name(date(2026, 1, 1), "month") == "Jan 2026"
    assert period_name(date(2026, 2, 1), "month") == "Feb"
