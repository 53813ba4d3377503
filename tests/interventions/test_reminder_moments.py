"""When a meeting is reminded of: by the clock on the wall, and when nobody is disturbed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.reminders import (
    DEFAULT_LEADS,
    leads_in,
    outcome_moment,
    reminder_moments,
)
from school.days import DateRange
from school.hours import NO_QUIET, DaysOff, OwnTimes, QuietHours, local_moment

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
SYDNEY = ZoneInfo("Australia/Sydney")


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = NEW_YORK) -> datetime:
    return local_moment(day, time(hour, minute), zone)


def local(moments: list[datetime], zone: ZoneInfo = NEW_YORK) -> list[str]:
    return [f"{moment.astimezone(zone):%a %d %b %H:%M}" for moment in moments]


def reminded(
    starts_at: datetime,
    *leads: int,
    zone: ZoneInfo = NEW_YORK,
    times: OwnTimes | None = None,
) -> list[str]:
    found = reminder_moments(starts_at, leads or DEFAULT_LEADS, zone, times)
    return local([one.due_at for one in found], zone)


def test_a_day_and_a_quarter_of_an_hour_before() -> None:
    times = OwnTimes(NEW_YORK)
    starts = at(date(2026, 11, 24), 14, 30)
    assert reminded(starts, times=times) == ["Mon 23 Nov 14:30", "Tue 24 Nov 14:15"]


def test_each_is_of_use_until_the_next_and_the_last_until_the_meeting_begins() -> None:
    starts = at(date(2026, 11, 24), 14, 30)
    day, quarter = reminder_moments(starts, DEFAULT_LEADS, NEW_YORK)
    assert day.expires_at == quarter.due_at
    assert quarter.expires_at == starts


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (NEW_YORK, date(2027, 3, 15)),
        (NEW_YORK, date(2026, 11, 2)),
        (LONDON, date(2027, 3, 29)),
        (SYDNEY, date(2026, 10, 5)),
        (KATHMANDU, date(2026, 10, 5)),
    ],
)
def test_a_day_before_is_the_same_time_of_day_over_a_change_of_clocks(
    zone: ZoneInfo, day: date
) -> None:
    starts = at(day, 9, zone=zone)
    found = reminder_moments(starts, (1440, 2880), zone)
    assert {one.due_at.astimezone(zone).time() for one in found} == {time(9)}
    assert [one.due_at.astimezone(zone).date() for one in found] == [
        day - timedelta(days=2),
        day - timedelta(days=1),
    ]


def test_a_time_that_the_day_before_lacks_is_the_first_after_the_gap() -> None:
    starts = at(date(2027, 3, 15), 2, 30)
    assert reminded(starts, 1440) == ["Sun 14 Mar 03:00"]


def test_of_a_time_that_comes_twice_the_day_before_the_first_is_meant() -> None:
    found = reminder_moments(at(date(2026, 11, 2), 1, 30), (1440,), NEW_YORK)
    assert [f"{one.due_at:%d %H:%M}" for one in found] == ["01 05:30"]


def test_a_meeting_on_monday_is_reminded_of_on_friday() -> None:
    starts = at(date(2026, 11, 23), 14, 30)
    times = OwnTimes(NEW_YORK)
    assert reminded(starts, times=times) == ["Fri 20 Nov 14:30", "Mon 23 Nov 14:15"]


def test_holidays_are_passed_over() -> None:
    thanksgiving = DaysOff(frozenset({date(2026, 11, 26), date(2026, 11, 27)}))
    times = OwnTimes(NEW_YORK, off=thanksgiving)
    starts = at(date(2026, 11, 30), 9)
    assert reminded(starts, 1440, times=times) == ["Wed 25 Nov 09:00"]


def test_days_of_a_pause_are_passed_over() -> None:
    away = DaysOff(pauses=(DateRange(date(2026, 11, 18), date(2026, 11, 23)),))
    times = OwnTimes(NEW_YORK, off=away)
    starts = at(date(2026, 11, 24), 9)
    assert reminded(starts, 1440, times=times) == ["Tue 17 Nov 09:00"]


def test_a_reminder_in_quiet_hours_comes_when_they_begin() -> None:
    starts = at(date(2026, 11, 25), 6, 30)
    assert reminded(starts, 1440, times=OwnTimes(NEW_YORK)) == ["Mon 23 Nov 20:00"]
    early = at(date(2026, 11, 25), 9)
    assert reminded(early, 180, times=OwnTimes(NEW_YORK)) == ["Tue 24 Nov 20:00"]


def test_ones_own_quiet_hours_hold() -> None:
    times = OwnTimes(NEW_YORK, QuietHours(time(15), time(16)))
    starts = at(date(2026, 11, 25), 15, 30)
    assert reminded(starts, 1440, times=times) == ["Tue 24 Nov 15:00"]


def test_what_comes_shortly_before_comes_whatever_the_hour() -> None:
    saturday = at(date(2026, 11, 28), 21)
    times = OwnTimes(NEW_YORK)
    assert reminded(saturday, 179, 15, times=times) == ["Sat 28 Nov 18:01", "Sat 28 Nov 20:45"]


def test_attendees_are_reminded_on_any_day_and_at_any_hour() -> None:
    monday = at(date(2026, 11, 23), 6)
    assert reminded(monday) == ["Sun 22 Nov 06:00", "Mon 23 Nov 05:45"]


def test_two_that_fall_on_one_moment_are_one() -> None:
    monday = at(date(2026, 11, 23), 14, 30)
    times = OwnTimes(NEW_YORK)
    found = reminder_moments(monday, (1440, 2880, 15), NEW_YORK, times)
    assert local([one.due_at for one in found]) == ["Fri 20 Nov 14:30", "Mon 23 Nov 14:15"]
    assert [one.lead for one in found] == [1440, 15]


def test_without_leads_nothing_reminds() -> None:
    assert reminder_moments(at(date(2026, 11, 23), 9), (), NEW_YORK) == ()


def test_where_there_is_no_school_for_a_year_what_is_long_before_is_left_out() -> None:
    away = DaysOff(pauses=(DateRange(date(2024, 1, 1), date(2027, 1, 1)),))
    starts = at(date(2026, 11, 24), 9)
    assert reminded(starts, times=OwnTimes(NEW_YORK, off=away)) == ["Tue 24 Nov 08:45"]


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
    leads=st.sets(st.integers(1, 10 * 1440), max_size=5),
    zone=st.sampled_from([NEW_YORK, LONDON, KATHMANDU, SYDNEY]),
    quiet=st.sampled_from([QuietHours(time(20), time(7)), QuietHours(time(9), time(17)), NO_QUIET]),
)
def test_reminders_come_in_order_before_the_meeting_and_disturb_nobody(
    day: date, minute: int, leads: set[int], zone: ZoneInfo, quiet: QuietHours
) -> None:
    starts = local_moment(day, time(minute // 60, minute % 60), zone)
    times = OwnTimes(zone, quiet)
    found = reminder_moments(starts, leads, zone, times)
    dues = [one.due_at for one in found]
    assert dues == sorted(set(dues))
    assert [one.expires_at for one in found] == [*dues[1:], starts][: len(dues)]
    assert all(one.due_at < starts for one in found)
    assert all(times.allow(one.due_at) for one in found if one.lead >= 180)
    plain = {one.lead: one.due_at for one in reminder_moments(starts, leads, zone)}
    assert all(one.due_at <= plain[one.lead] for one in found if one.lead in plain)


def test_the_question_comes_ten_minutes_after_the_end() -> None:
    ends = at(date(2026, 11, 24), 15)
    asked = outcome_moment(ends, OwnTimes(NEW_YORK))
    assert asked == ends + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        (at(date(2026, 11, 24), 19, 55), "Wed 25 Nov 07:00"),
        (at(date(2026, 11, 27), 20, 30), "Mon 30 Nov 07:00"),
        (at(date(2026, 11, 28), 11), "Mon 30 Nov 07:00"),
    ],
)
def test_the_question_waits_for_the_next_school_morning(ends: datetime, asked: str) -> None:
    moment = outcome_moment(ends, OwnTimes(NEW_YORK))
    assert moment is not None
    assert local([moment]) == [asked]


def test_leads_are_read_from_a_preference() -> None:
    assert leads_in(None) == DEFAULT_LEADS
    assert leads_in({}) == DEFAULT_LEADS
    assert leads_in({"minutes": []}) == ()
    assert leads_in({"minutes": [60, "x", 0, -5, 10**9, 5]}) == (60, 5)
