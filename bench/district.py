"""Rows for a benchmark: a whole district's practice, made by DuckDB and copied into SQLite."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from school.database import make_engine
from school.models import Base

AT_ONCE = 50_000
CLASS_SIZE, DAYS, SKILLS = 27, 120, 12
DAILY = """
CREATE TABLE daily_progress AS
SELECT 1 AS workspace_id, student_id, (DATE '2026-07-25' + CAST(day AS INTEGER))::DATE AS day,
    8 + h % 9 AS questions, (8 + h % 9) * (5 + student_id % 5) // 10 AS correct,
    300e0 + h % 400 AS seconds, 0e0 AS seconds_estimated, 1e2 AS xp, 1 AS sessions,
    0e0 AS excess_sum, 8 AS excess_count
FROM (SELECT student_id, day, hash(student_id, day) % 1000 AS h
    FROM range(1, ? + 1) s(student_id), range(?) d(day))
WHERE h < 600 ORDER BY student_id, day
"""
BY_SKILL = """
CREATE TABLE daily_skill_progress AS
SELECT 1 AS workspace_id, student_id, day,
    1 + (hash(student_id, day) % 12 + 5 * n) % ? AS skill_id,
    questions // 2 AS questions, correct // 2 AS correct, seconds / 2 AS seconds,
    0.4e0 + (hash(day, student_id) % 60) / 1e2 AS estimate, 3e0 AS weight_correct,
    6e0 AS weight_total, 5e-1 AS prior,
    ['mastered', 'in progress', 'needs work'][1 + (hash(day, student_id) % 3)::INTEGER] AS label,
    20 AS total_questions, 10 AS total_correct,
    NULL::INTEGER AS mastered_at_question, NULL::DATE AS mastered_on
FROM daily_progress, range(2) r(n) ORDER BY student_id, day, skill_id
"""
PEOPLE = """
INSERT INTO workspaces VALUES (1, 'District', NULL, 'America/New_York', '2026-01-01 00:00:00');
INSERT INTO feeds (id, workspace_id, name, data_through) VALUES (1, 1, 'practice', '{now}');
INSERT INTO classes (id, workspace_id, source_id, title, is_active, created_at)
    VALUES (1, 1, 'c', 'Grade 5 Maths', 1, '2026-01-01 00:00:00');
"""


def build_district(path: Path, rows: int, *, now: datetime) -> duckdb.DuckDBPyConnection:
    """About `rows` rows of daily skill progress in a SQLite file; returns DuckDB with the same.

    One class of 27, whose students lie in the middle of the district.
    """
    students = max(rows // int(DAYS * 0.6 * 2), CLASS_SIZE * 3)
    peer = duckdb.connect()
    peer.execute(DAILY, [students, DAYS])
    peer.execute(BY_SKILL, [SKILLS])
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    database = sqlite3.connect(path)
    database.executescript(PEOPLE.format(now=now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")))
    _add_people(database, students)
    for table in ("daily_progress", "daily_skill_progress"):
        _copy(peer, database, table)
    database.commit()
    database.close()
    return peer


def _add_people(database: sqlite3.Connection, students: int) -> None:
    database.executemany(
        "INSERT INTO skills (id, workspace_id, source_id, name) VALUES (?, 1, ?, ?)",
        [(n, f"k{n}", f"Skill {n}") for n in range(1, SKILLS + 1)],
    )
    middle = range(students // 2, students // 2 + CLASS_SIZE)
    database.executemany(
        "INSERT INTO students (id, workspace_id, source_id, given_name, family_name, is_active,"
        " created_at) VALUES (?, 1, ?, ?, '', 1, '2026-01-01 00:00:00')",
        [(n, f"s{n}", f"Student {n}") for n in middle],
    )
    database.executemany(
        "INSERT INTO enrolments (workspace_id, class_id, student_id) VALUES (1, 1, ?)",
        [(n,) for n in middle],
    )
    database.executemany(
        "INSERT INTO answers (workspace_id, student_id, answered_at, key, feed_id, sequence,"
        " outcome, copies, run_id, run_copies) VALUES (1, ?, 0, 1, 1, 0, 1, 1, 0, 1)",
        [(n,) for n in middle],
    )


def _copy(peer: duckdb.DuckDBPyConnection, database: sqlite3.Connection, table: str) -> None:
    rows = peer.execute(f"SELECT * REPLACE (day::VARCHAR AS day) FROM {table}")
    names = [column[0] for column in rows.description]
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})"
    while batch := rows.fetchmany(AT_ONCE):
        database.executemany(insert, batch)
