"""Ten school days after, ten before, ten before those; the day itself in none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.calendar import SchoolCalendar
from analytics.effects.windows import school_day_after, windows
from school.days import DateRange
from tests.analytics.effects.scenes import CALENDAR

ANY_DAY = st.dates(date(2023, 11, 1), date(2024, 6, 1))


def test_a_wednesday_without_holidays() -> None:
    found = windows(date(2024, 5, 15), SchoolCalendar())
    assert found.after == DateRange(date(2024, 5, 16), date(2024, 5, 29))
    assert found.before == DateRange(date(2024, 5, 1), date(2024, 5, 14))
    assert found.earlier == DateRange(date(2024, 4, 17), date(2024, 4, 30))


def test_holidays_make_windows_longer() -> None:
    # Presidents' Day lies in the window after, the weekend before it too.
    found = windows(date(2024, 2, 14), CALENDAR)
    assert found.after == DateRange(date(2024, 2, 15), date(2024, 2, 29))
    assert windows(date(2024, 2, 20), CALENDAR).before.start == date(2024, 2, 5)


@given(ANY_DAY)
def test_every_window_has_ten_school_days_and_none_has_the_day(day: date) -> None:
    found = windows(day, CALENDAR)
    for part in (found.earlier, found.before, found.after):
        assert CALENDAR.count(part.start, part.end) == 10
        assert day not in part
    assert found.earlier.end + timedelta(days=1) == found.before.start
    assert found.past == DateRange(found.earlier.start, day - timedelta(days=1))
    assert found.span == DateRange(found.earlier.start, found.after.end)
    assert found.before.start in CALENDAR
    assert found.after.end in CALENDAR


@given(ANY_DAY, st.integers(1, 60))
def test_the_school_day_of_a_number_is_found(day: date, number: int) -> None:
    found = school_day_after(day, number, CALENDAR)
    assert found in CALENDAR
    assert CALENDAR.count(day + timedelta(days=1), found) == number


@pytest.mark.parametrize(("number", "expected"), [(1, 30), (2, 31), (3, 3)])
def test_the_next_school_days_after_a_holiday_at_the_end_of_a_week(
    number: int, expected: int
) -> None:
    calendar = SchoolCalendar.of([date(2024, 5, 27), date(2024, 5, 28), date(2024, 5, 29)])
    assert school_day_after(date(2024, 5, 24), number, calendar).day == expected
