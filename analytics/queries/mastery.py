"""Where students stand with skills: the state after their last answer in or before a day."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from school.days import DateRange
from school.models import DailySkillProgress, Skill


class SkillState(NamedTuple):
    """A student's standing with a skill after their last answer on it, on `day`.

    `first_day` is the day of their first answer on it; `mastered_at` the question at which mastered
    was first reached and `mastered_on` its day, None where it was not.
    """

    student_id: int
    skill_id: int
    skill: str
    first_day: date
    day: date
    label: str
    estimate: float
    total_questions: int
    mastered_at: int | None = None
    mastered_on: date | None = None


class SkillDay(NamedTuple):
    """One student's practice of one skill on one local day, and the standing at its end.

    `mastered_on` is the day on which mastered was first reached, None where it was not by then.
    """

    skill_id: int
    skill: str
    day: date
    questions: int
    correct: int
    label: str
    estimate: float
    total_questions: int
    mastered_on: date | None = None


class SkillTotal(NamedTuple):
    """A student's questions and right answers on a skill within some days."""

    student_id: int
    skill_id: int
    skill: str
    questions: int
    correct: int


def _states() -> Select[*tuple[Any, ...]]:
    """The first day with each skill, and the row of the last."""
    row = DailySkillProgress
    span = (
        select(
            row.student_id,
            row.skill_id,
            func.min(row.day).label("first_day"),
            func.max(row.day).label("day"),
        )
        .where(
            row.workspace_id == bindparam("workspace"),
            row.student_id.in_(bindparam("students", expanding=True)),
            row.day <= bindparam("by"),
            row.questions > 0,
        )
        .group_by(row.student_id, row.skill_id)
        .subquery()
    )
    at_last = and_(
        row.workspace_id == bindparam("workspace"),
        row.student_id == span.c.student_id,
        row.day == span.c.day,
        row.skill_id == span.c.skill_id,
    )
    standing = (row.day, row.label, row.estimate, row.total_questions)
    reached = (row.mastered_at_question, row.mastered_on)
    return (
        select(row.student_id, row.skill_id, Skill.name, span.c.first_day, *standing, *reached)
        .select_from(span)
        .join(row, at_last)
        .join(Skill, Skill.id == row.skill_id)
    )


def _days() -> Select[*tuple[Any, ...]]:
    row = DailySkillProgress
    practised = (row.day, row.questions, row.correct)
    standing = (row.label, row.estimate, row.total_questions, row.mastered_on)
    return (
        select(row.skill_id, Skill.name, *practised, *standing)
        .join(Skill, Skill.id == row.skill_id)
        .where(
            row.workspace_id == bindparam("workspace"),
            row.student_id == bindparam("student"),
            row.day <= bindparam("by"),
            row.questions > 0,
        )
        .order_by(row.day)
    )


def _totals() -> Select[*tuple[Any, ...]]:
    """Sums over the stretch of the clustered key that holds each student's days."""
    row = DailySkillProgress
    sums = (
        select(
            row.student_id,
            row.skill_id,
            func.sum(row.questions).label("questions"),
            func.sum(row.correct).label("correct"),
        )
        .where(
            row.workspace_id == bindparam("workspace"),
            row.student_id.in_(bindparam("students", expanding=True)),
            row.day.between(bindparam("start"), bindparam("end")),
            row.questions > 0,
        )
        .group_by(row.student_id, row.skill_id)
        .subquery()
    )
    return select(
        sums.c.student_id, sums.c.skill_id, Skill.name, sums.c.questions, sums.c.correct
    ).join(Skill, Skill.id == sums.c.skill_id)


_STATES, _DAYS, _TOTALS = _states(), _days(), _totals()


def skill_states(
    session: Session, workspace_id: int, student_ids: Collection[int], by: date
) -> list[SkillState]:
    """The standing of these students with each skill that they practised in or before `by`."""
    asked = {"workspace": workspace_id, "students": sorted(student_ids), "by": by}
    return [SkillState._make(found) for found in session.execute(_STATES, asked)]


def skill_days(session: Session, workspace_id: int, student_id: int, by: date) -> list[SkillDay]:
    """All days on which the student practised a skill, in or before `by`, in order."""
    asked = {"workspace": workspace_id, "student": student_id, "by": by}
    return [SkillDay._make(found) for found in session.execute(_DAYS, asked)]


def skill_totals(
    session: Session, workspace_id: int, student_ids: Collection[int], days: DateRange
) -> list[SkillTotal]:
    """The totals of these students on each skill that they practised within `days`."""
    asked = {
        "workspace": workspace_id,
        "students": sorted(student_ids),
        "start": days.start,
        "end": days.end,
    }
    return [SkillTotal._make(found) for found in session.execute(_TOTALS, asked)]
