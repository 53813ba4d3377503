"""Local times through changes of clocks, quiet hours, and moves to where they allow."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.days import DateRange
from school.hours import (
    DEFAULT_QUIET,
    NO_QUIET,
    DaysOff,
    OwnTimes,
    QuietHours,
    day_exists,
    earlier_allowed,
    known_zone,
    later_allowed,
    local_moment,
    quiet_hours,
    same_time_before,
    time_of_day,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = ("America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Gaza")
THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 11, day) for day in (19, 20, 21, 23))
TIMES = OwnTimes(NEW_YORK)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("America/New_York", date(2026, 1, 5), time(7, 30), "2026-01-05 12:30"),
        ("America/New_York", date(2026, 7, 6), time(7, 30), "2026-07-06 11:30"),
        # There is no 02:30 on 8 March: 03:00 is the first minute after the gap.
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), time(2, 0), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), time(3, 0), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 3, 8), time(1, 59), "2026-03-08 06:59"),
        # 01:30 comes twice on 1 November: at 05:30 and at 06:30 UTC.
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 05:30"),
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29 01:00"),
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25 00:30"),
        ("Asia/Kathmandu", date(2026, 6, 1), time(7, 30), "2026-06-01 01:45"),
        ("Australia/Sydney", date(2026, 10, 4), time(2, 30), "2026-10-03 16:00"),
        # Half an hour is set forward on Lord Howe Island, at two.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:30"),
        # Midnight itself is missing.
        ("America/Santiago", date(2026, 9, 6), time(0, 0), "2026-09-06 04:00"),
    ],
)
def test_a_local_time_is_a_moment_in_gaps_and_folds_too(
    zone: str, day: date, at: time, utc: str
) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert local_moment(day, at, ZoneInfo(zone)) == expected


@given(
    st.dates(date(2000, 1, 1), date(2035, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_no_minute_before_it_says_that_time_or_a_later_one(day: date, at: time, name: str) -> None:
    zone = ZoneInfo(name)
    moment = local_moment(day, at, zone)
    said = moment.astimezone(zone).replace(tzinfo=None)
    asked = datetime.combine(day, at)
    assert asked <= said <= asked + timedelta(hours=1)
    before = (moment - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
    assert before < asked


def test_a_day_that_was_left_out_does_not_exist() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert not day_exists(date(2011, 12, 30), apia)
    assert day_exists(date(2011, 12, 31), apia)
    assert day_exists(date(2026, 3, 8), NEW_YORK)


def test_quiet_hours_go_over_midnight_and_leave_out_their_ends() -> None:
    quiet = QuietHours(time(20), time(7))
    assert time(20, 1) in quiet
    assert time(3) in quiet
    assert [at for at in (time(20), time(7), time(12)) if at in quiet] == []
    noon = QuietHours(time(12), time(13))
    assert time(12, 30) in noon
    assert [at for at in (time(11), time(12), time(13), time(23)) if at in noon] == []
    assert [hour for hour in range(24) if time(hour) in NO_QUIET] == []


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ({"from": "21:30", "to": "06:00"}, QuietHours(time(21, 30), time(6))),
        ({"from": "08:00", "to": "08:00"}, QuietHours(time(8), time(8))),
        (None, DEFAULT_QUIET),
        ({}, DEFAULT_QUIET),
        ({"from": "late", "to": "07:00"}, DEFAULT_QUIET),
        ({"from": "25:00", "to": None}, DEFAULT_QUIET),
    ],
)
def test_quiet_hours_are_read_from_a_preference(
    value: dict[str, str | None] | None, meant: QuietHours
) -> None:
    assert quiet_hours(value) == meant


def test_a_time_of_day_is_read_to_the_minute() -> None:
    assert time_of_day("07:30:59") == time(7, 30)
    assert time_of_day("7 o'clock") is None
    assert time_of_day(None) is None


def test_the_first_name_that_is_a_zone_counts() -> None:
    assert known_zone(None, "Mars/Olympus", "Europe/London").key == "Europe/London"
    assert known_zone(None).key == "UTC"


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return local_moment(day, time(hour, minute), NEW_YORK)


@pytest.mark.parametrize(
    ("moment", "earlier", "later"),
    [
        # Good as it is.
        (local(THURSDAY, 15), local(THURSDAY, 15), local(THURSDAY, 15)),
        (local(THURSDAY, 20), local(THURSDAY, 20), local(THURSDAY, 20)),
        # In the evening: when quiet hours began, or when they end.
        (local(THURSDAY, 21), local(THURSDAY, 20), local(FRIDAY, 7)),
        # Early in the morning.
        (local(FRIDAY, 5), local(THURSDAY, 20), local(FRIDAY, 7)),
        # At the weekend: the same time on Friday, or Monday morning.
        (local(SATURDAY, 15), local(FRIDAY, 15), local(MONDAY, 7)),
        (local(SATURDAY, 21), local(FRIDAY, 20), local(MONDAY, 7)),
        (local(MONDAY, 6), local(FRIDAY, 20), local(MONDAY, 7)),
        (local(FRIDAY, 22), local(FRIDAY, 20), local(MONDAY, 7)),
    ],
)
def test_moments_are_moved_to_where_somebody_may_be_reached(
    moment: datetime, earlier: datetime, later: datetime
) -> None:
    assert earlier_allowed(moment, TIMES) == earlier
    assert later_allowed(moment, TIMES) == later


def test_holidays_and_pauses_are_stepped_over() -> None:
    off = DaysOff({FRIDAY}, (DateRange(THURSDAY, THURSDAY), DateRange(MONDAY, MONDAY)))
    times = OwnTimes(NEW_YORK, DEFAULT_QUIET, off)
    wednesday, tuesday = THURSDAY - timedelta(days=1), MONDAY + timedelta(days=1)
    assert earlier_allowed(local(SATURDAY, 15), times) == local(wednesday, 15)
    assert later_allowed(local(THURSDAY, 15), times) == local(tuesday, 7)


def test_where_nights_are_not_quiet_a_day_off_is_moved_by_whole_days() -> None:
    by_noon = OwnTimes(NEW_YORK, QuietHours(time(12), time(13)))
    assert later_allowed(local(SATURDAY, 15), by_noon) == local(MONDAY, 15)
    assert later_allowed(local(SATURDAY, 12, 30), by_noon) == local(MONDAY, 13)
    assert earlier_allowed(local(SATURDAY, 12, 30), by_noon) == local(FRIDAY, 12)
    assert later_allowed(local(SATURDAY, 3), OwnTimes(NEW_YORK, NO_QUIET)) == local(MONDAY, 3)


def test_an_endless_pause_has_no_good_moment() -> None:
    off = DaysOff(frozenset(), (DateRange(date(2020, 1, 1), date(2040, 1, 1)),))
    times = OwnTimes(NEW_YORK, DEFAULT_QUIET, off)
    assert earlier_allowed(local(FRIDAY, 15), times) is None
    assert later_allowed(local(FRIDAY, 15), times) is None


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
    st.builds(QuietHours, st.times(), st.times()),
)
def test_a_move_ends_on_a_school_day_in_its_direction(
    moment: datetime, name: str, quiet: QuietHours
) -> None:
    times = OwnTimes(ZoneInfo(name), quiet)
    earlier, later = earlier_allowed(moment, times), later_allowed(moment, times)
    assert earlier is not None
    assert later is not None
    # Where clocks are changed in between an hour may be skipped or come twice.
    odd = timedelta(hours=1)
    assert earlier <= moment + odd
    assert later >= moment - odd
    for moved in (earlier, later):
        assert times.off.has_school(moved.astimezone(times.zone).date())


def test_a_day_before_is_the_same_time_of_day_over_a_change_of_clocks() -> None:
    sunday = date(2026, 11, 1)
    monday_noon = local_moment(sunday + timedelta(days=1), time(12), NEW_YORK)
    assert same_time_before(monday_noon, 2, NEW_YORK) == local(date(2026, 10, 31), 12)
    assert monday_noon - same_time_before(monday_noon, 2, NEW_YORK) == timedelta(hours=49)
