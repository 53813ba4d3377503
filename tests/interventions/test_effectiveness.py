"""What works: interventions handed to the estimator, without what never reached anybody."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from analytics.effects import class_effects
from bench.helped import DAYS
from interventions.effectiveness import student_effects_of, what_works
from school.errors import NotFound
from school.models import ClassTeacher, Intervention, User
from tests.analytics.effects.test_reports import HELPED, NOW, a_class, counted, done, stored
from tests.analytics.school import SmallSchool

AT = time(12, tzinfo=ZoneInfo("America/New_York"))


def a_teacher(school: SmallSchool, class_id: int) -> int:
    at = {"workspace_id": school.workspace.id}
    user = User(**at, email="ruiz@school.test", name="Ms Ruiz", role="teacher", created_at=NOW)
    school.session.add(user)
    school.session.flush()
    school.session.add(ClassTeacher(**at, class_id=class_id, user_id=user.id))
    school.session.flush()
    return user.id


def test_the_estimate_is_that_of_what_reached_students(session: Session) -> None:
    school, made = SmallSchool(session), a_class(HELPED, 5)
    class_id, ids = stored(school, made)
    teacher = a_teacher(school, class_id)
    row = {
        "workspace_id": school.workspace.id,
        "teacher_id": teacher,
        "class_id": class_id,
        "action_taken": "Tutoring",
        "intervention_type": "peer_tutoring",
        "version": 1,
    }
    told = [
        row | {"student_id": ids[one], "created_at": datetime.combine(DAYS[day], AT)}
        for one, day in made.given
    ]
    withdrawn = told[0] | {"student_id": ids[-1], "withdrawn_at": NOW}
    settled = told[0] | {"student_id": ids[-1], "intervention_type": "resolution"}
    session.execute(insert(Intervention), told)
    session.execute(insert(Intervention), [withdrawn])
    session.execute(insert(Intervention), [settled])
    first, second = session.query(Intervention).order_by(Intervention.id).limit(2)
    first.effectiveness_rating, second.effectiveness_rating = 5, 2
    session.flush()
    with counted(session) as asked:
        found = what_works(teacher, class_id, session=session, now=NOW)
    actions = [replace(one, kind="peer_tutoring") for one in done(made, ids)]
    assert found.effects == class_effects(session, [class_id], actions, now=NOW)
    assert found.done == {"peer_tutoring": len(made.given)}
    assert found.ratings["peer_tutoring"].mean == pytest.approx(3.5)
    assert len(asked) <= 16
    one = student_effects_of([first], workspace_id=school.workspace.id, session=session, now=NOW)
    assert one[first.id].expected is not None


def test_a_class_of_others_is_absent(session: Session) -> None:
    school = SmallSchool(session)
    teacher = a_teacher(school, school.a_class())
    other = school.a_class("Art")
    for class_id in (other, 999):
        with pytest.raises(NotFound, match="None of your classes"):
            what_works(teacher, class_id, session=session, now=NOW)


def test_nothing_done_leaves_nothing_to_say(session: Session) -> None:
    school = SmallSchool(session)
    class_id = school.a_class()
    found = what_works(a_teacher(school, class_id), class_id, session=session, now=NOW)
    assert (found.effects, found.ratings) == ((), {})
