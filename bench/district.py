"""A made-up district for benchmarks: classes of 30 over 180 days, in SQLite or PostgreSQL.

DuckDB makes the rows, by arithmetic on hashes, as Parquet files; they are copied from there. Each
student practises on two of five school days, two skills a day: about 100 rows of daily progress by
skill a student, so that 10,000 students have a million of them and 100,000 students ten.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Engine, create_engine, text

from school.database import make_engine
from school.models import Base

CLASS_SIZE, DAYS, SKILLS, ASSIGNMENTS = 30, 180, 20, 6
AT_ONCE = 50_000
NULL = "~"
PARTS = {
    "skills": """SELECT n AS id, 1 AS workspace_id, 'k' || n AS source_id, 'Skill ' || n AS name
        FROM range(1, {skills} + 1) r(n)""",
    "skill_prerequisites": """SELECT n AS skill_id, n - 1 AS prerequisite_id, 1 AS workspace_id
        FROM range(2, {skills} + 1) r(n)""",
    "classes": """SELECT n AS id, 1 AS workspace_id, 'c' || n AS source_id,
        'Class ' || n AS title, TRUE AS is_active, TIMESTAMP '2026-01-01' AS created_at
        FROM range(1, {classes} + 1) r(n)""",
    "students": """SELECT n AS id, 1 AS workspace_id, 's' || n AS source_id,
        'Student' AS given_name, 'No ' || n AS family_name, TRUE AS is_active,
        TRUE AS on_leaderboard, TIMESTAMP '2026-01-01' AS created_at
        FROM range(1, {students} + 1) r(n)""",
    "enrolments": """SELECT id, 1 AS workspace_id, (id - 1) // {size} + 1 AS class_id,
        id AS student_id, DATE '{first}' AS starts_on FROM students""",
    "daily_skill_progress": """
        WITH days AS (
            SELECT s.id AS student_id, DATE '{first}' + d::INTEGER AS day, d AS place
            FROM students s, range({days}) r(d)
            WHERE isodow(DATE '{first}' + d::INTEGER) < 6 AND hash(s.id, d) % 5 < 2
        ), rows AS (
            SELECT student_id, day, 1 + (place // 30 * 2 + hash(student_id, place, n) % 6 + 6 * n)
                % {skills} AS skill_id, 5 + hash(place, student_id, n) % 6 AS questions,
                hash(n, student_id, place) % 100 AS luck, 55 + student_id % 40 AS level
            FROM days, range(2) t(n)
        ), counted AS (
            SELECT *, greatest(0, least(questions, (questions * (level + luck % 31 - 15)) // 100))
                AS correct FROM rows
        ), summed AS (
            SELECT *, sum(questions) OVER so_far AS total_questions,
                sum(correct) OVER so_far AS total_correct FROM counted
            WINDOW so_far AS (PARTITION BY student_id, skill_id ORDER BY day)
        ), judged AS (
            SELECT *, round((2 + total_correct) / (4 + total_questions), 4) AS estimate FROM summed
        )
        SELECT 1 AS workspace_id, student_id, day, skill_id::INTEGER AS skill_id,
            questions::INTEGER AS questions, correct::INTEGER AS correct,
            questions * 30e0 AS seconds, estimate, correct * 1e0 AS weight_correct,
            questions * 1e0 AS weight_total, 0.5e0 AS prior,
            CASE WHEN total_questions < 5 THEN 'too little practice'
                WHEN estimate >= 0.8 AND total_questions >= 10 THEN 'mastered'
                WHEN estimate < 0.65 THEN 'needs work' ELSE 'in progress' END AS label,
            total_questions::INTEGER AS total_questions, total_correct::INTEGER AS total_correct,
            NULL::INTEGER AS mastered_at_question, NULL::DATE AS mastered_on
        FROM judged ORDER BY student_id, day, skill_id""",
    "daily_progress": """SELECT 1 AS workspace_id, student_id, day,
        sum(questions)::INTEGER AS questions, sum(correct)::INTEGER AS correct,
        sum(seconds) AS seconds, 0e0 AS seconds_estimated,
        sum(10 * correct + 2 * (questions - correct)) * 1e0 AS xp, 1 AS sessions,
        0e0 AS excess_sum, 0 AS excess_count
        FROM daily_skill_progress GROUP BY student_id, day ORDER BY student_id, day""",
    "practice_sessions": """SELECT 1 AS workspace_id, student_id,
        epoch_ms(day + INTERVAL 15 HOUR) AS started_at, '' AS session_key,
        epoch_ms(day + INTERVAL 16 HOUR) AS ended_at, day, questions, correct, seconds,
        0e0 AS seconds_estimated, '[1, 2]' AS skill_ids, '[5, 5]' AS skill_questions
        FROM daily_progress ORDER BY student_id, day""",
    "answers": """SELECT 1 AS workspace_id, student_id,
        epoch_ms(max(day) + INTERVAL 15 HOUR) AS answered_at, student_id AS key, 1 AS skill_id,
        1 AS feed_id, 0 AS sequence, 1 AS outcome, 1 AS copies, 0 AS run_id, 1 AS run_copies
        FROM daily_progress GROUP BY student_id ORDER BY student_id""",
    "assignments": """SELECT (c.id - 1) * {assignments} + n AS id, 1 AS workspace_id,
        'a' || ((c.id - 1) * {assignments} + n) AS source_id, c.id AS class_id,
        'Practice ' || n AS title, '' AS description, 15 AS question_count, 'medium' AS difficulty,
        TIMESTAMP '{last}' - n::INTEGER * INTERVAL 14 DAY AS assigned_at,
        TIMESTAMP '{last}' - n::INTEGER * INTERVAL 14 DAY + INTERVAL 7 DAY AS due_at
        FROM classes c, range(1, {assignments} + 1) r(n)""",
    "assignment_skills": """SELECT id AS assignment_id, 1 + id % {skills} AS skill_id,
        1 AS workspace_id FROM assignments""",
    "assignment_students": """SELECT a.id AS assignment_id, s.id AS student_id, 1 AS workspace_id,
        12 AS questions, 8 AS correct, CASE WHEN hash(a.id, s.id) % 4 > 0
            THEN a.due_at - INTERVAL 1 DAY END AS reached_at
        FROM assignments a JOIN enrolments e ON e.class_id = a.class_id
        JOIN students s ON s.id = e.student_id ORDER BY ALL""",
}
"""Each table's rows as DuckDB makes them, from those before it."""
WORKSPACE = (
    "INSERT INTO workspaces (id, name, timezone, created_at)"
    " VALUES (1, 'District', 'America/New_York', '2026-01-01 00:00:00')"
)
FEED = (
    "INSERT INTO feeds (id, workspace_id, name, data_through)"
    " VALUES (1, 1, 'practice', '{through}')"
)


@dataclass(frozen=True, slots=True)
class District:
    """What was made: how many students, and DuckDB with its Parquet files under the same names."""

    students: int
    peer: duckdb.DuckDBPyConnection
    folder: Path

    @property
    def classes(self) -> int:
        """How many classes there are; their ids count from 1."""
        return -(-self.students // CLASS_SIZE)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        found = self.peer.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(found[0][0])


def make_district(folder: Path, students: int, last: date) -> District:
    """The rows of a district whose last day of practice is `last`, as Parquet in `folder`."""
    peer = duckdb.connect()
    asked = {
        "students": students,
        "classes": -(-students // CLASS_SIZE),
        "size": CLASS_SIZE,
        "skills": SKILLS,
        "days": DAYS,
        "assignments": ASSIGNMENTS,
        "first": last - timedelta(days=DAYS - 1),
        "last": f"{last} 22:00:00",
    }
    for table, query in PARTS.items():
        file = folder / f"{table}.parquet"
        peer.execute(f"COPY ({query.format_map(asked)}) TO '{file}' (ROW_GROUP_SIZE 61440)")
        peer.execute(f"CREATE VIEW {table} AS FROM '{file}'")
    return District(students, peer, folder)


def into_sqlite(district: District, path: Path, through: datetime) -> Engine:
    """A SQLite file with the district's rows, `through` being the moment of its newest answer."""
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    database = sqlite3.connect(path)
    database.execute(WORKSPACE)
    database.execute(FEED.format(through=f"{through:%Y-%m-%d %H:%M:%S}"))
    for table in PARTS:
        names, batches = _batches(district, table)
        marks = ", ".join("?" for _ in names)
        insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
        for batch in batches:
            database.executemany(insert, batch)
    database.execute("ANALYZE")
    database.commit()
    database.close()
    return engine


def into_postgresql(district: District, address: str, through: datetime) -> Engine:
    """The same in an empty PostgreSQL database."""
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text(WORKSPACE))
        connection.execute(text(FEED.format(through=f"{through:%Y-%m-%d %H:%M:%S}")))
        cursor: Any = connection.connection.cursor()
        for table in PARTS:
            names, batches = _batches(district, table)
            copying = f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT csv, NULL '{NULL}')"
            with cursor.copy(copying) as copy:
                for batch in batches:
                    copy.write(_as_csv(batch))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return engine


def _as_csv(rows: list[tuple[Any, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([NULL if one is None else one for one in row] for row in rows)
    return out.getvalue()


def _batches(district: District, table: str) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
    """A table's column names and its rows, days and moments as text."""
    described = district.peer.execute(f"DESCRIBE {table}").fetchall()
    names = [row[0] for row in described]
    columns = [
        f"strftime({name}, '%Y-%m-%d %H:%M:%S.000000') AS {name}"
        if kind == "TIMESTAMP"
        else f"{name}::VARCHAR AS {name}"
        if kind == "DATE"
        else name
        for name, kind, *_ in described
    ]
    rows = district.peer.cursor().execute(f"SELECT {', '.join(columns)} FROM {table}")

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        while batch := rows.fetchmany(AT_ONCE):
            yield batch

    return names, batches()
