"""Daily jobs when people move, set another hour, go on holiday, come and leave."""

from datetime import date, timedelta

import pytest

from school.database import SessionFactory
from school.models import Holiday, Pause
from school.preferences import QUIET_HOURS
from tests.bot.clock.digest import MONDAY, Digest, in_march, new_york
from tests.bot.clock.support import START, states, timers


@pytest.fixture
def session_factory(sqlite_factory: SessionFactory) -> SessionFactory:
    """SQLite alone: the database is not the subject here (see test_daily_databases)."""
    return sqlite_factory


def test_who_is_new_begins_with_the_first_turn_to_come(
    session_factory: SessionFactory, workspace_id: int, user_id: int
) -> None:
    digest = Digest(session_factory, workspace_id)
    digest.wall.moment = new_york(MONDAY, 9)
    digest.until(new_york(in_march(3), 9))
    assert [day for day, _ in digest.taken] == [in_march(3)]


def test_an_earlier_hour_that_is_long_past_leaves_todays_where_it_was(
    digest: Digest, user_id: int
) -> None:
    digest.wish(user_id, {"at": "16:00"})
    digest.until(new_york(MONDAY, 15))
    digest.wish(user_id, {"at": "07:30"})
    digest.until(new_york(in_march(3), 12))
    assert digest.taken == [
        (MONDAY, new_york(MONDAY, 16)),
        (in_march(3), new_york(in_march(3), 7, 30)),
    ]


def test_a_later_hour_holds_from_today_on_unless_todays_has_come(
    digest: Digest, user_id: int
) -> None:
    digest.wish(user_id, {"at": "09:00"})
    digest.until(new_york(MONDAY, 10))
    digest.wish(user_id, {"at": "11:00"})
    digest.until(new_york(in_march(3), 12))
    assert digest.taken == [
        (MONDAY, new_york(MONDAY, 9)),
        (in_march(3), new_york(in_march(3), 11)),
    ]


def test_an_hour_put_off_a_moment_before_it_is_respected(digest: Digest, user_id: int) -> None:
    digest.until(new_york(MONDAY, 7, 29))
    digest.clock.tick()
    digest.wish(user_id, {"at": "10:00"})
    digest.wall.moment = new_york(MONDAY, 7, 30)
    digest.clock._planned["digest"] = digest.wall.moment  # its plan has not seen the new hour
    digest.clock.tick()
    assert digest.taken == []
    digest.until(new_york(MONDAY, 12))
    assert digest.taken == [(MONDAY, new_york(MONDAY, 10))]


def test_who_wants_none_gets_none_until_they_want_it_again(digest: Digest, user_id: int) -> None:
    digest.wish(user_id, {"at": None})
    digest.until(new_york(in_march(4), 12))
    assert digest.taken == []
    assert states(digest.factory) == ["withdrawn"]
    digest.wish(user_id, {"at": "nonsense"})
    digest.until(new_york(in_march(5), 12))
    assert digest.taken == [(in_march(5), new_york(in_march(5), 7, 30))]


def test_a_wish_just_before_the_hour_to_have_none_is_respected(
    digest: Digest, user_id: int
) -> None:
    digest.until(new_york(MONDAY, 7, 29))
    digest.change(user_id, is_active=False)
    digest.wall.moment = new_york(MONDAY, 7, 30)
    digest.clock._planned["digest"] = digest.wall.moment
    digest.clock.tick()
    assert digest.taken == []
    assert states(digest.factory) == ["closed"]


def test_who_leaves_gets_no_more_and_who_comes_back_does(digest: Digest, user_id: int) -> None:
    digest.until(new_york(MONDAY, 12))
    digest.change(user_id, is_active=False)
    digest.until(new_york(in_march(4), 12))
    digest.change(user_id, is_active=True)
    digest.until(new_york(in_march(5), 12))
    # Wednesday's was of no use any more when they came back at noon.
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(5)]


def test_each_local_date_comes_at_most_once_however_they_fly(digest: Digest, user_id: int) -> None:
    flights = [
        ("Australia/Sydney", 9),
        ("America/New_York", 20),
        ("Pacific/Kiritimati", 31),
        ("Pacific/Honolulu", 50),
        ("Europe/London", 60),
        ("America/New_York", 75),
    ]
    for zone, hours in flights:
        digest.until(START + timedelta(hours=hours))
        digest.change(user_id, timezone=zone)
    digest.until(START + timedelta(days=6))
    days = [day for day, _ in digest.taken]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert len(days) >= 4
    assert len({timer.occasion for timer in timers(digest.factory)}) == len(timers(digest.factory))


def test_who_lands_after_the_hour_gets_todays_at_once(digest: Digest, user_id: int) -> None:
    digest.until(new_york(MONDAY, 12))
    digest.until(new_york(in_march(3), 4))  # nine in the morning in London
    digest.change(user_id, timezone="Europe/London")
    digest.until(new_york(in_march(3), 12))
    assert digest.taken[1:] == [(in_march(3), new_york(in_march(3), 4, 30))]


def test_who_flies_west_just_before_the_hour_waits_for_it_there(
    digest: Digest, user_id: int
) -> None:
    digest.until(new_york(MONDAY, 7, 29))
    digest.change(user_id, timezone="America/Los_Angeles")
    digest.wall.moment = new_york(MONDAY, 7, 30)
    digest.clock._planned["digest"] = digest.wall.moment
    digest.clock.tick()
    digest.until(new_york(MONDAY, 12))
    assert digest.taken == [(MONDAY, new_york(MONDAY, 10, 30))]


def test_holidays_and_pauses_that_come_up_are_respected(
    digest: Digest, user_id: int, workspace_id: int
) -> None:
    digest.until(new_york(MONDAY, 12))
    with digest.factory.begin() as session:
        session.add(Holiday(workspace_id=workspace_id, day=in_march(3), name="Snow"))
        away = {"starts_on": in_march(5), "ends_on": in_march(5)}
        session.add(Pause(workspace_id=workspace_id, user_id=user_id, **away))
    digest.until(new_york(in_march(6), 12))
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(4), in_march(6)]


def test_a_holiday_that_is_called_off_has_its_day_back(digest: Digest, workspace_id: int) -> None:
    with digest.factory.begin() as session:
        session.add(Holiday(workspace_id=workspace_id, day=in_march(3), name="Snow"))
    digest.until(new_york(MONDAY, 12))
    assert [timer.occasion for timer in timers(digest.factory)] == ["2026-03-02", "2026-03-04"]
    with digest.factory.begin() as session:
        for holiday in session.query(Holiday):
            session.delete(holiday)
    digest.until(new_york(in_march(4), 12))
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(3), in_march(4)]


def test_a_snow_day_of_the_last_minute_is_respected(digest: Digest, workspace_id: int) -> None:
    digest.until(new_york(MONDAY, 7, 29))
    with digest.factory.begin() as session:
        session.add(Holiday(workspace_id=workspace_id, day=MONDAY, name="Snow"))
    digest.wall.moment = new_york(MONDAY, 7, 30)
    digest.clock._planned["digest"] = digest.wall.moment
    digest.clock.tick()
    assert (digest.taken, states(digest.factory)) == ([], ["closed", "waiting"])


@pytest.mark.parametrize(
    ("hour", "quiet", "comes"),
    [
        ("06:00", {"from": "20:00", "to": "07:00"}, (7, 0)),
        ("21:00", {"from": "20:00", "to": "07:00"}, (20, 0)),
        ("12:30", {"from": "12:00", "to": "13:00"}, (13, 0)),
        ("06:00", {"from": "00:00", "to": "00:00"}, (6, 0)),
    ],
)
def test_an_hour_within_quiet_hours_gives_way_on_the_same_day(
    digest: Digest, user_id: int, hour: str, quiet: dict[str, object], comes: tuple[int, int]
) -> None:
    digest.until(new_york(MONDAY, 23))
    digest.taken.clear()
    digest.wish(user_id, quiet, QUIET_HOURS)
    digest.wish(user_id, {"at": hour})
    digest.until(new_york(in_march(3), 23))
    assert digest.taken == [(in_march(3), new_york(in_march(3), *comes))]


def test_what_was_missed_is_not_made_up_for_in_quiet_hours(digest: Digest, user_id: int) -> None:
    digest.wish(user_id, {"at": "18:00"})
    digest.at(new_york(MONDAY, 17))
    digest.at(new_york(MONDAY, 20, 1))
    assert digest.taken == []
    assert states(digest.factory) == ["closed", "waiting"]


def test_who_is_away_for_good_has_nothing_waiting(
    digest: Digest, user_id: int, workspace_id: int
) -> None:
    with digest.factory.begin() as session:
        away = {"starts_on": MONDAY, "ends_on": date(2040, 1, 1)}
        session.add(Pause(workspace_id=workspace_id, user_id=user_id, **away))
    digest.until(new_york(in_march(4), 12))
    assert (digest.taken, states(digest.factory)) == ([], ["withdrawn"])
