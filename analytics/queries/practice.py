"""Daily totals and recent sessions of students, straight from the derived tables.

Statements are built once: putting one together takes longer than SQLite takes to answer it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from school.days import DateRange
from school.models import DailyProgress, PracticeSession, StaleProgress


class PracticeDay(NamedTuple):
    """One student's totals on one local day; seconds are all, and the estimated part of them."""

    day: date
    questions: int
    correct: int
    seconds: float
    estimated: float
    xp: float = 0.0


class Sitting(NamedTuple):
    """One session of practice; `skill_ids` has the one with most questions first."""

    started_at: datetime
    day: date
    questions: int
    correct: int
    seconds: float
    estimated: float
    skill_ids: list[int]


Practice = dict[int, list[PracticeDay]]
"""By student, their days in order."""

_DAYS = (
    select(
        DailyProgress.student_id,
        DailyProgress.day,
        DailyProgress.questions,
        DailyProgress.correct,
        DailyProgress.seconds,
        DailyProgress.seconds_estimated,
        DailyProgress.xp,
    )
    .where(
        DailyProgress.workspace_id == bindparam("workspace"),
        DailyProgress.student_id.in_(bindparam("students", expanding=True)),
        DailyProgress.day.between(bindparam("start"), bindparam("end")),
    )
    .order_by(DailyProgress.student_id, DailyProgress.day)
)
_SITTINGS = (
    select(
        PracticeSession.started_at,
        PracticeSession.day,
        PracticeSession.questions,
        PracticeSession.correct,
        PracticeSession.seconds,
        PracticeSession.seconds_estimated,
        PracticeSession.skill_ids,
    )
    .where(
        PracticeSession.workspace_id == bindparam("workspace"),
        PracticeSession.student_id == bindparam("student"),
        PracticeSession.day.between(bindparam("start"), bindparam("end")),
    )
    .order_by(PracticeSession.started_at.desc(), PracticeSession.session_key.desc())
    .limit(bindparam("most"))
)
_WAITING = select(
    exists().where(
        StaleProgress.workspace_id == bindparam("workspace"),
        StaleProgress.student_id.in_(bindparam("students", expanding=True)),
    )
)


def practice_days(
    session: Session, workspace_id: int, student_ids: Collection[int], days: DateRange
) -> Practice:
    """The daily totals of these students within `days`; a student without any has an empty list."""
    asked = {
        "workspace": workspace_id,
        "students": sorted(student_ids),
        "start": days.start,
        "end": days.end,
    }
    found: Practice = {student_id: [] for student_id in student_ids}
    for row in session.execute(_DAYS, asked):
        found[row[0]].append(PracticeDay._make(row[1:]))
    return found


def recent_sittings(
    session: Session, workspace_id: int, student_id: int, days: DateRange, *, most: int = 5
) -> Sequence[Sitting]:
    """The student's last sessions within `days`, newest first."""
    asked = {
        "workspace": workspace_id,
        "student": student_id,
        "start": days.start,
        "end": days.end,
        "most": most,
    }
    return [Sitting._make(row) for row in session.execute(_SITTINGS, asked)]


def being_replayed(session: Session, workspace_id: int, student_ids: Collection[int]) -> bool:
    """Whether derived rows of any of these students still have to be made again."""
    asked = {"workspace": workspace_id, "students": sorted(student_ids)}
    return bool(session.scalar(_WAITING, asked))
