"""What the clock does about assignments: their cards follow practice, and teachers hear of news.

Practice comes by imports, which know nothing of cards: the plan finds the parts whose counts moved
since the teacher was shown them. That somebody completed one, or did not in time, is told once, out
of quiet hours.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Change, Job
from handlers.ids import Kind
from interventions.assignments import assignment_view
from interventions.assignments.queries import completed_of
from interventions.assignments.telling import DONE, OF_USE, OVERDUE, show_of, subject_of
from school.days_off import own_times
from school.deliveries import enqueue
from school.hours import later_allowed
from school.models import (
    Assignment,
    AssignmentStudent,
    Lane,
    Timer,
    TimerState,
    User,
)
from school.models.assignments import HAS_NEWS
from school.timers import set_timer

LOOKED_AT = 200
"""So many parts with news are looked at in one plan: the rest in turn."""
AROUND = timedelta(days=2)
AGAIN = timedelta(hours=6)
"""When it is looked again whether practice up to the due day has come in."""

_NEWS = (
    select(AssignmentStudent, Assignment)
    .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
    .where(HAS_NEWS, Assignment.withdrawn_at.is_(None), Assignment.teacher_id.is_not(None))
    .order_by(AssignmentStudent.assignment_id, AssignmentStudent.student_id)
    .limit(LOOKED_AT)
)


def plan_news(session: Session, now: datetime) -> Iterator[Change]:
    """A change for each assignment that practice has brought further."""
    found: defaultdict[int, list[AssignmentStudent]] = defaultdict(list)
    for part, made in session.execute(_NEWS):
        found[made.id].append(part)
    for assignment_id, parts in found.items():
        moved = [one.student_id for one in parts if one.questions != one.shown_questions]
        if moved:
            yield partial(_show, assignment_id, moved, now)
        done = [at for one in parts if one.told_done_at is None and (at := completed_of(one))]
        if done:
            yield partial(_plan_done, assignment_id, f"{len(done)} {max(done):%Y%m%d%H%M%S}", now)


def tell_done(session: Session, timer: Timer, now: datetime) -> None:
    """Tell the teacher who has completed an assignment since they last heard of it."""
    made = _standing(session, timer, now)
    if made is None:
        return
    # The card's intervention before the parts, as whoever takes an assignment back locks them.
    show_of(made, session=session, now=now, lane=Lane.SCHEDULED)
    parts = [one for one in _parts(session, made.id) if completed_of(one) and not one.told_done_at]
    if not parts:
        timer.state = TimerState.CLOSED.value
        return
    for one in parts:
        one.told_done_at, one.shown_questions = now, one.questions
    _tell(session, made, "done", [one.student_id for one in parts], timer, now)


def tell_overdue(session: Session, timer: Timer, now: datetime) -> None:
    """Tell the teacher who has not completed an assignment in time, once practice is known."""
    made = _standing(session, timer, now)
    if made is None:
        return
    view = assignment_view(made.id, session=session)
    late = [] if view is None else [one for one in view.parts if one.completed_at is None]
    if view is None or not late:
        timer.state = TimerState.CLOSED.value
    elif not view.is_overdue(now):
        _put_off(timer, now + AGAIN)
    else:
        show_of(made, session=session, now=now, lane=Lane.SCHEDULED)
        _tell(session, made, "overdue", [one.student_id for one in late], timer, now)


def _show(assignment_id: int, students: Sequence[int], now: datetime, session: Session) -> None:
    """Have the card show how far these are now."""
    made = session.get_one(Assignment, assignment_id)
    show_of(made, session=session, now=now, lane=Lane.SCHEDULED)
    for part in _parts(session, assignment_id):
        if part.student_id in students:
            part.shown_questions = part.questions


def _plan_done(assignment_id: int, occasion: str, now: datetime, session: Session) -> None:
    """Have it told when the teacher may be disturbed next."""
    made = session.get_one(Assignment, assignment_id)
    teacher = session.get_one(User, made.teacher_id)
    when = _allowed(session, teacher, now)
    if when is None:
        return
    set_timer(
        DONE,
        subject_of(made.id),
        occasion,
        session=session,
        workspace_id=made.workspace_id,
        user_id=teacher.id,
        due_at=when,
        expires_at=when + OF_USE,
        now=now,
    )


def _standing(session: Session, timer: Timer, now: datetime) -> Assignment | None:
    """The assignment, where it stands and its teacher may hear of it now; else None.

    The timer is closed, or put off to when they may.
    """
    made = session.get(Assignment, int(timer.subject.rpartition(" ")[2]))
    teacher = None if made is None else session.get(User, made.teacher_id or 0)
    if made is None or made.withdrawn_at is not None or not _is_reached(teacher):
        timer.state = TimerState.CLOSED.value
        return None
    when = None if teacher is None else _allowed(session, teacher, now)
    if when is None:
        timer.state = TimerState.CLOSED.value
        return None
    if when > now:
        _put_off(timer, when)
        return None
    return made


def _is_reached(teacher: User | None) -> bool:
    return teacher is not None and teacher.is_active and teacher.slack_user_id is not None


def _put_off(timer: Timer, when: datetime) -> None:
    timer.state, timer.ended_at = TimerState.WAITING.value, None
    timer.due_at = timer.next_attempt_at = when


def _allowed(session: Session, teacher: User, now: datetime) -> datetime | None:
    """Now, or when the teacher may be disturbed next; None where that is not for long."""
    until = now + OF_USE
    times = own_times(session, teacher, (now - AROUND).date(), (until + AROUND).date())
    when = later_allowed(now, times)
    return when if when is not None and when <= until else None


def _parts(session: Session, assignment_id: int) -> Sequence[AssignmentStudent]:
    query = (
        select(AssignmentStudent)
        .where(AssignmentStudent.assignment_id == assignment_id)
        .where(AssignmentStudent.intervention_id.is_not(None))
        .order_by(AssignmentStudent.student_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def _tell(
    session: Session,
    made: Assignment,
    what: str,
    students: Sequence[int],
    timer: Timer,
    now: datetime,
) -> None:
    """Save the news, once for its occasion."""
    enqueue(
        Kind.ASSIGNMENT_NOTICE.value,
        {"assignment": made.id, "what": what, "students": list(students)},
        session=session,
        workspace_id=made.workspace_id,
        unique_key=f"{timer.subject} {what} {timer.occasion}",
        recipient_id=made.teacher_id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        about=subject_of(made.id),
        expires_at=now + OF_USE,
    )


ASSIGNMENT_JOBS = (Job(DONE, tell_done, plan_news), Job(OVERDUE, tell_overdue))
