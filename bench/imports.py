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
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import duckdb

from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.models import Base, Workspace

STUDENTS, CLASSES, SKILLS, DAYS = 500, 20, 40, 120
HEADER = "student_id,class,skill,item,answered_at,correct,seconds,session_id".split(",")


def generate(path: Path, answers: int, *, shuffled: bool = False) -> None:
    """Write a practice file: students sit down for some ten answers each time."""
    chance = random.Random(7)
    start = datetime(2025, 1, 6, 13, tzinfo=UTC)
    ability = [chance.gauss(0.65, 0.12) for _ in range(STUDENTS)]
    rows = []
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
        rows.sort(key=lambda row: row[4])
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
    import pandas as pd  # noqa: PLC0415 - compared where it is installed, not needed otherwise

    frame = pd.read_csv(source, parse_dates=["answered_at"])
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


def measure(kind: str, source: Path) -> tuple[float, int]:
    """Seconds and peak memory (MiB) of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.imports", "--run", kind, "--source", str(source)]
    seconds, peak = subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.split()
    return float(seconds), int(peak)


def run_one(kind: str, source: Path) -> None:
    """Do one run here and print its seconds and this process's peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        KINDS[kind](source, Path(folder))
        seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def compare(answers: int, rounds: int) -> None:
    """Print speeds as answers a second and as ratios, then memory by size of the file."""
    kinds = [kind for kind in KINDS if kind != "pandas to_sql" or find_spec("pandas")]
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder) / "once.csv", Path(folder) / "four.csv"]
        for source, times in zip(sources, (1, 4), strict=True):
            generate(source, times * answers)
        runs = [{kind: measure(kind, sources[0]) for kind in kinds} for _ in range(rounds)]
        own = statistics.median(run["homeroom"][0] for run in runs)
        for kind in kinds:
            seconds = statistics.median(run[kind][0] for run in runs)
            peak = max(run[kind][1] for run in runs)
            print(
                f"{kind:16} {answers / seconds:10,.0f} answers/s   {seconds / own:5.2f} x the time"
                f"   peak {peak:5} MiB"
            )
        seconds, peak = measure("homeroom", sources[1])
        print(f"homeroom, 4 x    {4 * answers / seconds:10,.0f} answers/s   peak {peak} MiB")


def main() -> None:
    """Compare, or with --run do a single run for the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", choices=KINDS)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    if given.run:
        run_one(given.run, given.source)
    else:
        compare(given.answers, given.rounds)


if __name__ == "__main__":
    main()
