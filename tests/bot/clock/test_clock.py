"""One tick: what is due acts once, what breaks waits, what is past its use is closed."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.clock import Change, Job
from school.database import SessionFactory
from school.deliveries import enqueue
from school.models import Delivery, Timer, TimerState
from school.timers import set_timer, withdraw_timers
from tests.bot.clock.support import START, Notes, Wall, make_clock, put, states, timers

MINUTE = timedelta(minutes=1)


def test_a_timer_acts_when_it_is_due_and_once(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    notes, wall, woken = Notes(), Wall(START), list[int]()
    clock = make_clock(session_factory, [Job("remind", notes)], wall, wake=lambda: woken.append(1))
    put(session_factory, workspace_id, "remind", START + MINUTE)
    clock.tick()
    assert (notes.taken, woken) == ([], [])
    wall.on(minutes=1)
    clock.tick()
    clock.tick()
    assert notes.taken == [("meeting 1", "once", START + MINUTE)]
    assert woken == [1]
    (timer,) = timers(session_factory)
    assert (timer.state, timer.ended_at) == (TimerState.DONE.value, START + MINUTE)


def test_the_oldest_comes_first_and_a_tick_takes_no_more_than_its_number(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    notes, wall = Notes(), Wall(START + 5 * MINUTE)
    for minutes in (3, 1, 2):
        due = START + minutes * MINUTE
        put(session_factory, workspace_id, "remind", due, occasion=f"at {minutes}")
    clock = make_clock(session_factory, [Job("remind", notes)], wall, timers_a_tick=2)
    assert clock.tick()
    assert [occasion for _, occasion, _ in notes.taken] == ["at 1", "at 2"]
    assert not clock.tick()
    assert [occasion for _, occasion, _ in notes.taken] == ["at 1", "at 2", "at 3"]


def test_what_is_past_its_use_is_closed_and_does_not_act(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    notes, wall = Notes(), Wall(START)
    for number in range(3):
        until = START + number * MINUTE
        put(session_factory, workspace_id, "remind", START, occasion=str(number), expires_at=until)
    wall.on(minutes=1)
    make_clock(session_factory, [Job("remind", notes)], wall).tick()
    assert states(session_factory) == ["closed", "closed", "done"]
    assert [occasion for _, occasion, _ in notes.taken] == ["2"]


def test_another_releases_job_is_left_alone(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    put(session_factory, workspace_id, "unheard_of", START, expires_at=START + MINUTE)
    wall = Wall(START + 5 * MINUTE)
    make_clock(session_factory, [Job("remind", Notes())], wall).tick()
    assert states(session_factory) == ["waiting"]


def test_what_a_job_saves_is_kept_with_its_timer_or_not_at_all(
    session_factory: SessionFactory, workspace_id: int, user_id: int
) -> None:
    broken = [True]

    def act(session: Session, timer: Timer, now: datetime) -> None:
        enqueue(
            "words",
            {},
            session=session,
            workspace_id=timer.workspace_id,
            unique_key=f"{timer.subject} {timer.occasion}",
            recipient_id=user_id,
            channel=None,
            now=now,
        )
        if broken.pop():
            raise KeyError("a child's name")

    put(session_factory, workspace_id, "remind", START)
    wall = Wall(START)
    clock = make_clock(session_factory, [Job("remind", act)], wall)
    clock.tick()
    with session_factory() as session:
        assert session.query(Delivery).count() == 0
    (timer,) = timers(session_factory)
    assert (timer.state, timer.attempts, timer.error) == ("waiting", 1, "KeyError")
    assert timer.due_at == START < timer.next_attempt_at
    broken.append(False)
    wall.on(seconds=1)
    clock.tick()
    with session_factory() as session:
        assert session.query(Delivery).count() == 1
    assert states(session_factory) == ["done"]


def test_a_job_that_breaks_holds_up_no_other_and_names_nobody(
    session_factory: SessionFactory, workspace_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    def act(_session: Session, _timer: Timer, _now: datetime) -> None:
        raise ValueError("Maya")

    notes, wall = Notes(), Wall(START + MINUTE)
    put(session_factory, workspace_id, "broken", START)
    put(session_factory, workspace_id, "remind", START + MINUTE)
    clock = make_clock(session_factory, [Job("broken", act), Job("remind", notes)], wall)
    clock.tick()
    assert len(notes.taken) == 1
    assert "ValueError" in caplog.text
    assert "Maya" not in caplog.text
    assert 'homeroom_timers_total{outcome="broke"} 1' in clock.metrics_lines()


def test_a_job_may_close_its_timer_and_set_the_next(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    def act(session: Session, timer: Timer, now: datetime) -> None:
        timer.state = TimerState.CLOSED.value
        due = now + MINUTE
        set_timer(
            "remind",
            timer.subject,
            "next",
            session=session,
            workspace_id=timer.workspace_id,
            due_at=due,
            now=now,
        )

    put(session_factory, workspace_id, "remind", START)
    clock = make_clock(session_factory, [Job("remind", act)], Wall(START))
    clock.tick()
    assert states(session_factory) == ["closed", "waiting"]


def test_what_was_withdrawn_does_not_act(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    notes = Notes()
    put(session_factory, workspace_id, "remind", START)
    with session_factory.begin() as session:
        withdraw_timers(session, workspace_id, "meeting 1", now=START)
    make_clock(session_factory, [Job("remind", notes)], Wall(START)).tick()
    assert (notes.taken, states(session_factory)) == ([], ["withdrawn"])


def test_three_clocks_at_once_do_each_timer_once(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    notes, wall, together = Notes(), Wall(START), Barrier(3)
    for number in range(40):
        put(session_factory, workspace_id, "remind", START, occasion=str(number))

    def run() -> None:
        clock = make_clock(session_factory, [Job("remind", notes)], wall)
        together.wait()
        for _ in range(3):
            clock.tick()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(occasion) for _, occasion, _ in notes.taken) == list(range(40))


def test_a_plan_is_carried_out_at_once_and_then_each_so_often(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    wall, asked = Wall(START), list[datetime]()

    def plan(session: Session, now: datetime) -> list[Change]:
        asked.append(now)
        missing = session.query(Timer).count() == 0
        return [_setting(workspace_id, number, now) for number in range(120 * missing)]

    clock = make_clock(session_factory, [Job("remind", Notes(), plan)], wall, plan_every=60)
    clock.tick()
    assert len(timers(session_factory)) == 120
    wall.on(seconds=59)
    clock.tick()
    wall.on(seconds=1)
    clock.tick()
    wall.on(hours=-3)  # a clock that is set back does not put off the plan
    clock.tick()
    assert asked == [START, START + MINUTE, START + MINUTE - timedelta(hours=3)]


def _setting(workspace_id: int, number: int, now: datetime) -> Change:
    return lambda session: set_timer(
        "remind",
        f"user {number}",
        "2026-03-02",
        session=session,
        workspace_id=workspace_id,
        due_at=now + timedelta(days=1),
        now=now,
    )


def test_a_plan_that_breaks_holds_up_nothing(
    session_factory: SessionFactory, workspace_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    def plan(_session: Session, _now: datetime) -> list[Change]:
        raise LookupError("Maya")

    notes, wall = Notes(), Wall(START)
    jobs = [Job("broken", notes, plan), Job("remind", notes)]
    put(session_factory, workspace_id, "remind", START)
    make_clock(session_factory, jobs, wall).tick()
    assert len(notes.taken) == 1
    assert "the plan of broken broke: LookupError" in caplog.text
    assert "Maya" not in caplog.text


def test_a_plan_that_the_database_was_too_busy_for_comes_with_the_next_tick(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    tries: list[datetime] = []

    def plan(_session: Session, now: datetime) -> list[Change]:
        tries.append(now)
        if len(tries) == 1:
            raise OperationalError("BEGIN", {}, Exception("locked"))
        return []

    clock = make_clock(session_factory, [Job("remind", Notes(), plan)], Wall(START))
    for _ in range(3):
        clock.tick()
    assert len(tries) == 2


def test_a_closed_timer_has_its_job_planned_at_once(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    asked: list[datetime] = []

    def plan(_session: Session, now: datetime) -> list[Change]:
        asked.append(now)
        return []

    wall = Wall(START)
    clock = make_clock(session_factory, [Job("remind", Notes(), plan)], wall)
    clock.tick()
    put(session_factory, workspace_id, "remind", START, expires_at=START)
    clock.tick()
    assert len(asked) == 2


def test_a_tick_without_a_database_says_so_and_the_next_goes_on(
    session_factory: SessionFactory, engine: Engine, workspace_id: int
) -> None:
    notes = Notes()
    put(session_factory, workspace_id, "remind", START)
    clock = make_clock(session_factory, [Job("remind", notes)], Wall(START))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE timers RENAME TO elsewhere"))
    with pytest.raises(Exception, match="timers"):
        clock.tick()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO timers"))
    clock.tick()
    assert len(notes.taken) == 1


def test_metrics_tell_what_waits_and_for_how_long(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    wall = Wall(START)
    clock = make_clock(session_factory, [Job("other", Notes())], wall)
    assert "homeroom_timers_oldest_seconds 0.0" in clock.metrics_lines()
    put(session_factory, workspace_id, "remind", START, occasion="1")
    put(session_factory, workspace_id, "remind", START + 5 * MINUTE, occasion="2")
    wall.on(seconds=90)
    lines = clock.metrics_lines()
    assert "homeroom_timers_waiting 2" in lines
    assert "homeroom_timers_overdue 1" in lines
    assert "homeroom_timers_oldest_seconds 90.0" in lines
