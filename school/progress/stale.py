"""Marks that say whose derived rows must be made again, and from which local day on.

A mark is written in the same transaction as what makes it needed, so a crash loses none; it is
cleared in the transaction that completes the work.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import Session, aliased

from school.models import Answer, Enrolment, Student, new_id

BEGINNING = date(1970, 1, 1)
"""Before any answer: the whole history is to be made again."""
LONGEST_LIST = 500
_Id = TypeVar("_Id", int, str)
_MARK = """
    INSERT INTO stale_progress (workspace_id, student_id, from_day, stamp) VALUES (?, ?, ?, ?)
    ON CONFLICT (workspace_id, student_id) DO UPDATE SET
        stamp = excluded.stamp,
        from_day = CASE WHEN excluded.from_day < stale_progress.from_day
                        THEN excluded.from_day ELSE stale_progress.from_day END
"""


def mark_stale(
    connection: Connection, workspace_id: int, from_days: Iterable[tuple[int, date]]
) -> None:
    """Mark students (id, first local day to make again) in the caller's transaction."""
    stamp = new_id()
    rows = [(workspace_id, student, day.isoformat(), stamp) for student, day in from_days]
    if rows:
        sql = _MARK if connection.dialect.name == "sqlite" else _MARK.replace("?", "%s")
        connection.exec_driver_sql(sql, rows)


def mark_classmates_stale(session: Session | Connection, student_ids: Iterable[int]) -> None:
    """Mark students and everyone who shares a class with them, from the beginning.

    Mastery rests on who is a classmate: call this after enrolments of `student_ids` were added,
    and before some are removed. Dates of an enrolment do not matter to it.
    """
    connection = session.connection() if isinstance(session, Session) else session
    for ids in in_lists(sorted(set(student_ids))):
        mine, theirs = aliased(Enrolment), aliased(Enrolment)
        query = (
            select(theirs.workspace_id, theirs.student_id)
            .join(mine, mine.class_id == theirs.class_id)
            .where(mine.student_id.in_(ids))
            .union(select(Student.workspace_id, Student.id).where(Student.id.in_(ids)))
        )
        _mark_from_beginning(connection, [(row[0], row[1]) for row in connection.execute(query)])


def mark_all_stale(session: Session | Connection, workspace_id: int) -> None:
    """Mark everyone from the beginning: the school's zone, and with it every day, has changed."""
    connection = session.connection() if isinstance(session, Session) else session
    query = select(Student.workspace_id, Student.id).where(Student.workspace_id == workspace_id)
    _mark_from_beginning(connection, [(row[0], row[1]) for row in connection.execute(query)])


def in_lists(ids: Sequence[_Id]) -> Iterator[Sequence[_Id]]:
    """Ids in parts that fit into one IN list."""
    for start in range(0, len(ids), LONGEST_LIST):
        yield ids[start : start + LONGEST_LIST]


def _mark_from_beginning(connection: Connection, pairs: list[tuple[int, int]]) -> None:
    for workspace_id in sorted({workspace for workspace, _ in pairs}):
        # Without any answer there is nothing derived yet, and answers mark their own students.
        if not connection.scalar(select(exists().where(Answer.workspace_id == workspace_id))):
            continue
        students = sorted(student for workspace, student in pairs if workspace == workspace_id)
        mark_stale(connection, workspace_id, ((student, BEGINNING) for student in students))
