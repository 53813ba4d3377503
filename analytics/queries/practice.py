"""Daily totals and recent sessions of students, straight from the derived tables."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, select
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


def practice_days(
    session: Session, workspace_id: int, student_ids: Collection[int], days: DateRange
) -> Practice:
    """The daily totals of these students within `days`; a student without any has an empty list."""
    query = (
        select(
            DailyProgress.student_id,
            DailyProgress.day,
            DailyProgress.questions,
            DailyProgress.correct,
            DailyProgress.seconds,
            DailyProgress.seconds_estimated,
        )
        .where(
            DailyProgress.workspace_id == workspace_id,
            DailyProgress.student_id.in_(sorted(student_ids)),
            DailyProgress.day.between(days.start, days.end),
        )
        .order_by(DailyProgress.student_id, DailyProgress.day)
    )
    found: Practice = {student_id: [] for student_id in student_ids}
    for student_id, *totals in session.execute(query):
        found[student_id].append(PracticeDay._make(totals))
    return found


def recent_sittings(
    session: Session, workspace_id: int, student_id: int, days: DateRange, *, most: int = 5
) -> Sequence[Sitting]:
    """The student's last sessions within `days`, newest first."""
    query = (
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
            PracticeSession.workspace_id == workspace_id,
            PracticeSession.student_id == student_id,
            PracticeSession.day.between(days.start, days.end),
        )
        .order_by(PracticeSession.started_at.desc(), PracticeSession.session_key.desc())
        .limit(most)
    )
    return [Sitting._make(row) for row in session.execute(query)]


def being_replayed(session: Session, workspace_id: int, student_ids: Collection[int]) -> bool:
    """Whether derived rows of any of these students still have to be made again."""
    waiting = exists().where(
        StaleProgress.workspace_id == workspace_id,
        StaleProgress.student_id.in_(sorted(student_ids)),
    )
    return bool(session.scalar(select(waiting)))
