"""What happens at the demo school beside practice: assignments, families, comings and goings."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from interventions.assignments.rules import due_moment, usual_due_day
from school.days import is_school_day, local_day
from school.demo.assignments import LATE as LATE_SHARE
from school.demo.assignments import ON_TIME, assignments, parts
from school.demo.families import guardians
from school.demo.people import PRACTISED, demo_students
from school.demo.practice import Calendar
from school.errors import InvalidInput
from school.models import (
    Assignment,
    AssignmentStudent,
    Class,
    Enrolment,
    Guardian,
    Student,
)
from tests.school.demo.conftest import DAYS, Built

ZONE = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
CALENDARS = [Calendar(now + n * DAY, ZONE) for now in DAYS.values() for n in range(7)]
STATES = {"completed", "late", "overdue", "open"}


def states(built: Built) -> Iterator[tuple[str, str]]:
    """Class and state of every student's part of every assignment."""
    session_factory, _, now = built
    with session_factory() as session:
        query = (
            select(Class.title, Assignment, AssignmentStudent)
            .join(Assignment, Assignment.class_id == Class.id)
            .join(AssignmentStudent, AssignmentStudent.assignment_id == Assignment.id)
        )
        for title, assignment, part in session.execute(query):
            done = min((one for one in (part.completed_at, part.reached_at) if one), default=None)
            if done is not None:
                yield title, "late" if done > assignment.due_at else "completed"
            else:
                yield title, "overdue" if assignment.due_at < now else "open"


def test_every_class_has_assignments_in_every_state(built: Built) -> None:
    found = Counter(states(built))
    assert set(found) == {(title, state) for title in PRACTISED for state in STATES}
    assert found["Grade 5 Maths", "completed"] > 3 * found["Grade 5 Maths", "late"]


def test_leo_has_something_overdue(built: Built) -> None:
    session_factory, _, now = built
    with session_factory() as session:
        query = (
            select(func.count())
            .select_from(AssignmentStudent)
            .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
            .join(Student, Student.id == AssignmentStudent.student_id)
            .where(
                Student.given_name == "Leo",
                Assignment.due_at < now,
                AssignmentStudent.completed_at.is_(None),
                AssignmentStudent.reached_at.is_(None),
            )
        )
        assert session.scalar(query)


def due_days(calendar: Calendar) -> list[date]:
    return [local_day(one.due_at, ZONE) for one in assignments(calendar)]


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda one: one.today.isoformat())
def test_something_is_due_today_or_on_the_next_school_day_and_something_on_friday(
    calendar: Calendar,
) -> None:
    due = set(due_days(calendar))
    next_school_day = calendar.today
    while not is_school_day(next_school_day, ()):
        next_school_day += DAY
    assert next_school_day in due
    latest = max(due)
    assert latest.weekday() == 4
    assert 0 < (latest - calendar.today).days <= 7
    for one in assignments(calendar):
        assert one.assigned_at < min(one.due_at, calendar.now)


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda one: one.today.isoformat())
def test_a_holiday_comes_within_days_on_which_nothing_is_due(calendar: Calendar) -> None:
    ahead = (calendar.coming_holiday - calendar.today).days
    assert 3 <= ahead <= 9
    assert calendar.coming_holiday.weekday() == 2
    assert calendar.coming_holiday not in due_days(calendar)


def test_nothing_can_be_due_on_the_coming_holiday_which_is_named(built: Built) -> None:
    session_factory, school, now = built
    holiday = Calendar(now, ZONE).coming_holiday
    with session_factory() as session:
        class_id = session.scalars(select(Class.id)).first() or 0
        with pytest.raises(InvalidInput, match=r"is no school day \(Harbour Day\)\."):
            due_moment(holiday, school.workspace_id, class_id, session=session, now=now)
        eve = datetime.combine(holiday - 3 * DAY, time(9), ZONE)
        suggested = usual_due_day(school.workspace_id, class_id, session=session, now=eve)
    assert suggested == holiday + DAY


def test_what_a_class_is_assigned_it_has_met_and_titles_are_short(built: Built) -> None:
    for one in assignments(Calendar(built[2], ZONE)):
        assert set(one.skills) <= set(PRACTISED[one.class_title])
        assert len(one.title) <= 50
        assert one.question_count > 0


def test_what_was_done_on_paper_has_a_score_and_some_never_hand_in() -> None:
    calendar = Calendar(datetime(2026, 3, 3, 14, 30, tzinfo=ZoneInfo("UTC")), ZONE)
    first = next(assignments(calendar))
    rng = Random(1)
    found = [
        one for _ in range(40) for one in parts(first, demo_students(Random(5)), calendar, rng)
    ]
    done = [one for one in found if one.completed_at]
    late = [one for one in done if one.completed_at and one.completed_at > first.due_at]
    assert first.on_paper
    assert len(done) / len(found) == pytest.approx(ON_TIME + LATE_SHARE, abs=0.03)
    assert len(late) / len(found) == pytest.approx(LATE_SHARE, abs=0.03)
    assert all(one.score is not None and 20 <= one.score <= 100 for one in done)
    assert all(one.score is None for one in found if not one.completed_at)


def test_everyone_has_a_guardian_and_one_must_not_be_written_to(built: Built) -> None:
    with built[0]() as session:
        people = session.scalars(select(Guardian)).all()
    assert len({one.student_id for one in people}) == 100
    assert [one.name for one in people if one.do_not_contact] == ["Declan O'Neil"]
    assert {"en", "es", "ko", "uk", "vi"} <= {one.language for one in people}
    addresses = [one.email for one in people if one.email]
    assert len(set(addresses)) == len(addresses) < len(people)
    assert all(one.endswith(".school.test") for one in addresses)


def test_leos_guardian_is_the_same_on_every_day() -> None:
    leo = next(one for one in demo_students(Random(5)) if one.name == "Leo Park")
    (guardian,) = guardians(leo, Random(1))
    assert (guardian.name, guardian.language) == ("Min-ji Park", "ko")


def test_one_came_late_one_left_and_one_is_on_no_leaderboard(built: Built) -> None:
    session_factory, _, now = built
    calendar = Calendar(now, ZONE)
    with session_factory() as session:
        enrolments = session.execute(
            select(Student.given_name, Enrolment.starts_on, Enrolment.ends_on).join(
                Enrolment, Enrolment.student_id == Student.id
            )
        ).all()
        private = session.scalars(select(Student).where(Student.on_leaderboard.is_(False))).all()
        fifth = session.scalars(
            select(Enrolment.class_id).where(Enrolment.student_id == private[0].id)
        ).one()
        title = session.get_one(Class, fifth).title
    changed = {row[0]: row[1:] for row in enrolments if row[1:] != (calendar.start, None)}
    assert changed == {
        "Tomás": (calendar.monday(5), None),
        "Wren": (calendar.start, calendar.monday(4) + 4 * DAY),
    }
    assert (len(private), title) == (1, "Grade 5 Maths")
