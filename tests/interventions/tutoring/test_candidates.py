"""Who can tutor: near, able, free, and nobody who objects or is objected to."""

from datetime import timedelta

from sqlalchemy.orm import Session

from interventions.students import Way
from interventions.tutoring import Answer, mark_answer, tutor_pool
from school.mastery import Mastery
from school.models import ClassTeacher, Enrolment, TutoringBar
from tests.interventions.staff import NOW
from tests.interventions.tutoring.classmates import NAMES, Classmates


def test_three_by_lot_in_an_order_that_a_form_keeps(mates: Classmates) -> None:
    orders = {tuple(mates.names(f"draft {number}")) for number in range(20)}
    assert all(len(order) == 3 and set(order) <= set(NAMES) for order in orders)
    assert len(orders) > 5
    assert {name for order in orders for name in order} == set(NAMES)
    assert mates.names("draft 1") == mates.names("draft 1")


def test_each_is_a_name_with_room_and_a_way_and_no_figures(mates: Classmates) -> None:
    mates.ask("Ida Moon", student=mates.ids["Tom Vale"])
    found = {one.name: one for number in range(9) for one in mates.can_help(str(number))}
    assert "Ida Moon" not in {one.name for one in mates.can_help()}  # others have less to do
    max_ = found["Max Reed"]
    assert (max_.free, max_.where, max_.reach.way) == (3, None, Way.NONE)
    mates.student("Max Reed").may_tutor = False
    [ida] = [one for one in mates.can_help() if one.name == "Ida Moon"]
    assert (ida.free, ida.reach.way) == (2, Way.MAIL)
    assert "ida@school.test" not in repr(ida)


def test_who_is_barred_opted_out_gone_unable_or_the_student_is_left_out(
    mates: Classmates, session: Session
) -> None:
    ids, leo = mates.ids, mates.staff.leo
    mates.student("Ida Moon").may_tutor = False
    mates.student("Max Reed").is_active = False
    first, second = sorted((leo, ids["Pia Song"]))
    bar = TutoringBar(student_id=first, other_id=second, created_at=NOW)
    bar.workspace_id, bar.set_by = mates.staff.workspace, mates.staff.ruiz
    session.add(bar)
    mates.room.another("Una Wick")  # who has not practised
    session.flush()
    assert mates.names() == ["Tom Vale"]
    enrolment = session.query(Enrolment).filter_by(student_id=ids["Tom Vale"]).one()
    enrolment.ends_on = (NOW - timedelta(days=1)).date()
    session.flush()
    assert mates.names() == []


def test_who_helps_already_or_said_no_of_late_is_not_offered_again(
    mates: Classmates, session: Session
) -> None:
    mates.ask("Ida Moon")
    asked = mates.ask("Max Reed")
    mark_answer(mates.staff.ruiz, asked.id, Answer.NO, session=session, now=NOW)
    assert sorted(mates.names()) == ["Pia Song", "Tom Vale"]
    pool = tutor_pool(session, mates.viewer(), mates.staff.leo, NOW + timedelta(days=15))
    assert "Max Reed" in {one.name for one in pool.candidates(mates.fractions)}


def test_classmates_come_before_the_rest_of_the_school_that_one_may_see(
    mates: Classmates, session: Session
) -> None:
    ben, staff = mates.staff.ben, mates.staff
    mates.room.practised(ben, mates.fractions, 20, 19, Mastery.MASTERED)
    mates.student("Ida Moon").may_tutor = mates.student("Max Reed").may_tutor = False
    session.flush()
    assert sorted(mates.names()) == ["Pia Song", "Tom Vale"]  # Art is not Ms Ruiz's
    where = {"workspace_id": staff.workspace, "class_id": staff.art, "user_id": staff.ruiz}
    session.add(ClassTeacher(**where))
    session.flush()
    found = {one.name: one.where for one in mates.can_help()}
    assert found == {"Pia Song": None, "Tom Vale": None, "Ben Stone": "Art"}
