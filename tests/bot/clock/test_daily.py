"""Daily jobs when people move, set another hour, go on holiday, come and leave."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from bot.clock import Clock, DailyJob, Turn
from school.database import SessionFactory
from school.models import Holiday, Pause, TimerState, User, Workspace
from school.preferences import QUIET_HOURS, set_preference
from tests.bot.clock.conftest import START
from tests.bot.clock.support import Wall, make_clock, states, timers
from tests.bot.clock.year import in_a_hurry

MONDAY = date(2026, 3, 2)
"""START is 07:00 of this day in New York, in winter: five hours behind."""


def new_york(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clocks of New York, before the second Sunday of March."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


def in_march(day: int) -> date:
    return date(2026, 3, day)


class Digest:
    """A digest at 07:30, of use for four hours, that notes whose turn came when."""

    def __init__(self, session_factory: SessionFactory, workspace_id: int):
        self.taken: list[tuple[date, datetime]] = []
        self.wall = Wall(START)
        self.factory, self.workspace_id = session_factory, workspace_id
        self.daily = DailyJob("digest", self._run, time(7, 30), timedelta(hours=4), wish="digest")
        self.clock = self.another()

    def another(self) -> Clock:
        """A clock of another process."""
        return make_clock(self.factory, [self.daily.job], self.wall, plan_every=60)

    def _run(self, _session: Session, turn: Turn, now: datetime) -> None:
        self.taken.append((turn.day, now))

    def at(self, moment: datetime) -> None:
        """Tick at a moment, with what was planned a minute before."""
        self.wall.moment = moment
        self.clock.tick()

    def until(self, end: datetime) -> None:
        """Tick each half hour up to `end`."""
        while self.wall.moment < end:
            self.at(min(self.wall.moment + timedelta(minutes=30), end))

    def change(self, user_id: int, **values: object) -> None:
        """Change a user."""
        with self.factory.begin() as session:
            session.execute(update(User).where(User.id == user_id).values(**values))

    def wish(self, user_id: int, value: dict[str, object], key: str = "digest") -> None:
        """Set a preference of a user."""
        with self.factory.begin() as session:
            set_preference(session, self.workspace_id, user_id, key, value)


@pytest.fixture
def digest(session_factory: SessionFactory, workspace_id: int, user_id: int) -> Digest:
    """A digest for one teacher, its clock having ticked once."""
    in_a_hurry(session_factory)
    made = Digest(session_factory, workspace_id)
    made.clock.tick()
    return made


def test_it_comes_once_a_school_day_at_the_persons_hour(digest: Digest) -> None:
    digest.until(new_york(in_march(9), 6))
    week = [in_march(day) for day in range(2, 7)]
    assert digest.taken == [(day, new_york(day, 7, 30)) for day in week]


def test_who_is_new_begins_with_the_first_turn_to_come(
    session_factory: SessionFactory, workspace_id: int, user_id: int
) -> None:
    digest = Digest(session_factory, workspace_id)
    digest.wall.moment = new_york(MONDAY, 9)
    digest.until(new_york(in_march(3), 9))
    assert [day for day, _ in digest.taken] == [in_march(3)]


def test_an_earlier_hour_that_has_passed_today_brings_todays_at_once(
    digest: Digest, user_id: int
) -> None:
    digest.until(new_york(MONDAY, 8))
    digest.wish(user_id, {"at": "16:00"})
    digest.until(new_york(in_march(3), 9))
    digest.wish(user_id, {"at": "07:30"})
    digest.until(new_york(in_march(4), 12))
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(3), in_march(4)]
    assert digest.taken[1][1] == new_york(in_march(3), 9, 30)
    assert digest.taken[2][1] == new_york(in_march(4), 7, 30)


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


def test_after_days_down_only_the_newest_day_within_its_use_comes(digest: Digest) -> None:
    digest.until(new_york(MONDAY, 12))
    digest.at(new_york(in_march(5), 9))
    assert digest.taken[1:] == [(in_march(5), new_york(in_march(5), 9))]
    digest.at(new_york(in_march(9), 13))  # past Monday's use; half past eight was, by summer time
    digest.until(new_york(in_march(10), 12))
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(5), in_march(10)]
    assert [timer.state for timer in timers(digest.factory) if timer.occasion < "2026-03-11"] == [
        TimerState.DONE.value,
        TimerState.CLOSED.value,
        TimerState.DONE.value,
        TimerState.CLOSED.value,
        TimerState.DONE.value,
    ]


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


def test_a_run_that_breaks_is_tried_again_and_comes_once(
    session_factory: SessionFactory, workspace_id: int, user_id: int
) -> None:
    taken: list[date] = []

    def run(_session: Session, turn: Turn, _now: datetime) -> None:
        taken.append(turn.day)
        if len(taken) < 3:
            raise KeyError("no data")

    wall = Wall(START)
    daily = DailyJob("digest", run, time(7, 30), timedelta(hours=4))
    clock = make_clock(session_factory, [daily.job], wall)
    for _ in range(60):
        clock.tick()
        wall.on(minutes=1)
    assert taken == [MONDAY] * 3
    assert states(session_factory) == ["done", "waiting"]


def test_a_plan_of_many_people_asks_few_questions_and_changes_nothing_the_second_time(
    session_factory: SessionFactory, engine: Engine, workspace_id: int
) -> None:
    with session_factory.begin() as session:
        for number in range(300):
            session.add(
                User(
                    workspace_id=workspace_id,
                    email=f"t{number}@example.org",
                    name="T",
                    slack_user_id=f"U{number}",
                    timezone=("Europe/London", "Asia/Kathmandu", None)[number % 3],
                    created_at=START,
                )
            )
    digest = Digest(session_factory, workspace_id)
    digest.clock.tick()
    assert len(timers(session_factory)) == 300
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, said, *_: asked.append(said))
    with session_factory() as session:
        assert list(digest.daily.plan(session, START + timedelta(seconds=1))) == []
    assert len([said for said in asked if said.startswith("SELECT")]) == 3


def test_each_school_has_its_own_day_by_its_own_clock(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    taken: list[tuple[int, date, datetime]] = []

    def run(_session: Session, turn: Turn, now: datetime) -> None:
        taken.append((turn.workspace_id, turn.day, now))

    with session_factory.begin() as session:
        other = Workspace(name="Other", timezone="Asia/Kathmandu", created_at=START)
        session.add(other)
        session.flush()  # its id is needed below
        other_id = other.id
    wall = Wall(START)
    daily = DailyJob(
        "night",
        run,
        time(3, 30),
        timedelta(hours=12),
        school_days=False,
        quiet=False,
        for_people=False,
    )
    clock = make_clock(session_factory, [daily.job], wall)
    while wall.moment < START + timedelta(days=1):
        clock.tick()
        wall.on(minutes=15)
    night = datetime(2026, 3, 2, 21, 45, tzinfo=UTC)
    assert taken == [
        (other_id, in_march(3), night),
        (workspace_id, in_march(3), new_york(in_march(3), 3, 30)),
    ]
