"""When daily jobs must come, by hand: the zones' rules written out, every quarter hour tried."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

QUARTER = timedelta(minutes=15)
USE = timedelta(hours=4)


@cache
def sunday(year: int, month: int, number: int) -> date:
    """The so-manieth Sunday of a month; -1 is the last."""
    days = (date(year, month, 1) + timedelta(days=k) for k in range(31))
    return [day for day in days if day.month == month and day.weekday() == 6][number]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day, UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def new_york(moment: datetime) -> timedelta:
    """Five hours behind; four from two o'clock of March's second Sunday to November's first."""
    year = moment.year
    summer = at(sunday(year, 3, 1), 7) <= moment < at(sunday(year, 11, 0), 6)
    return timedelta(hours=-4 if summer else -5)


def london(moment: datetime) -> timedelta:
    """An hour ahead from the last Sunday of March to that of October, both at one, UTC."""
    year = moment.year
    summer = at(sunday(year, 3, -1), 1) <= moment < at(sunday(year, 10, -1), 1)
    return timedelta(hours=1 if summer else 0)


def kathmandu(_moment: datetime) -> timedelta:
    """Five hours and three quarters ahead, all year."""
    return timedelta(hours=5, minutes=45)


def sydney(moment: datetime) -> timedelta:
    """Ten hours ahead; eleven but from April's first Sunday to October's, at 16 UTC the day before.

    They are set forward at two by standard time, and back at three by summer time.
    """
    year, before = moment.year, timedelta(days=1)
    winter = at(sunday(year, 4, 0) - before, 16) <= moment < at(sunday(year, 10, 0) - before, 16)
    return timedelta(hours=10 if winter else 11)


OFFSETS: dict[str, Callable[[datetime], timedelta]] = {
    "America/New_York": new_york,
    "Europe/London": london,
    "Asia/Kathmandu": kathmandu,
    "Australia/Sydney": sydney,
}


def due_moments(
    zone: str, hour: time, first: date, last: date, free: Collection[date], weekdays: bool
) -> dict[date, datetime]:
    """For each local day: the first quarter of an hour in which clocks there say `hour` or later.

    `hour` is a whole quarter. `free` are days off; `weekdays`: Monday to Friday only.
    """
    found: dict[date, datetime] = {}
    moment, end = at(first, 0) - timedelta(days=1), at(last, 0) + timedelta(days=2)
    while moment < end:
        said = (moment + OFFSETS[zone](moment)).replace(tzinfo=None)
        day = said.date()
        if first <= day <= last and said.time() >= hour and day not in found:
            found[day] = moment
        moment += QUARTER
    wanted = (day for day in found if day not in free and (day.weekday() < 5 or not weekdays))
    return {day: found[day] for day in wanted}


def acted(
    dues: dict[date, datetime], use: timedelta, ticks: Sequence[datetime]
) -> dict[date, datetime]:
    """Which day's turn comes at which tick, where `ticks` are what the wall clock says, in order.

    Who is new at the first tick starts with what is still to come. At a tick the newest day that is
    due has its turn if it is still within its use; it and all days before it are done with. Clocks
    that are set back change nothing about that.
    """
    days, moments = list(dues), list(dues.values())
    turns: dict[date, datetime] = {}
    over = bisect_right(moments, ticks[0])
    for wall in ticks:
        newest = bisect_right(moments, wall)
        if newest > over:
            over = newest
            if wall < moments[newest - 1] + use:
                turns[days[newest - 1]] = wall
    return turns
