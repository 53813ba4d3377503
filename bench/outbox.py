"""Deliveries a second, on SQLite and PostgreSQL, beside what one would pick instead.

    python -m bench.outbox
    python -m bench.outbox --huey PATH/bin          # where huey and slack_sdk are installed

Everything is saved before, and counted from the first message that Slack takes to the last: the
local Slack is a process of its own, its limits off, as are our own rates. Thirty people, thirty
queues. The peers keep what is to be sent in SQLite and post from eight threads (the loop from one);
they look for nothing that was cut short, keep no order, and pass no gate.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.rig import ROOT, TOKENS, process, teacher_ids, wait_for
from sandbox.ledger import read_ledger
from school.database import make_engine, make_session_factory
from school.deliveries import enqueue
from school.models import Base, User, Workspace
from tests.crash.postgres import own_postgres

PEOPLE = 30
PORT = 18_430
PATIENCE = 60.0
"""Seconds without one message more after which a run is given up."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the table."""

    name: str
    taken: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.taken / self.seconds if self.seconds else 0.0


def main() -> None:
    """Measure, and print the table."""
    options = _options()
    rates = [*ours(options), *peers(options)]
    loop = next(rate for rate in rates if rate.name.startswith("loop"))
    for rate in rates:
        share = rate.per_second / loop.per_second
        print(f"{rate.name:42} {rate.per_second:6.0f} a second, {share:5.2f} of the loop")


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--deliveries", type=int, default=1000)
    arguments.add_argument("--pictures", type=int, default=300)
    arguments.add_argument("--huey", type=Path, help="the bin folder of an environment with huey")
    return arguments.parse_args()


def ours(options: argparse.Namespace) -> Iterator[Rate]:
    """Homeroom's outbox, in words and with pictures."""
    for kind, number in (("words", options.deliveries), ("pictured", options.pictures)):
        with tempfile.TemporaryDirectory(prefix="homeroom-bench-") as folder:
            url = f"sqlite:///{folder}/homeroom.db"
            yield measure(f"SQLite, 1 process, {kind}", Path(folder), url, 1, kind, number)
        for processes in (1, 2, 3):
            with own_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
                name = f"PostgreSQL, {processes} processes, {kind}"
                yield measure(name, Path(folder), postgres.url, processes, kind, number)


def measure(name: str, folder: Path, url: str, processes: int, kind: str, number: int) -> Rate:
    """Save so many deliveries, then drain them with so many processes."""
    fill(url, kind, number)
    with slack(folder) as api_url, ExitStack() as running:
        for n in range(processes):
            words = ["-m", "bench.draining", url, api_url]
            running.enter_context(process(words, folder / f"{n}.log", {}))
        return taken(name, folder, number)


def fill(url: str, kind: str, number: int) -> None:
    """A workspace, its people and deliveries for them, in turns."""
    engine, now = make_engine(url), datetime.now(UTC)
    Base.metadata.create_all(engine)
    with make_session_factory(engine).begin() as session:
        session.add(Workspace(id=1, name="school", timezone="Europe/London", created_at=now))
        session.flush()  # the people refer to it
        for n, slack_id in enumerate(teacher_ids(PEOPLE), start=1):
            user = User(workspace_id=1, email=f"{n}@x.test", name=slack_id, created_at=now)
            user.id, user.slack_user_id = n, slack_id
            session.add(user)
        session.flush()  # the deliveries refer to them
        for n in range(number):
            enqueue(
                kind,
                {"number": n},
                session=session,
                workspace_id=1,
                unique_key=f"bench {n}",
                recipient_id=n % PEOPLE + 1,
                channel=None,
                now=now,
            )
    engine.dispose()


def peers(options: argparse.Namespace) -> Iterator[Rate]:
    """What one would pick instead."""
    number = options.deliveries
    for name, module in (
        ("loop, commit after each", "posting_naive"),
        ("APScheduler, jobs in SQLite", "posting_apscheduler"),
    ):
        with tempfile.TemporaryDirectory() as place, slack(Path(place)) as api_url:
            words = ["-m", f"bench.peers.{module}", place, api_url, str(number), str(PEOPLE)]
            with process(words, Path(place) / "peer.log", {}):
                yield taken(name, Path(place), number)
    if options.huey:
        with (
            tempfile.TemporaryDirectory() as place,
            slack(Path(place)) as api_url,
            huey(options.huey, place, api_url, number),
        ):
            yield taken("huey, queue in SQLite", Path(place), number)


@contextmanager
def huey(bin_folder: Path, place: str, api_url: str, number: int) -> Iterator[None]:
    """Huey's consumer, once all is queued."""
    variables = {"FOLDER": place, "SLACK_API_URL": api_url, "PATH": os.environ["PATH"]}
    given = {"cwd": ROOT, "env": {**variables, "PYTHONPATH": str(ROOT)}}
    module = "bench.peers.posting_huey"
    queue = [bin_folder / "python", "-m", module, str(number), str(PEOPLE)]
    subprocess.run(queue, check=True, **given)  # type: ignore[call-overload]
    consume = [bin_folder / "huey_consumer", f"{module}.huey", "-w", "8", "-k", "thread", "-q"]
    consumer = subprocess.Popen(consume, **given)  # type: ignore[call-overload]
    try:
        yield
    finally:
        consumer.terminate()
        consumer.wait(30)


@contextmanager
def slack(folder: Path) -> Iterator[str]:
    """The local Slack, its files ready at once; yields the address of its methods."""
    people = [{"id": one, "name": one} for one in teacher_ids(PEOPLE)]
    settings = {"rate_limits": False, "file_ready_seconds": 0.0}
    plan = {"people": people, "app": TOKENS, "settings": settings}
    (folder / "slack.json").write_text(json.dumps(plan), encoding="utf-8")
    words = ["-m", "sandbox", "--port", str(PORT), "--config", str(folder / "slack.json")]
    with process([*words, "--ledger", str(ledger(folder))], folder / "slack.log", {}):
        wait_for(f"http://127.0.0.1:{PORT}/_sandbox/people")
        yield f"http://127.0.0.1:{PORT}/api/"


def ledger(folder: Path) -> Path:
    """What Slack writes down."""
    return folder / "ledger.jsonl"


def taken(name: str, folder: Path, number: int) -> Rate:
    """Wait until Slack has taken so many messages; how long that was."""
    since, before = time.monotonic(), 0
    while (now := len(posts(folder))) < number and time.monotonic() - since < PATIENCE:
        if now > before:
            since, before = time.monotonic(), now
        time.sleep(1)
    at = sorted(posts(folder))
    if len(at) < number:
        print(f"{name}: {number - len(at)} of {number} never came", file=sys.stderr)
    return Rate(name, len(at), at[-1] - at[0] if at else 0.0)


def posts(folder: Path) -> list[float]:
    """When Slack took each message."""
    if not ledger(folder).exists():
        return []
    return [
        call.at for call in read_ledger(ledger(folder)).calls("chat.postMessage", accepted=True)
    ]


if __name__ == "__main__":
    main()
