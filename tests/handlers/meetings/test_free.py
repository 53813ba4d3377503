"""Free times on the clock of a form, and asking calendars only once in a while."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.meetings.busy import MOST_KEPT, BusyBook
from handlers.meetings.free import Busy, Days, starts_on, with_times
from handlers.views.meetings.slots import NEXT_WEEK, Calendar, When
from interventions.slots import Diary
from school.hours import DEFAULT_WORKING_HOURS, DaysOff
from school.periods import Period

NEW_YORK = ZoneInfo("America/New_York")
MONDAY, LAST = date(2026, 11, 23), date(2026, 12, 6)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KNOWN = Busy(Calendar.KNOWN)


def days(zone: ZoneInfo = NEW_YORK) -> Days:
    return Days(Diary(MONDAY, LAST, zone, DEFAULT_WORKING_HOURS, DaysOff()), "a@b.test", NOW, ())


def when(day: date = MONDAY, at: time = time(15), zone: str = "America/New_York") -> When:
    return When(day, at, 30, zone)


def test_a_form_on_another_clock_shows_the_same_moments() -> None:
    kathmandu = when(date(2026, 11, 25), zone="Asia/Kathmandu")
    found = starts_on(kathmandu.day, kathmandu, days(), KNOWN)
    # 8:00 to 16:00 in New York is 18:45 to 2:45 of the next day there.
    assert (found[0], found[-1], time(18, 45) in found) == (time(0), time(23, 45), True)
    assert time(2, 15) in found
    assert time(2, 30) not in found


def test_the_last_day_that_there_is_has_nothing_free() -> None:
    far = with_times(when(date.max), days(), KNOWN)
    assert far.free is not None
    assert (far.day, far.free.starts, far.free.next_at) == (date.max, (), None)


@pytest.mark.parametrize(
    ("typed", "other", "at", "is_other"),
    [
        (False, False, time(15), False),
        (True, False, time(15), False),
        (True, True, time(15), True),
    ],
)
def test_a_free_time_is_chosen_and_another_only_where_it_was_asked_for(
    typed: bool, other: bool, at: time, is_other: bool
) -> None:
    found = with_times(when(), days(), KNOWN, typed=typed, other=other)
    assert found.free is not None
    assert (found.at, found.free.other) == (at, is_other)


def test_a_time_that_nobody_said_becomes_a_free_one() -> None:
    busy = Busy(
        Calendar.KNOWN,
        (Period(datetime(2026, 11, 23, 19, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC)),),
    )
    found = with_times(when(), days(), busy)
    assert found.at == time(13, 30)
    said = with_times(when(), days(), busy, typed=True)
    assert said.free is not None
    assert (said.at, said.free.other) == (time(15), True)


def test_a_day_that_nobody_said_becomes_one_with_free_times() -> None:
    saturday = when(date(2026, 11, 28))
    assert with_times(saturday, days(), KNOWN, fixed=False).day == date(2026, 11, 30)
    kept = with_times(saturday, days(), KNOWN)
    assert kept.free is not None
    assert kept.free.next_at == datetime(2026, 11, 30, 8, tzinfo=NEW_YORK)


def test_a_week_has_the_working_days_that_are_left() -> None:
    found = with_times(when(), days(), KNOWN, week=NEXT_WEEK)
    assert found.free is not None
    assert [one.day.day for one in found.free.week] == [30, 1, 2, 3, 4]


class Seconds:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_calendar_is_asked_once_in_a_while_and_not_remembered_for_ever() -> None:
    clock, asked = Seconds(), list[int]()
    book = BusyBook(clock)

    def ask() -> tuple[Period, ...]:
        asked.append(1)
        return ()

    for at, times in ((0, 1), (59, 1), (61, 2)):
        clock.now = at
        book.ask("ana", ask, kept=60).result()
        assert len(asked) == times
    for number in range(MOST_KEPT):
        book.ask(number, ask, kept=60).result()
    book.ask("ana", ask, kept=60).result()
    assert len(asked) == 3 + MOST_KEPT
