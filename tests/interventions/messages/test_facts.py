"""What placeholders stand for: the figures that the card shows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from interventions.messages import Placeholder, Values, fill, placeholder_values
from school.access import viewer_of
from school.errors import NotFound
from school.mastery import Mastery
from school.models import Assignment, AssignmentStudent, Enrolment, Student, User
from tests.interventions.assignments.classroom import Classroom
from tests.interventions.staff import NOW, Staff, utc

P = Placeholder


def values(session: Session, staff: Staff, **about: Any) -> Values:
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    return placeholder_values(session, viewer, staff.leo, now=NOW, **about)


def an_assignment(session: Session, staff: Staff, title: str, due: int, **part: Any) -> int:
    row = Assignment(workspace_id=staff.workspace, source_id=title, class_id=staff.maths)
    row.title, row.question_count, row.difficulty = title, 10, "easy"
    row.assigned_at, row.due_at = utc(2, 15), utc(due, 22)
    session.add(row)
    session.flush()
    session.add(
        AssignmentStudent(
            workspace_id=staff.workspace, assignment_id=row.id, student_id=staff.leo, **part
        )
    )
    session.flush()
    return row.id


def test_names_need_no_figures(session: Session, seeded: Staff) -> None:
    found = values(session, seeded, wanted=[P.STUDENT])
    assert dict(found.known) == {
        P.STUDENT: "Leo",
        P.TEACHER: "Ms Ruiz",
        P.CLASS: "Grade 5 Maths",
    }


def test_days_are_the_school_days_that_the_card_shows(
    session: Session, seeded: Staff, room: Classroom
) -> None:
    ratio = room.skill("Ratio")
    room.practised(seeded.leo, ratio, 12, 8, day=date(2026, 10, 30))
    room.practised(seeded.leo, ratio, 1, 1, day=date(2026, 10, 29))
    mate = Student(workspace_id=seeded.workspace, source_id="m", given_name="Mo", created_at=NOW)
    session.add(mate)
    session.flush()
    room.practised(mate.id, ratio, 10, 5)
    found = values(session, seeded, concern="inactive")
    # 2 to 13 November: ten school days, up to the Friday that the data reach.
    assert found.known[P.DAYS] == "10"
    words = "Hi [Student], I noticed you haven't practiced in [X] days."
    assert fill(words, found).text == "Hi Leo, I noticed you haven't practiced in 10 days."


def test_the_skill_is_the_one_named_or_struggled_with_and_its_percent_goes_with_it(
    session: Session, seeded: Staff, room: Classroom
) -> None:
    ratio, division = room.skill("Ratio"), room.skill("Division  by\ntwo")
    room.practised(seeded.leo, ratio, 40, 12, Mastery.NEEDS_WORK)
    room.practised(seeded.leo, division, 20, 16)
    weak = values(session, seeded, concern="struggling")
    assert (weak.known[P.SKILL], weak.known[P.PERCENT]) == ("Ratio", "30")
    named = values(session, seeded, skill_id=division)
    assert (named.known[P.SKILL], named.known[P.PERCENT]) == ("Division by two", "80")
    assert fill("improved to [X]%", named).text == "improved to 80%"
    assert P.DAYS not in named.known
    assert "missed no school day" in named.why_not[P.DAYS]
    assert P.SKILL not in values(session, seeded, skill_id=999_999).known


def test_what_the_class_works_on_is_what_it_practised_most_of_late(
    session: Session, seeded: Staff, room: Classroom
) -> None:
    ratio, area, volume = room.skill("Ratio"), room.skill("Area"), room.skill("Volume")
    room.practised(seeded.leo, ratio, 9, 1, Mastery.NEEDS_WORK)
    assert P.CLASS_SKILL not in values(session, seeded).known
    mate = Student(workspace_id=seeded.workspace, source_id="m", given_name="Mo", created_at=NOW)
    session.add(mate)
    session.flush()
    session.add(Enrolment(workspace_id=seeded.workspace, student_id=mate.id, class_id=seeded.maths))
    room.practised(mate.id, area, 12, 10)
    room.practised(mate.id, volume, 90, 80, day=date(2026, 10, 20))
    found = values(session, seeded, concern="inactive")
    words = "your class is working on [Skill]. Can you practice 10 questions today?"
    assert fill(words, found).text.startswith("your class is working on Area.")
    assert P.CLASS_SKILL not in values(session, seeded, wanted=[P.SKILL]).known


def test_the_assignment_is_the_late_one_or_the_one_just_done(
    session: Session, seeded: Staff, room: Classroom
) -> None:
    assert P.ASSIGNMENT not in values(session, seeded).known
    room.practised(seeded.leo, room.skill("Ratio"), 12, 8)
    late = an_assignment(session, seeded, "Homework [A]", 10)
    done = an_assignment(session, seeded, "Quiz", 12, completed_at=utc(11, 15))
    assert values(session, seeded, concern="overdue").known[P.ASSIGNMENT] == "Homework [A]"
    assert values(session, seeded, concern="praise").known[P.ASSIGNMENT] == "Quiz"
    assert values(session, seeded, assignment_id=done).known[P.ASSIGNMENT] == "Quiz"
    assert values(session, seeded, assignment_id=late).known[P.ASSIGNMENT] == "Homework [A]"
    assert P.ASSIGNMENT not in values(session, seeded, assignment_id=999_999).known


def test_a_streak_is_of_school_days(session: Session, seeded: Staff, room: Classroom) -> None:
    ratio = room.skill("Ratio")
    for day in range(9, 14):
        room.practised(seeded.leo, ratio, 3, 2, day=date(2026, 11, day))
    found = values(session, seeded, concern="praise")
    assert fill("you're on a [X]-day streak!", found).text == "you're on a 5-day streak!"


def test_the_figures_are_for_teachers_of_the_student(session: Session, seeded: Staff) -> None:
    viewer = viewer_of(session, session.get_one(User, seeded.gray), now=NOW)
    with pytest.raises(NotFound):
        placeholder_values(session, viewer, seeded.leo, now=NOW)
