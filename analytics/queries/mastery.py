"""Where students stand with skills: the state after their last answer in or before a day."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from school.models import DailySkillProgress, Skill


class SkillState(NamedTuple):
    """A student's standing with a skill after their last answer on it, on `day`.

    `first_day` is the day of their first answer on it.
    """

    student_id: int
    skill_id: int
    skill: str
    first_day: date
    day: date
    label: str
    estimate: float
    total_questions: int


class SkillDay(NamedTuple):
    """One student's practice of one skill on one local day, and the standing at its end."""

    skill_id: int
    skill: str
    day: date
    questions: int
    correct: int
    label: str
    estimate: float
    total_questions: int


def skill_states(
    session: Session, workspace_id: int, student_ids: Collection[int], by: date
) -> list[SkillState]:
    """The standing of these students with each skill that they practised in or before `by`."""
    row = DailySkillProgress
    last = (
        select(
            row.student_id,
            row.skill_id,
            func.min(row.day).label("first_day"),
            func.max(row.day).label("day"),
        )
        .where(
            row.workspace_id == workspace_id,
            row.student_id.in_(sorted(student_ids)),
            row.day <= by,
            row.questions > 0,
        )
        .group_by(row.student_id, row.skill_id)
        .subquery()
    )
    at_last = and_(
        row.workspace_id == workspace_id,
        row.student_id == last.c.student_id,
        row.day == last.c.day,
        row.skill_id == last.c.skill_id,
    )
    query = (
        select(
            row.student_id,
            row.skill_id,
            Skill.name,
            last.c.first_day,
            row.day,
            row.label,
            row.estimate,
            row.total_questions,
        )
        .select_from(last)
        .join(row, at_last)
        .join(Skill, Skill.id == row.skill_id)
    )
    return [SkillState._make(found) for found in session.execute(query)]


def skill_days(session: Session, workspace_id: int, student_id: int, by: date) -> list[SkillDay]:
    """All days on which the student practised a skill, in or before `by`, in order."""
    row = DailySkillProgress
    query = (
        select(
            row.skill_id,
            Skill.name,
            row.day,
            row.questions,
            row.correct,
            row.label,
            row.estimate,
            row.total_questions,
        )
        .join(Skill, Skill.id == row.skill_id)
        .where(
            row.workspace_id == workspace_id,
            row.student_id == student_id,
            row.day <= by,
            row.questions > 0,
        )
        .order_by(row.day)
    )
    return [SkillDay._make(found) for found in session.execute(query)]
