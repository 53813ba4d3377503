"""Three processes tick on one database, and get killed: each day comes once, at its minute."""

import subprocess
import sys
import time as machine
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select

from school.database import SessionFactory
from school.models import Delivery, Timer, TimerState, User, Workspace
from tests.bot.clock.oracle import OFFSETS, due_moments

FIRST, LAST = date(2026, 3, 27), date(2026, 4, 7)
"""Clocks are changed in London on 29 March and in Sydney on 5 April."""
START = datetime(2026, 3, 26, 12, tzinfo=UTC)
HOUR, PATIENCE = time(7, 30), 60.0


class Processes:
    """Processes that tick by one clock on the wall, a file."""

    def __init__(self, database_url: str, file: Path) -> None:
        module = "tests.bot.clock.school_process"
        self._command = [sys.executable, "-m", module, database_url, str(file)]
        self._file = file
        self._running: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        """Start one more."""
        self._running.append(subprocess.Popen(self._command))

    def kill(self) -> None:
        """Kill the oldest, whatever it is doing."""
        child = self._running.pop(0)
        child.kill()
        child.wait()

    def set_wall(self, moment: datetime) -> None:
        """Set the clock on the wall, for all of them at once."""
        new = self._file.with_suffix(".new")
        new.write_text(moment.isoformat(), encoding="ascii")
        new.replace(self._file)

    def end(self) -> None:
        """Kill all of them."""
        while self._running:
            self.kill()


@contextmanager
def three_processes(database_url: str, file: Path) -> Iterator[Processes]:
    processes = Processes(database_url, file)
    processes.set_wall(START)
    try:
        for _ in range(3):
            processes.begin()
        yield processes
    finally:
        processes.end()


def people(session_factory: SessionFactory) -> dict[int, str]:
    """A teacher in each zone, by id."""
    with session_factory.begin() as session:
        school = Workspace(name="School", timezone="America/New_York", created_at=START)
        session.add(school)
        session.flush()  # its id is needed below
        users = [
            User(
                workspace_id=school.id,
                email=zone,
                name="T",
                slack_user_id=f"U{number}",
                timezone=zone,
                created_at=START,
            )
            for number, zone in enumerate(OFFSETS)
        ]
        session.add_all(users)
        session.flush()  # their ids are the answer
        return {user.id: str(user.timezone) for user in users}


def wait_until_done(session_factory: SessionFactory, moment: datetime) -> None:
    """Until each person has one timer that waits, and none of them is due."""
    waiting = select(func.count(), func.min(Timer.due_at)).where(
        Timer.state == TimerState.WAITING.value
    )
    end = machine.monotonic() + PATIENCE
    while machine.monotonic() < end:
        with session_factory() as session:
            number, first = session.execute(waiting).one()
        if number == len(OFFSETS) and first is not None and first > moment:
            return
        machine.sleep(0.01)
    raise AssertionError(f"at {moment} something is left to do")


def test_three_processes_that_get_killed_bring_each_day_once(
    session_factory: SessionFactory, laid_out_url: str, tmp_path: Path
) -> None:
    zones = people(session_factory)
    dues = {user: due_moments(zone, HOUR, FIRST, LAST, (), True) for user, zone in zones.items()}
    moments = sorted({moment for each in dues.values() for moment in each.values()})
    with three_processes(laid_out_url, tmp_path / "wall") as processes:
        wait_until_done(session_factory, START)
        for number, moment in enumerate(moments):
            if number % 4 == 0:
                processes.set_wall(moment - timedelta(minutes=1))
                wait_until_done(session_factory, moment - timedelta(minutes=1))
            processes.set_wall(moment)
            if number in (9, 22):
                processes.kill()
                processes.begin()
            wait_until_done(session_factory, moment)
    with session_factory() as session:
        found = [
            (each.recipient_id, date.fromisoformat(each.payload["day"]), each.created_at)
            for each in session.scalars(select(Delivery))
        ]
    expected = [(user, day, due) for user, each in dues.items() for day, due in each.items()]
    assert sorted(found, key=str) == sorted(expected, key=str)
