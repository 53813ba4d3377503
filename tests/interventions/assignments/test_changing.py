"""Taking an assignment back, and how assignments stand."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries.assignments import student_assignment_parts
from interventions.assignments import (
    assignment_view,
    note_seen,
    outcomes,
    take_back_assignment,
)
from interventions.assignments.comparing import before_and_after
from interventions.outcomes import State
from interventions.undoing import take_away, undo_intervention
from school.errors import NotFound
from school.mastery import Mastery
from school.models import (
    AssignmentStudent,
    Delivery,
    DeliveryState,
    Intervention,
    Timer,
)
from tests.interventions.assignments.classroom import Classroom, days_ago
from tests.interventions.staff import NOW, utc

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def ratio(room: Classroom) -> int:
    """A skill that Leo practises."""
    skill = room.skill("Ratio")
    room.practised(room.staff.leo, skill, 20, 10)
    return skill


def part_of(session: Session, student: int) -> AssignmentStudent:
    query = select(AssignmentStudent).where(AssignmentStudent.student_id == student)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def done(session: Session) -> list[Intervention]:
    return list(session.scalars(select(Intervention).order_by(Intervention.id)))


def state(session: Session, now: datetime = NOW) -> list[State]:
    found = outcomes(session, done(session), now)
    return [found[key].state for key in sorted(found)]


def test_taken_back_it_counts_nowhere_and_nobody_is_told(
    room: Classroom, session: Session, ratio: int
) -> None:
    made = room.set(ratio)
    [one] = done(session)
    for _time in range(2):
        take_away(one, session=session, now=NOW)
    assert made.withdrawn_at == NOW == one.withdrawn_at
    since, until = utc(1, 0), utc(30, 0)
    assert student_assignment_parts(session, room.staff.leo, since, until) == []
    told = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).one()
    session.refresh(told)
    assert told.state == DeliveryState.CLOSED.value
    assert state(session) == [State.TAKEN_BACK]
    timers = session.scalars(select(Timer.state).where(Timer.job == "assignment_overdue"))
    assert list(timers) == ["withdrawn"]
    with pytest.raises(NotFound):
        note_seen(room.staff.leo, made.id, session=session, now=NOW)


def test_who_has_heard_of_it_hears_that_it_is_not_needed(
    room: Classroom, session: Session, ratio: int
) -> None:
    room.set(ratio)
    told = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).one()
    told.state, told.first_attempt_at, told.finished_at = "sent", LATER, LATER
    session.flush()
    undo_intervention(room.staff.ruiz, done(session)[0].id, session=session, now=LATER)
    kinds = session.scalars(select(Delivery.kind).where(Delivery.student_id.is_not(None)))
    assert sorted(kinds) == ["student_assignment_mail", "student_assignment_withdrawn_mail"]


def test_of_several_the_card_takes_back_all_and_one_alone_takes_its_part(
    room: Classroom, session: Session, ratio: int
) -> None:
    ida, abe = room.another("Ida Moon"), room.another("Abe Lund")
    made = room.set(ratio, student_ids=[room.staff.leo, ida, abe])
    first, second, third = done(session)
    take_away(second, session=session, now=LATER)
    session.flush()
    assert (made.withdrawn_at, third.withdrawn_at) == (None, None)
    left = session.scalars(select(AssignmentStudent.student_id)).all()
    assert set(left) == {room.staff.leo, abe}
    assert first.version == 2
    take_away(first, session=session, now=LATER)
    assert made.withdrawn_at == LATER == third.withdrawn_at
    assert state(session) == [State.TAKEN_BACK] * 3
    take_back_assignment(session, second, LATER)  # nothing is left of it


def test_it_is_under_way_until_it_is_completed_or_known_to_be_late(
    room: Classroom, session: Session, ratio: int
) -> None:
    made = room.set(ratio)
    part = part_of(session, room.staff.leo)
    part.questions, part.correct = 6, 4
    after = made.due_at + timedelta(days=1)
    assert state(session) == [State.RUNNING] == state(session, after)
    found = outcomes(session, done(session), NOW)
    assert [one.detail for one in found.values()] == ["6 of 15"]
    room.practised(room.staff.leo, ratio, 1, 1, day=made.due_at.date())
    room.feed.data_through = made.due_at
    session.flush()
    assert state(session, after) == [State.OVERDUE]
    part.questions, part.correct, part.reached_at = 15, 11, made.due_at
    session.flush()
    [came] = outcomes(session, done(session), after).values()
    assert (came.state, came.detail) == (State.COMPLETED, "11 of 15 right")
    part.completed_at = LATER
    session.flush()
    [came] = outcomes(session, done(session), after).values()
    assert came.at == LATER


def test_nobody_takes_back_an_assignment_of_a_student_who_is_not_theirs(
    room: Classroom, session: Session, ratio: int
) -> None:
    room.set(ratio)
    with pytest.raises(NotFound):
        undo_intervention(room.staff.gray, done(session)[0].id, session=session, now=NOW)


def test_reading_of_it_counts_the_first_time(room: Classroom, session: Session, ratio: int) -> None:
    made = room.set(ratio)
    for moment in (LATER, LATER + timedelta(hours=1)):
        note_seen(room.staff.leo, made.id, session=session, now=moment)
    assert part_of(session, room.staff.leo).seen_at == LATER
    with pytest.raises(NotFound):
        note_seen(room.staff.ben, made.id, session=session, now=LATER)


def test_before_are_the_ten_school_days_before_on_its_skills_alone(
    room: Classroom, session: Session, ratio: int
) -> None:
    leo, other = room.staff.leo, room.skill("Other")
    room.practised(leo, ratio, 10, 7, day=days_ago(11))  # Monday the 2nd, the first of the ten
    room.practised(leo, ratio, 50, 50, day=days_ago(14))  # the Friday before it
    room.practised(leo, ratio, 50, 50, Mastery.MASTERED, day=NOW.date())  # the day itself
    room.practised(leo, other, 30, 0, day=days_ago(1))
    made = room.set(ratio)
    part = part_of(session, leo)
    part.questions, part.correct = 15, 11
    session.flush()
    view = assignment_view(made.id, session=session)
    assert view is not None
    figures = before_and_after(view, view.parts[0], room.staff.workspace, session=session)
    assert (figures.questions_before, figures.correct_before) == (30, 17)
    assert figures.before == pytest.approx(17 / 30)
    assert figures.after == pytest.approx(11 / 15)


def test_too_few_questions_say_nothing_of_before_and_after(
    room: Classroom, session: Session
) -> None:
    skill = room.skill("Rare")
    room.practised(room.staff.leo, skill, 9, 5)
    made = room.set(skill, question_count=5)
    view = assignment_view(made.id, session=session)
    assert view is not None
    figures = before_and_after(view, view.parts[0], room.staff.workspace, session=session)
    assert (figures.before, figures.after) == (None, None)
    assert assignment_view(99_999, session=session) is None
