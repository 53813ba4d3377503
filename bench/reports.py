"""How long both reports take, beside the same figures by DuckDB over the same rows.

    python -m bench.reports                        the demo school
    python -m bench.reports --rows 10000000        a district with so many daily rows by skill

For each report its queries alone (run and fetched), and the whole report: the median and the best
of many runs, the best being what an idle machine takes.
Then DuckDB's time for the figures of the class's report, and how many times ours that is.
"""

import argparse
import csv
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.calendar import school_calendar
from analytics.queries import mastery, people, practice
from analytics.ranges import resolve_range
from analytics.reports.classes import get_class_performance_report
from analytics.reports.student import get_student_performance_report
from bench.district import build_district
from school.database import make_engine, make_session_factory, reading
from school.days import DateRange
from school.demo.build import build_demo_school
from school.models import Base, Class

RUNS = 60
NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
PEER = (
    """SELECT student_id, day, questions, correct, seconds FROM daily_progress
    WHERE student_id IN (SELECT unnest(?)) AND day BETWEEN ? AND ?""",
    """SELECT student_id, skill_id, min(day), max(day), arg_max(label, day), arg_max(estimate, day)
    FROM daily_skill_progress
    WHERE student_id IN (SELECT unnest(?)) AND day BETWEEN ? AND ? GROUP BY ALL""",
)
"""The two questions that a class's report rests on, as DuckDB answers them best."""


def timed(acts: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Each act's median and best time in milliseconds, in turns, so that noise hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(RUNS):
        for name, act in acts.items():
            start = perf_counter()
            act()
            times[name].append(perf_counter() - start)
    return {name: (1000 * median(found), 1000 * min(found)) for name, found in times.items()}


def class_queries(session: Session, class_id: int, days: DateRange) -> None:
    """All queries of a class's report, and nothing of what follows."""
    before = days.previous() or days
    head = people.class_head(session, class_id)
    span = DateRange(before.start, days.end)
    ids = [one.student_id for one in people.members(session, class_id, span, days.end)]
    practice.practice_days(session, head.workspace_id, ids, span)
    mastery.skill_states(session, head.workspace_id, ids, days.end)
    school_calendar(session, head.workspace_id)
    practice.being_replayed(session, head.workspace_id, ids)


def student_queries(session: Session, student_id: int, class_id: int, days: DateRange) -> None:
    """All queries of a student's report, and nothing of what follows."""
    before = days.previous() or days
    head = people.student_head(session, student_id, days.end)
    ids = [one.student_id for one in people.members(session, class_id, days, days.end)]
    people.class_head(session, class_id)
    practice.practice_days(session, head.workspace_id, ids, days)
    practice.practice_days(session, head.workspace_id, [student_id], before)
    mastery.skill_days(session, head.workspace_id, student_id, days.end)
    mastery.skill_states(session, head.workspace_id, ids, days.end)
    practice.recent_sittings(session, head.workspace_id, student_id, days)
    school_calendar(session, head.workspace_id)
    practice.being_replayed(session, head.workspace_id, ids)


def peer_queries(peer: duckdb.DuckDBPyConnection, ids: list[int], days: DateRange) -> None:
    """The same rows from DuckDB."""
    before = days.previous() or days
    peer.execute(PEER[0], [ids, before.start, days.end]).fetchall()
    peer.execute(PEER[1], [ids, "2000-01-01", days.end]).fetchall()


def demo_school(path: Path) -> duckdb.DuckDBPyConnection:
    """The demo school in a SQLite file; returns DuckDB with the same daily rows."""
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    build_demo_school(make_session_factory(engine), now=NOW)
    engine.dispose()
    peer, database = duckdb.connect(), sqlite3.connect(path)
    for table in ("daily_progress", "daily_skill_progress"):
        rows = database.execute(f"SELECT * FROM {table}")
        copy = path.with_suffix(".csv")
        with copy.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column[0] for column in rows.description)
            writer.writerows(rows)
        peer.execute(f"CREATE TABLE {table} AS FROM read_csv('{copy}')")
    database.close()
    return peer


def measure(session: Session, peer: duckdb.DuckDBPyConnection) -> None:
    """Print the times for the first class and the student in its middle."""
    class_id = session.scalars(select(Class.id).order_by(Class.id)).first() or 0
    days = resolve_range("30d", session=session, now=NOW, class_id=class_id)
    ids = [one.student_id for one in people.members(session, class_id, days)]
    student = ids[len(ids) // 2]
    times = timed(
        {
            "class queries": lambda: class_queries(session, class_id, days),
            "class report": lambda: get_class_performance_report(
                class_id, days, session=session, now=NOW
            ),
            "student queries": lambda: student_queries(session, student, class_id, days),
            "student report": lambda: get_student_performance_report(
                student, days, session=session, now=NOW, class_id=class_id
            ),
            "DuckDB": lambda: peer_queries(peer, ids, days),
        }
    )
    for name, (middle, best) in times.items():
        print(f"{name:16} {middle:6.1f} ms, at best {best:.1f}")
    ratio = times["DuckDB"][0] / times["class queries"][0]
    print(f"DuckDB on the class's daily rows: {ratio:.1f} times our queries, a class of {len(ids)}")


def main() -> None:
    """Build a school, then measure on it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, help="a district with so many daily rows by skill")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeroom-bench-") as folder:
        path = Path(folder) / "school.db"
        built = perf_counter()
        peer = build_district(path, wanted.rows, now=NOW) if wanted.rows else demo_school(path)
        rows = peer.execute("SELECT count(*) FROM daily_skill_progress").fetchall()[0][0]
        print(f"{rows:,} daily rows by skill, made in {perf_counter() - built:.0f} s")
        engine = make_engine(f"sqlite:///{path}")
        with make_session_factory(engine)() as session:
            measure(reading(session), peer)
        engine.dispose()


if __name__ == "__main__":
    main()
