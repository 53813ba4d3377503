"""Importing practice: answers a second and peak memory, beside loading the same file plainly.

    python -m bench.imports [--answers 300000] [--rounds 3]

The file is generated: 500 students in 20 classes, 40 skills, 120 days, in order of time. Each run
is a process of its own, so that its peak memory is its own, and the kinds take turns, so that a
busy machine slows all alike. Homeroom's run reads, checks, saves each answer once, and makes
sessions, daily progress and mastery; the plain loads put the rows into a table and nothing else.
Aims: 30,000 answers a second on two cores, and memory that does not grow with the file.
"""

import argparse
import csv
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import duckdb

from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.models import Base, Workspace

STUDENTS, CLASSES, SKILLS, DAYS = 500, 20, 40, 120
HEADER = ("student_id", "class", "skill", "item", "answered_at", "correct", "seconds", "session_id")


def generate(path: Path, answers: int, *, shuffled: bool = False) -> None:
    """Write a practice file: students sit down for some ten answers each time."""
    chance = random.Random(7)
    start = datetime(2025, 1, 6, 13, tzinfo=UTC)
    ability = [chance.gauss(0.65, 0.12) for _ in range(STUDENTS)]
    rows: list[tuple[object, ...]] = []
    session = 0
    while len(rows) < answers:
        student, session = chance.randrange(STUDENTS), session + 1
        at = start + timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(8 * 3600))
        skill = chance.randrange(SKILLS)
        for question in range(chance.randrange(5, 16)):
            at += timedelta(seconds=chance.randrange(8, 90))
            right = chance.random() < ability[student] - 0.004 * skill
            rows.append(
                (f"student-{student:04d}", f"Class {student % CLASSES:02d}", f"Skill {skill:02d}",
                 f"item-{skill}-{session % 97}-{question}", at.isoformat(), int(right),
                 chance.randrange(5, 80), f"session-{session}")
            )  # fmt: skip
    rows = rows[:answers]
    if not shuffled:
        rows.sort(key=lambda row: str(row[4]))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADER)
        writer.writerows(rows)


def homeroom(source: Path, folder: Path) -> None:
    """The whole import, mastery included."""
    engine = make_engine(f"sqlite:///{folder}/homeroom.db")
    Base.metadata.create_all(engine)
    sessions = make_session_factory(engine)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with sessions.begin() as session:
        session.add(Workspace(name="School", timezone="America/New_York", created_at=now))
    import_practice(source, session_factory=sessions, workspace_id=1, now=now)


def stdlib(source: Path, folder: Path) -> None:
    """The csv and sqlite3 modules: one `executemany`, one transaction."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        with sqlite3.connect(folder / "plain.db") as connection:
            connection.execute(f"CREATE TABLE answers ({', '.join(HEADER)})")
            connection.executemany(f"INSERT INTO answers VALUES ({'?,' * 7}?)", rows)


def pandas(source: Path, folder: Path) -> None:
    """`read_csv` and `to_sql` into SQLite."""
    # Compared where it is installed; the project itself does not need it.
    frame = import_module("pandas").read_csv(source, parse_dates=["answered_at"])
    with sqlite3.connect(folder / "pandas.db") as connection:
        frame.to_sql("answers", connection, index=False)


def duck(source: Path, folder: Path) -> None:
    """DuckDB's `read_csv` into a table of its own file, with two threads."""
    with duckdb.connect(str(folder / "duck.db"), config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE answers AS SELECT * FROM read_csv(?)", [str(source)])


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "homeroom": homeroom,
    "csv + sqlite3": stdlib,
    "pandas to_sql": pandas,
    "duckdb read_csv": duck,
}


class Measured(NamedTuple):
    """One run: seconds by the clock and on the processor, and peak memory in MiB."""

    seconds: float
    cpu: float
    peak: int


def alone(*arguments: str) -> str:
    """What a run of this module in a process of its own prints."""
    command = [sys.executable, "-m", "bench.imports", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(kind: str, source: Path) -> Measured:
    """One run in a process of its own."""
    seconds, cpu, peak = alone("--run", kind, "--source", str(source)).split()
    return Measured(float(seconds), float(cpu), int(peak))


def peak_memory() -> int:
    """The most memory that this process ever held, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def run_one(kind: str, source: Path) -> None:
    """Do one run here and print its seconds, processor seconds and peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), time.process_time()
        KINDS[kind](source, Path(folder))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(seconds, cpu, peak_memory())


def compare(answers: int, rounds: int) -> None:
    """Print speeds as answers a second and as ratios, then memory by size of the file."""
    kinds = [kind for kind in KINDS if kind != "pandas to_sql" or find_spec("pandas")]
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder) / "once.csv", Path(folder) / "four.csv"]
        for source, times in zip(sources, (1, 4), strict=True):
            alone("--generate", str(times * answers), "--source", str(source))
        runs = [{kind: measure(kind, sources[0]) for kind in kinds} for _ in range(rounds)]
        own = statistics.median(run["homeroom"].seconds for run in runs)
        for kind in kinds:
            show(kind, answers, [run[kind] for run in runs], own)
        show("homeroom, 4 x", 4 * answers, [measure("homeroom", sources[1])], own)


def show(kind: str, answers: int, runs: list[Measured], own: float) -> None:
    """Print one line of the comparison; `own` is the median time of the whole import."""
    seconds = statistics.median(run.seconds for run in runs)
    cpu = statistics.median(run.cpu for run in runs)
    print(
        f"{kind:16} {answers / seconds:9,.0f} answers/s by the clock {answers / cpu:9,.0f} by"
        f" processor time {seconds / own:6.2f} x the time {max(run.peak for run in runs):5} MiB"
    )


def main() -> None:
    """Compare, or with --run do a single run for the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", choices=KINDS)
    parser.add_argument("--generate", type=int)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    if given.generate:
        generate(given.source, given.generate)
    elif given.run:
        run_one(given.run, given.source)
    else:
        compare(given.answers, given.rounds)


if __name__ == "__main__":
    main()
