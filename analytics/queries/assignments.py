"""What was assigned, to whom, and how far each student is with it; withdrawn, it is not counted.

Statements are built once: putting one together takes longer than SQLite takes to answer it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from school.models import Assignment, AssignmentSkill, AssignmentStudent, Class, Enrolment, Skill


class AssignmentHead(NamedTuple):
    """One assignment: what was set, and its skills by name.

    `starts_on` and `ends_on` are the enrolment of the student asked about in its class; None where
    that is open, and where a class was asked about.
    """

    assignment_id: int
    class_id: int
    class_title: str
    title: str
    question_count: int
    assigned_at: datetime
    due_at: datetime
    starts_on: date | None
    ends_on: date | None
    skills: tuple[str, ...]


class AssignmentPart(NamedTuple):
    """One student's part of an assignment, as school.models.AssignmentStudent keeps it."""

    assignment_id: int
    student_id: int
    completed_at: datetime | None
    reached_at: datetime | None
    questions: int
    correct: int
    score: float | None


_HEAD = (
    Assignment.id,
    Assignment.class_id,
    Class.title,
    Assignment.title,
    Assignment.question_count,
    Assignment.assigned_at,
    Assignment.due_at,
)
_PART = (
    AssignmentStudent.assignment_id,
    AssignmentStudent.student_id,
    AssignmentStudent.completed_at,
    AssignmentStudent.reached_at,
    AssignmentStudent.questions,
    AssignmentStudent.correct,
    AssignmentStudent.score,
)
_TIMELY = (
    Assignment.due_at >= bindparam("since"),
    Assignment.assigned_at <= bindparam("until"),
    Assignment.withdrawn_at.is_(None),
)
_OF_CLASS = (
    select(*_HEAD, Skill.name)
    .join(Class, Class.id == Assignment.class_id)
    .outerjoin(AssignmentSkill, AssignmentSkill.assignment_id == Assignment.id)
    .outerjoin(Skill, Skill.id == AssignmentSkill.skill_id)
    .where(Assignment.class_id == bindparam("class"), *_TIMELY)
    .order_by(Assignment.due_at, Assignment.id, Skill.name)
)
_PARTS = (
    select(*_PART)
    .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
    .where(Assignment.class_id == bindparam("class"), *_TIMELY)
)
_OF_STUDENT = (
    select(*_HEAD, Enrolment.starts_on, Enrolment.ends_on, *_PART[1:], Skill.name)
    .join(AssignmentStudent, AssignmentStudent.assignment_id == Assignment.id)
    .join(Class, Class.id == Assignment.class_id)
    .join(
        Enrolment,
        (Enrolment.class_id == Assignment.class_id)
        & (Enrolment.student_id == AssignmentStudent.student_id),
    )
    .outerjoin(AssignmentSkill, AssignmentSkill.assignment_id == Assignment.id)
    .outerjoin(Skill, Skill.id == AssignmentSkill.skill_id)
    .where(AssignmentStudent.student_id == bindparam("student"), *_TIMELY)
    .order_by(Assignment.due_at, Assignment.id, Skill.name)
)


def class_assignment_heads(
    session: Session, class_id: int, since: datetime, until: datetime
) -> list[AssignmentHead]:
    """The class's assignments due at or after `since` and assigned up to `until`, by due time."""
    asked = {"class": class_id, "since": since, "until": until}
    found: dict[int, tuple[tuple[Any, ...], list[str]]] = {}
    for row in session.execute(_OF_CLASS, asked):
        _, skills = found.setdefault(row[0], ((*row[:-1], None, None), []))
        skills.extend([row[-1]] if row[-1] else ())
    return [AssignmentHead._make((*head, tuple(skills))) for head, skills in found.values()]


def class_assignment_parts(
    session: Session, class_id: int, since: datetime, until: datetime
) -> list[AssignmentPart]:
    """Every student's part of the same assignments."""
    asked = {"class": class_id, "since": since, "until": until}
    return [AssignmentPart._make(row) for row in session.execute(_PARTS, asked)]


def student_assignment_parts(
    session: Session, student_id: int, since: datetime, until: datetime
) -> list[tuple[AssignmentHead, AssignmentPart]]:
    """The student's assignments in all classes that they are or were enrolled in, by due time."""
    asked = {"student": student_id, "since": since, "until": until}
    return _grouped(session.execute(_OF_STUDENT, asked))


def _grouped(
    rows: Iterable[Row[*tuple[Any, ...]]],
) -> list[tuple[AssignmentHead, AssignmentPart]]:
    """One pair an assignment, of one row a skill."""
    found: dict[int, tuple[Row[*tuple[Any, ...]], list[str]]] = {}
    for row in rows:
        _, skills = found.setdefault(row[0], (row, []))
        skills.extend([row[-1]] if row[-1] else ())
    heads = len(_HEAD) + 2
    return [
        (
            AssignmentHead._make((*row[:heads], tuple(skills))),
            AssignmentPart._make((row[0], *row[heads:-1])),
        )
        for row, skills in found.values()
    ]
