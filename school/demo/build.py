"""Building the demo school in an empty database: people, classes, skills and a term's practice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.demo.lists import SKILLS
from school.demo.people import (
    ELENA,
    LEO_IN_SLACK,
    OMAR,
    TEACHING,
    DemoPerson,
    DemoStudent,
    demo_students,
)
from school.demo.practice import Calendar, practise
from school.models import (
    Answer,
    Class,
    ClassTeacher,
    Enrolment,
    Feed,
    Holiday,
    School,
    Skill,
    SkillPrerequisite,
    Student,
    Term,
    User,
    Workspace,
)
from school.progress import refresh_progress
from school.progress.stale import mark_stale

SEED = 5
ZONE = "America/New_York"
FEED = "Demo practice"
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """What the demo needs to know: the first teacher has both classes, the second one of them."""

    workspace_id: int
    teachers: tuple[DemoPerson, ...]
    students: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True)
class _Place:
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


def build_demo_school(
    session_factory: SessionFactory, *, now: datetime, seed: int = SEED
) -> DemoSchool:
    """Fill an empty database with the demo school, its term ending on the local day of `now`.

    The same seed and moment give the same school.
    """
    rng = Random(seed)
    calendar = Calendar(now, ZoneInfo(ZONE))
    with session_factory.begin() as session:
        place = _lay_out(session, calendar)
        rows = _answers(place, demo_students(rng), rng)
    for batch in _batches(rows):
        with session_factory.begin() as session:
            session.connection().execute(insert(Answer), batch)
    refresh_progress(session_factory, place.workspace_id)
    return DemoSchool(place.workspace_id, (ELENA, OMAR), (LEO_IN_SLACK,))


def _lay_out(session: Session, calendar: Calendar) -> _Place:
    workspace = Workspace(name="Demo school", timezone=ZONE, created_at=calendar.now)
    session.add(workspace)
    session.flush()  # All other rows carry its id.
    return _Place(session, workspace.id, calendar)


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]


def _answers(place: _Place, people: list[DemoStudent], rng: Random) -> list[dict[str, Any]]:
    """Lay out everything but the answers; give back the answers' rows, a student after another."""
    classes = _classes(place)
    students = _students(place, people, classes)
    skills = _skills(place)
    feed = Feed(name=FEED)
    place.add(feed)
    keys = count(1)
    rows: list[dict[str, Any]] = [
        {
            "workspace_id": place.workspace_id,
            "student_id": student.id,
            "answered_at": one.answered_at,
            "key": next(keys),
            "skill_id": skills[one.skill],
            "feed_id": feed.id,
            "outcome": one.outcome,
            "item": one.item,
            "seconds": one.seconds,
            "session_key": one.session,
        }
        for person, student in zip(people, students, strict=True)
        for one in practise(person.story, place.calendar, rng)
    ]
    feed.data_through = max(row["answered_at"] for row in rows)
    return rows


def _classes(place: _Place) -> dict[str, Class]:
    calendar = place.calendar
    school = School(source_id="harbour", name="Harbour School")
    place.add(school, Holiday(day=calendar.holiday, name="Staff day"))
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
    _teachers(place, classes)
    return classes


def _teachers(place: _Place, classes: dict[str, Class]) -> None:
    users = {
        one: User(
            name=one.name,
            email=one.email,
            slack_user_id=one.slack_user_id,
            timezone=ZONE,
            created_at=place.calendar.now,
        )
        for one in (ELENA, OMAR)
    }
    place.add(*users.values())
    for title, teachers in TEACHING.items():
        for person, role in teachers:
            place.add(ClassTeacher(class_id=classes[title].id, user_id=users[person].id, role=role))


def _students(place: _Place, people: list[DemoStudent], classes: dict[str, Class]) -> list[Student]:
    in_slack = {LEO_IN_SLACK.name: LEO_IN_SLACK.slack_user_id}
    students = [
        Student(
            source_id=one.source_id,
            given_name=one.given_name,
            family_name=one.family_name,
            grade=classes[one.class_title].grade,
            slack_user_id=in_slack.get(f"{one.given_name} {one.family_name}"),
            created_at=place.calendar.now,
        )
        for one in people
    ]
    place.add(*students)
    start = place.calendar.start
    days = ((student.id, start) for student in students)
    mark_stale(place.session.connection(), place.workspace_id, days)
    place.add(
        *(
            Enrolment(student_id=student.id, class_id=classes[one.class_title].id, starts_on=start)
            for one, student in zip(people, students, strict=True)
        )
    )
    return students


def _skills(place: _Place) -> dict[str, int]:
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
