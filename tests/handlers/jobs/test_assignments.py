"""What the clock does about assignments, on both databases: what moved, and nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.jobs.assignments import plan_news, tell_done, tell_overdue
from interventions.undoing import undo_intervention
from school.models import (
    Assignment,
    AssignmentStudent,
    Delivery,
    Intervention,
    Timer,
    TimerState,
    User,
)
from tests.interventions.assignments.classroom import Classroom, lay_out_practice
from tests.interventions.staff import NOW, deliveries, lay_out, pause, utc


@pytest.fixture
def room(session: Session) -> Classroom:
    """The class in which practice is set."""
    return lay_out_practice(session, lay_out(session))


@pytest.fixture
def made(room: Classroom) -> Assignment:
    """Practice for Leo until Friday's end."""
    skill = room.skill("Ratio")
    room.practised(room.staff.leo, skill, 20, 10)
    return room.set(skill)


def plan(session: Session, now: datetime = NOW) -> int:
    """Carry out what the plan wants; how many changes that were."""
    session.flush()
    changes = list(plan_news(session, now))
    for change in changes:
        change(session)
    session.flush()
    return len(changes)


def fire(session: Session, job: str, now: datetime) -> Timer:
    """What the clock does with the newest timer of a job."""
    query = select(Timer).where(Timer.job == job).order_by(Timer.id.desc())
    timer = session.scalars(query.execution_options(populate_existing=True)).first()
    assert timer is not None
    timer.state = TimerState.DONE.value
    {"assignment_done": tell_done, "assignment_overdue": tell_overdue}[job](session, timer, now)
    session.flush()
    return timer


def part(session: Session, made: Assignment, student: int) -> AssignmentStudent:
    return session.get_one(AssignmentStudent, (made.id, student), populate_existing=True)


def news(session: Session) -> list[Delivery]:
    return deliveries(session, "assignment_notice")


def test_only_what_moved_is_shown_anew(room: Classroom, session: Session, made: Assignment) -> None:
    assert plan(session) == 0
    own = part(session, made, room.staff.leo)
    own.questions, own.correct = 6, 4
    before = session.scalars(select(Intervention.version)).one()
    assert plan(session) == 1
    assert part(session, made, room.staff.leo).shown_questions == 6
    assert session.scalars(select(Intervention.version)).one() == before + 1
    assert plan(session) == 0


def test_completion_is_told_once(room: Classroom, session: Session, made: Assignment) -> None:
    own = part(session, made, room.staff.leo)
    own.questions, own.correct, own.reached_at = 15, 11, NOW
    assert plan(session) == 2
    fire(session, "assignment_done", NOW)
    [told] = news(session)
    leo = room.staff.leo
    assert told.payload == {"assignment": made.id, "what": "done", "students": [leo]}
    assert told.recipient_id == room.staff.ruiz
    assert part(session, made, leo).told_done_at == NOW
    assert plan(session) == 0
    assert fire(session, "assignment_done", NOW).state == TimerState.CLOSED.value
    assert len(news(session)) == 1


def test_in_the_evening_it_waits_for_the_morning(
    room: Classroom, session: Session, made: Assignment
) -> None:
    evening, morning = utc(17, 2), utc(17, 12)  # 21:00 and 7:00 in New York
    part(session, made, room.staff.leo).completed_at = evening
    plan(session, evening)
    timer = session.scalars(select(Timer).where(Timer.job == "assignment_done")).one()
    assert timer.due_at == morning
    assert fire(session, "assignment_done", evening).state == TimerState.WAITING.value
    assert timer.due_at == morning
    assert news(session) == []


def test_what_was_taken_back_or_has_no_teacher_in_slack_is_told_to_nobody(
    room: Classroom, session: Session, made: Assignment
) -> None:
    own = part(session, made, room.staff.leo)
    own.questions, own.reached_at = 15, NOW
    plan(session)
    ruiz = session.get_one(User, room.staff.ruiz)
    ruiz.slack_user_id = None
    assert fire(session, "assignment_done", NOW).state == TimerState.CLOSED.value
    ruiz.slack_user_id = "U0RUIZ"
    done = session.scalars(select(Intervention)).one()
    undo_intervention(room.staff.ruiz, done.id, session=session, now=NOW)
    assert fire(session, "assignment_done", NOW).state == TimerState.CLOSED.value
    assert fire(session, "assignment_overdue", NOW).state == TimerState.CLOSED.value
    part(session, made, room.staff.leo).questions = 20
    assert plan(session) == 0
    assert news(session) == []


def test_lateness_waits_for_the_data_and_is_told_of_those_alone(
    room: Classroom, session: Session, made: Assignment
) -> None:
    late = utc(23, 15)
    timer = fire(session, "assignment_overdue", late)
    assert (timer.state, timer.due_at) == (TimerState.WAITING.value, late + timedelta(hours=6))
    room.feed.data_through = utc(20, 20)  # the day that it was due
    fire(session, "assignment_overdue", late)
    [told] = news(session)
    assert told.payload["what"] == "overdue"
    part(session, made, room.staff.leo).completed_at = late
    assert fire(session, "assignment_overdue", late).state == TimerState.CLOSED.value


def test_through_months_without_a_school_day_nothing_is_told(
    room: Classroom, session: Session, made: Assignment
) -> None:
    pause(session, room.staff, NOW.date(), NOW.date() + timedelta(days=120))
    part(session, made, room.staff.leo).completed_at = NOW
    assert plan(session) == 1
    assert session.scalars(select(Timer).where(Timer.job == "assignment_done")).all() == []
    assert fire(session, "assignment_overdue", NOW).state == TimerState.CLOSED.value
