"""The skills of a workspace, which come before which, and the practice of one of them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from analytics.prerequisites import Skills
from analytics.queries.practice import Practice, PracticeDay
from school.days import DateRange
from school.models import DailySkillProgress, Enrolment, Skill, SkillPrerequisite
from school.skillgraph import SkillGraph

_SKILLS = (
    select(Skill.id, Skill.name, SkillPrerequisite.prerequisite_id)
    .outerjoin(SkillPrerequisite, SkillPrerequisite.skill_id == Skill.id)
    .where(Skill.workspace_id == bindparam("workspace"))
)
_PRACTISED = (
    DailySkillProgress.workspace_id == bindparam("workspace"),
    DailySkillProgress.student_id.in_(bindparam("students", expanding=True)),
    DailySkillProgress.skill_id == bindparam("skill"),
    DailySkillProgress.questions > 0,
)
_DAYS = (
    select(
        DailySkillProgress.student_id,
        DailySkillProgress.day,
        DailySkillProgress.questions,
        DailySkillProgress.correct,
        DailySkillProgress.seconds,
    )
    .where(*_PRACTISED, DailySkillProgress.day.between(bindparam("start"), bindparam("end")))
    .order_by(DailySkillProgress.student_id, DailySkillProgress.day)
)
_OPEN = and_(
    or_(Enrolment.starts_on.is_(None), Enrolment.starts_on <= bindparam("today")),
    or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= bindparam("today")),
)
_PRACTISING = (
    select(Enrolment.class_id, DailySkillProgress.skill_id)
    .join(
        DailySkillProgress,
        and_(
            DailySkillProgress.workspace_id == Enrolment.workspace_id,
            DailySkillProgress.student_id == Enrolment.student_id,
        ),
    )
    .where(
        DailySkillProgress.workspace_id == bindparam("workspace"),
        Enrolment.class_id.in_(bindparam("classes", expanding=True)),
        DailySkillProgress.skill_id.in_(bindparam("skills", expanding=True)),
        DailySkillProgress.questions > 0,
        _OPEN,
    )
    .distinct()
)
_LAST = select(func.max(DailySkillProgress.day)).where(*_PRACTISED)


def skill_graph(session: Session, workspace_id: int) -> Skills:
    """All skills of the workspace with their direct prerequisites, by one query."""
    names: dict[int, str] = {}
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for skill, name, earlier in session.execute(_SKILLS, {"workspace": workspace_id}):
        names[skill] = name
        if earlier is not None:
            before.setdefault(skill, []).append(earlier)
            after.setdefault(earlier, []).append(skill)
    # Not looked through for cycles each time: the import refuses them.
    return Skills(names, SkillGraph(_fixed(before), _fixed(after)))


def _fixed(neighbours: dict[int, list[int]]) -> dict[int, tuple[int, ...]]:
    return {skill: tuple(found) for skill, found in neighbours.items()}


def practice_on(
    session: Session,
    workspace_id: int,
    student_ids: Collection[int],
    skill_id: int,
    days: DateRange,
) -> Practice:
    """The days of these students with one skill within `days`; the XP is not known by skill.

    A student without any has an empty list.
    """
    asked = {
        "workspace": workspace_id,
        "students": sorted(student_ids),
        "skill": skill_id,
        "start": days.start,
        "end": days.end,
    }
    found: Practice = {student_id: [] for student_id in student_ids}
    for student_id, day, questions, correct, seconds in session.execute(_DAYS, asked):
        found[student_id].append(PracticeDay(day, questions, correct, seconds, 0.0))
    return found


def last_practised(
    session: Session, workspace_id: int, student_ids: Collection[int], skill_id: int
) -> date | None:
    """The last day on which any of these students practised the skill."""
    asked = {"workspace": workspace_id, "students": sorted(student_ids), "skill": skill_id}
    return session.scalar(_LAST, asked)


def classes_practising(
    session: Session,
    workspace_id: int,
    class_ids: Collection[int],
    skill_ids: Collection[int],
    today: date,
) -> set[tuple[int, int]]:
    """Which of these classes practise which of these skills: students of today have done so."""
    asked = {
        "workspace": workspace_id,
        "classes": sorted(class_ids),
        "skills": sorted(skill_ids),
        "today": today,
    }
    return {(class_id, skill) for class_id, skill in session.execute(_PRACTISING, asked)}
