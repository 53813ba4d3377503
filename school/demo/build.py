"""Building the demo school in an empty database: its records, and a term's practice."""

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
from school.demo.people import (
    LEO_IN_SLACK,
    PRACTISED,
    TEACHERS,
    DemoPerson,
    DemoStudent,
    demo_students,
    further_students,
)
from school.demo.practice import Calendar, DemoAnswer, practise
from school.demo.records import (
    ZONE,
    Place,
    add_assignments,
    add_classes,
    add_guardians,
    add_skills,
    add_students,
)
from school.models import Answer, Feed, Workspace
from school.progress import refresh_progress
from school.progress.stale import mark_stale

SEED = 5
FEED = "Demo practice"
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """What the demo needs to know: its teachers, and which students have a Slack account."""

    workspace_id: int
    teachers: tuple[DemoPerson, ...]
    students: tuple[DemoPerson, ...]


def build_demo_school(
    session_factory: SessionFactory, *, now: datetime, seed: int = SEED
) -> DemoSchool:
    """Fill an empty database with the demo school, its term ending on the local day of `now`.

    The same seed and moment give the same school.
    """
    calendar = Calendar(now, ZoneInfo(ZONE))
    practised = _practised(calendar, seed)
    with session_factory.begin() as session:
        place = _open(session, calendar)
        rows = _lay_out(place, practised, Random(f"{seed} records"))
    for batch in _batches(rows):
        with session_factory.begin() as session:
            session.connection().execute(insert(Answer), batch)
    refresh_progress(session_factory, place.workspace_id)
    return DemoSchool(place.workspace_id, TEACHERS, (LEO_IN_SLACK,))


def _practised(calendar: Calendar, seed: int) -> dict[DemoStudent, list[DemoAnswer]]:
    """All students with their answers. Grades 5 and 6 have chances of their own.

    So their figures stay what they are, whoever else comes to the school.
    """
    first, further = Random(seed), Random(f"{seed} further")
    practised = {}
    for people, rng in ((demo_students(first), first), (further_students(further), further)):
        for one in people:
            skills = PRACTISED[one.class_title]
            practised[one] = list(practise(one.story, calendar, rng, skills))
    return practised


def _open(session: Session, calendar: Calendar) -> Place:
    workspace = Workspace(name="Demo school", timezone=ZONE, created_at=calendar.now)
    session.add(workspace)
    session.flush()  # All other rows carry its id.
    return Place(session, workspace.id, calendar)


def _lay_out(
    place: Place, practised: dict[DemoStudent, list[DemoAnswer]], rng: Random
) -> list[dict[str, Any]]:
    """Lay out everything but the answers; give back the answers' rows, a student after another."""
    classes = add_classes(place)
    students = add_students(place, practised, classes)
    add_guardians(place, students, rng)
    skills = add_skills(place)
    add_assignments(place, classes, students, skills, rng)
    days = ((student_id, place.calendar.start) for student_id in students.values())
    mark_stale(place.session.connection(), place.workspace_id, days)
    feed = Feed(name=FEED)
    place.add(feed)
    rows = list(_answers(practised, students, skills, feed))
    feed.data_through = max(row["answered_at"] for row in rows)
    return rows


def _answers(
    practised: dict[DemoStudent, list[DemoAnswer]],
    students: dict[DemoStudent, int],
    skills: dict[str, int],
    feed: Feed,
) -> Iterator[dict[str, Any]]:
    keys = count(1)
    for person, answers in practised.items():
        for one in answers:
            yield {
                "workspace_id": feed.workspace_id,
                "student_id": students[person],
                "answered_at": one.answered_at,
                "key": next(keys),
                "skill_id": skills[one.skill],
                "feed_id": feed.id,
                "outcome": one.outcome,
                "item": one.item,
                "seconds": one.seconds,
                "session_key": one.session,
            }


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]
