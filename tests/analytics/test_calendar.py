"""School days, engagement and missed days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analytics.calendar import (
    SchoolCalendar,
    engagement,
    judged_days,
    missed,
    past_day,
    school_calendar,
)
from school.days import DateRange, is_school_day
from tests.analytics.school import SmallSchool, day
from tests.school.days import school_days

NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(2023, 12, 1), date(2024, 6, 30))


@given(DAYS, st.integers(-3, 150), st.sets(DAYS, max_size=20))
def test_school_days_are_those_counted_one_by_one(
    start: date, length: int, holidays: set[date]
) -> None:
    end = start + timedelta(days=length)
    calendar = SchoolCalendar.of(holidays)
    assert calendar.count(start, end) == school_days(start, end, holidays)
    assert (start in calendar) == is_school_day(start, holidays)


def test_holidays_come_from_the_workspace(school: SmallSchool, session: Session) -> None:
    other = SmallSchool(session, zone="Europe/Berlin")
    school.holiday("05-27")
    other.holiday("05-20")
    calendar = school_calendar(session, school.workspace.id)
    assert calendar.count(day("05-20"), day("05-31")) == 9


WEEK = DateRange(day("05-13"), day("05-19"))


def test_days_after_the_newest_data_are_not_judged() -> None:
    through = datetime(2024, 5, 15, 18, tzinfo=UTC)
    now = datetime(2024, 5, 19, 12, tzinfo=UTC)
    found = judged_days(WEEK, through, now=now, zone=NEW_YORK)
    assert found == DateRange(day("05-13"), day("05-15"))


def test_the_day_that_still_runs_is_not_judged() -> None:
    now = datetime(2024, 5, 16, 3, 59, tzinfo=UTC)  # 23:59 on the 15th in New York
    found = judged_days(WEEK, now, now=now, zone=NEW_YORK)
    assert found == DateRange(day("05-13"), day("05-14"))
    a_minute_later = now + timedelta(minutes=1)
    found = judged_days(WEEK, now, now=a_minute_later, zone=NEW_YORK)
    assert found == DateRange(day("05-13"), day("05-15"))


@pytest.mark.parametrize("through", [None, datetime(2024, 5, 12, 18, tzinfo=UTC)])
def test_without_data_in_the_range_no_day_is_judged(through: datetime | None) -> None:
    now = datetime(2024, 5, 19, 12, tzinfo=UTC)
    assert judged_days(WEEK, through, now=now, zone=NEW_YORK) is None


def test_engagement_counts_school_days_while_enrolled() -> None:
    calendar = SchoolCalendar.of([day("05-17")])
    active = [day("05-10"), day("05-13"), day("05-15"), day("05-17"), day("05-18")]
    assert engagement(active, WEEK, calendar) == 2 / 4
    assert engagement(active, None, calendar) is None
    assert engagement(active, DateRange(day("05-17"), day("05-19")), calendar) is None


def test_missed_days_start_after_the_last_practice_or_with_the_enrolment() -> None:
    calendar = SchoolCalendar.of([day("05-15")])
    assert missed(day("05-13"), WEEK, calendar) == 3
    assert missed(day("04-01"), WEEK, calendar) == 4
    assert missed(None, WEEK, calendar) == 4
    assert missed(day("05-18"), WEEK, calendar) == 0
    assert missed(None, None, calendar) == 0


def test_what_ended_before_the_weekend_is_not_yet_past() -> None:
    friday = DateRange(day("05-13"), day("05-17"))
    monday = datetime(2024, 5, 20, 12, tzinfo=UTC)
    assert past_day(friday, now=monday, zone=NEW_YORK) is None
    assert past_day(friday, now=monday + timedelta(days=1), zone=NEW_YORK) == day("05-17")
    assert past_day(None, now=monday, zone=NEW_YORK) is None


@given(
    st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    st.integers(1, 45),
    st.lists(st.dates(date(2022, 9, 1), date(2025, 12, 31)), max_size=40),
)
def test_the_first_of_the_last_school_days_is_found_day_by_day(
    day: date, number: int, holidays: list[date]
) -> None:
    calendar, left, walked = SchoolCalendar.of(holidays), number, day + timedelta(days=1)
    while left:
        walked -= timedelta(days=1)
        left -= walked in calendar
    assert calendar.back(day, number) == walked
