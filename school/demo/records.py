"""The records of the demo school: classes, people, skills and assignments, without practice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from school.demo.assignments import DemoAssignment, assignments, parts
from school.demo.families import guardians
from school.demo.lists import SKILLS
from school.demo.people import (
    ADMINISTRATORS,
    LEO_IN_SLACK,
    TEACHERS,
    TEACHING,
    DemoStudent,
)
from school.demo.practice import Calendar
from school.models import (
    Assignment,
    AssignmentSkill,
    AssignmentStudent,
    Class,
    ClassTeacher,
    Enrolment,
    Guardian,
    Holiday,
    Role,
    School,
    Skill,
    SkillPrerequisite,
    Student,
    Term,
    User,
)

ZONE = "America/New_York"
OFF_LEADERBOARD = "Grade 5 Maths"
"""The last student of this class is left out of leaderboards."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are laid out: the caller's transaction, the workspace and the term."""

    session: Session
    workspace_id: int
    calendar: Calendar

    def add(self, *records: Any) -> None:
        """Add records of this workspace; their ids are needed at once."""
        for record in records:
            record.workspace_id = self.workspace_id
            self.session.add(record)
        self.session.flush()


def add_classes(place: Place) -> dict[str, Class]:
    """The school, its term and holidays, its classes by title, and who teaches them."""
    calendar = place.calendar
    school = School(source_id="harbour", name="Harbour School")
    place.add(
        school,
        Holiday(day=calendar.holiday, name="Staff day"),
        Holiday(day=calendar.coming_holiday, name="Harbour Day"),
    )
    term = Term(
        school_id=school.id,
        source_id="term",
        title="This term",
        starts_on=calendar.start,
        ends_on=calendar.today,
    )
    place.add(term)
    classes = {
        title: Class(
            school_id=school.id,
            term_id=term.id,
            source_id=title.lower().replace(" ", "-"),
            title=title,
            grade=title.split()[1],
            created_at=calendar.now,
        )
        for title in TEACHING
    }
    place.add(*classes.values())
    _add_teachers(place, classes)
    return classes


def _add_teachers(place: Place, classes: dict[str, Class]) -> None:
    users = {
        one: User(
            name=one.name,
            email=one.email,
            slack_user_id=one.slack_user_id,
            timezone=ZONE,
            role=(Role.ADMINISTRATOR if one in ADMINISTRATORS else Role.TEACHER).value,
            created_at=place.calendar.now,
        )
        for one in (*TEACHERS, *ADMINISTRATORS)
    }
    place.add(*users.values())
    for title, teachers in TEACHING.items():
        for person, role in teachers:
            place.add(ClassTeacher(class_id=classes[title].id, user_id=users[person].id, role=role))


def add_students(
    place: Place, people: Iterable[DemoStudent], classes: dict[str, Class]
) -> dict[DemoStudent, int]:
    """The students, enrolled for as long as their stories say; their ids."""
    in_slack = {LEO_IN_SLACK.name: LEO_IN_SLACK.slack_user_id}
    students = {
        one: Student(
            source_id=one.source_id,
            given_name=one.given_name,
            family_name=one.family_name,
            grade=classes[one.class_title].grade,
            email=f"{one.source_id.lower()}@students.school.test",
            slack_user_id=in_slack.get(one.name),
            created_at=place.calendar.now,
        )
        for one in people
    }
    *_, private = (one for one in students if one.class_title == OFF_LEADERBOARD)
    students[private].on_leaderboard = False
    place.add(*students.values())
    ids = {one: student.id for one, student in students.items()}
    place.add(*(_enrolment(one, ids[one], classes, place.calendar) for one in ids))
    return ids


def _enrolment(
    one: DemoStudent, student_id: int, classes: dict[str, Class], calendar: Calendar
) -> Enrolment:
    joined, left = one.story.joined, one.story.left
    return Enrolment(
        student_id=student_id,
        class_id=classes[one.class_title].id,
        starts_on=calendar.start if joined is None else calendar.monday(joined),
        ends_on=None if left is None else _friday(calendar, left),
    )


def _friday(calendar: Calendar, weeks_ago: int) -> date:
    return calendar.monday(weeks_ago) + timedelta(days=4)


def add_guardians(place: Place, students: dict[DemoStudent, int], rng: Random) -> None:
    """The guardians of all students."""
    place.add(
        *(
            Guardian(
                student_id=student_id,
                source_id=f"G{one.source_id[1:]}-{number}",
                name=guardian.name,
                email=guardian.email,
                language=guardian.language,
                do_not_contact=guardian.do_not_contact,
            )
            for one, student_id in students.items()
            for number, guardian in enumerate(guardians(one, rng), 1)
        )
    )


def add_skills(place: Place) -> dict[str, int]:
    """The skills, with what comes before each; their ids by name."""
    skills = {name: Skill(source_id=name, name=name) for name in SKILLS}
    place.add(*skills.values())
    place.add(
        *(
            SkillPrerequisite(skill_id=skills[name].id, prerequisite_id=skills[first].id)
            for name, before in SKILLS.items()
            for first in before
        )
    )
    return {name: skill.id for name, skill in skills.items()}


def add_assignments(
    place: Place,
    classes: dict[str, Class],
    students: dict[DemoStudent, int],
    skills: dict[str, int],
    rng: Random,
) -> None:
    """What was assigned, and to whom; how far they are is worked out from practice."""
    teachers = _first_teachers(place)
    for planned in assignments(place.calendar):
        class_id = classes[planned.class_title].id
        assignment = _assignment(planned, class_id, teachers[class_id])
        place.add(assignment)
        of_it = {"assignment_id": assignment.id}
        mates = [one for one in students if one.class_title == planned.class_title]
        place.add(
            *(AssignmentSkill(skill_id=skills[name], **of_it) for name in planned.skills),
            *(
                AssignmentStudent(
                    student_id=students[part.student],
                    completed_at=part.completed_at,
                    score=part.score,
                    **of_it,
                )
                for part in parts(planned, mates, place.calendar, rng)
            ),
        )


def _first_teachers(place: Place) -> dict[int, int]:
    """Who leads each class."""
    query = select(ClassTeacher.class_id, ClassTeacher.user_id).where(
        ClassTeacher.workspace_id == place.workspace_id, ClassTeacher.role == "primary"
    )
    return {row[0]: row[1] for row in place.session.execute(query)}


def _assignment(planned: DemoAssignment, class_id: int, teacher_id: int) -> Assignment:
    return Assignment(
        source_id=planned.source_id,
        class_id=class_id,
        teacher_id=teacher_id,
        title=planned.title,
        question_count=planned.question_count,
        difficulty=planned.difficulty,
        assigned_at=planned.assigned_at,
        due_at=planned.due_at,
    )
