"""What tests of assignments share: files of them, and how far students are on record."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from school.imports.assignments import import_assignments
from school.imports.outcome import ImportOutcome
from school.models import Assignment, AssignmentSkill, AssignmentStudent, Skill, Student
from tests.school.imports.practice import NOW, School

GIVEN = {
    "assignment_id": "w1",
    "title": "Ratios, part 1",
    "class": "Maths",
    "student_id": "Ada",
    "skills": "Ratio;Area",
    "question_count": 3,
    "difficulty": "easy",
    "assigned_at": "2026-01-05T10:00:00",
    "due_at": "2026-01-08",
    "completed_at": "",
    "score": "",
}


def set_work(school: School, *rows: dict[str, Any], strict: bool = False) -> ImportOutcome:
    """Import assignments, each row given by what differs from `GIVEN`."""
    path = school.folder / "assignments.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(GIVEN))
        writer.writeheader()
        writer.writerows({**GIVEN, **row} for row in rows)
    return take_file(school, path, strict=strict)


def take_file(school: School, path: Path, *, strict: bool = False) -> ImportOutcome:
    """Import a file of assignments."""
    return import_assignments(
        path,
        session_factory=school.factory,
        workspace_id=school.workspace_id,
        strict=strict,
        now=NOW,
    )


def assignment(school: School, source_id: str = "w1") -> Assignment:
    """An assignment on record."""
    with school.factory() as session:
        query = select(Assignment).where(
            Assignment.workspace_id == school.workspace_id, Assignment.source_id == source_id
        )
        return session.scalars(query).one()


def skills_of(school: School, source_id: str = "w1") -> set[str]:
    """The ids of an assignment's skills."""
    with school.factory() as session:
        query = (
            select(Skill.source_id)
            .join(AssignmentSkill, AssignmentSkill.skill_id == Skill.id)
            .where(AssignmentSkill.assignment_id == assignment(school, source_id).id)
        )
        return set(session.scalars(query))


def parts(school: School) -> dict[tuple[str, str], AssignmentStudent]:
    """All parts on record, by assignment and student."""
    with school.factory() as session:
        query = (
            select(Assignment.source_id, Student.source_id, AssignmentStudent)
            .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
            .join(Student, Student.id == AssignmentStudent.student_id)
            .where(AssignmentStudent.workspace_id == school.workspace_id)
        )
        return {(work, student): part for work, student, part in session.execute(query)}


def counted(school: School) -> dict[tuple[str, str], tuple[int, int, datetime | None]]:
    """Questions, right ones and when the number was reached, by assignment and student."""
    return {
        key: (part.questions, part.correct, part.reached_at) for key, part in parts(school).items()
    }
