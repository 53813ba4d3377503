"""Daily jobs on both kinds of database: what they ask of it, and that they come once."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bot.clock import DailyJob, Turn
from school.database import SessionFactory, reading
from school.models import TimerState, User, Workspace
from tests.bot.clock.digest import MONDAY, Digest, in_march, new_york
from tests.bot.clock.support import START, Wall, make_clock, states, timers


def test_it_comes_once_a_school_day_at_the_persons_hour(digest: Digest) -> None:
    digest.until(new_york(in_march(9), 6))
    week = [in_march(day) for day in range(2, 7)]
    assert digest.taken == [(day, new_york(day, 7, 30)) for day in week]


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
    assert len([said for said in asked if said.startswith("SELECT")]) == 4


def test_a_turn_taken_while_another_process_plans_leaves_the_next_one_waiting(
    digest: Digest, engine: Engine
) -> None:
    digest.until(new_york(MONDAY, 12))
    digest.wall.moment = new_york(in_march(3), 7, 30)
    left = [digest.clock.tick]

    def meanwhile(*_: object) -> None:
        if left:
            left.pop()()

    with digest.factory() as session:
        event.listen(engine, "after_cursor_execute", meanwhile)
        changes = list(digest.daily.plan(reading(session), digest.wall()))
    with digest.factory.begin() as session:
        for change in changes:
            change(session)
    assert [day for day, _ in digest.taken] == [MONDAY, in_march(3)]
    assert states(digest.factory) == ["done", "done", "waiting"]


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
