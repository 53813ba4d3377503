"""What a teacher does about a pair: sessions, its end, that two are not to be put together."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.assignments.changing import take_back_assignment
from interventions.opening import acting
from interventions.record import about, changed
from interventions.students import TAKE_BACK
from interventions.tutoring.opening import own_pair
from interventions.tutoring.queries import bar_between, pair_of
from interventions.tutoring.rules import LIVE, MOST_PAIRS, PURPOSE, loads
from interventions.tutoring.telling import tell_over, tell_resumed
from school.access import open_student
from school.days import local_day
from school.deliveries import withdraw
from school.errors import Conflict
from school.models import (
    Intervention,
    PairState,
    Student,
    TutoringBar,
    TutoringPair,
    TutoringSession,
)
from school.zones import zone_of

NOT_ACTIVE = "These two are not at work together just now."
LOGGED = "Today's session is logged already."
NONE_LEFT = "No session is logged any more."
NO_ROOM = "This tutor has no room for another student just now."
TWO_AGAIN = "These two are not to be put together. Allow it first."


def log_session(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> bool:
    """Log that the two have met today by the school's clock; audited. A day has one session: False
    where today's is logged already. Raises NotFound, NotAllowed, Conflict where they are no pair
    at work.
    """
    viewer, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    if pair.state != PairState.ACTIVE.value:
        raise Conflict(NOT_ACTIVE)
    today = local_day(now, zone_of(session, pair.workspace_id))
    query = select(TutoringSession).where(
        TutoringSession.pair_id == pair.id, TutoringSession.key == today.isoformat()
    )
    row = session.scalars(query).first()
    if row is not None and row.undone_at is None:
        return False
    if row is None:
        row = TutoringSession(pair_id=pair.id, key=today.isoformat(), held_on=today)
        row.workspace_id = pair.workspace_id
        session.add(row)
    row.held_at, row.logged_by, row.undone_at = now, viewer.user_id, None
    _show(pair, session=session, now=now)
    return True


def undo_session(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """The session logged last was none; audited. Raises Conflict where there is none."""
    _, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    query = (
        select(TutoringSession)
        .where(TutoringSession.pair_id == pair.id, TutoringSession.undone_at.is_(None))
        .order_by(TutoringSession.held_on.desc(), TutoringSession.id.desc())
    )
    row = session.scalars(query).first()
    if row is None:
        raise Conflict(NONE_LEFT)
    row.undone_at = now
    _show(pair, session=session, now=now)


def end_pair(
    teacher_id: int,
    pair_id: int,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> None:
    """The two are done; who has heard of it hears that. What they were set stays. Audited."""
    _stop_sending(teacher_id, pair_id, session=session, now=now)
    _, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    _end(pair, session=session, now=now, take_back=take_back)


def resume_pair(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """Undo the end of a pair that was at work; who has not heard of it, or has heard that it is
    over, hears of it. Audited. Raises Conflict where it cannot be.
    """
    _lock_tutor(teacher_id, pair_id, session=session, now=now)
    viewer, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    if pair.state in LIVE:
        return
    if pair.state != PairState.ENDED.value or pair.answered_at is None:
        raise Conflict(NOT_ACTIVE)
    if bar_between(pair, session=session) is not None:
        raise Conflict(TWO_AGAIN)
    tutor = open_student(session, viewer, pair.tutor_id, PURPOSE, now=now)
    if loads(session, [tutor.id]).get(tutor.id, 0) >= MOST_PAIRS:
        raise Conflict(NO_ROOM)
    pair.state, pair.ended_at = PairState.ACTIVE.value, None
    _show(pair, session=session, now=now)
    tell_resumed(pair, session=session, now=now)


def bar_pair(
    teacher_id: int,
    pair_id: int,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> None:
    """These two are not to be put together from now on, and no pair any more; audited."""
    _stop_sending(teacher_id, pair_id, session=session, now=now)
    viewer, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    if bar_between(pair, session=session) is None:
        first, second = sorted((pair.student_id, pair.tutor_id))
        bar = TutoringBar(student_id=first, other_id=second, created_at=now)
        bar.workspace_id, bar.set_by = pair.workspace_id, viewer.user_id
        session.add(bar)
    _end(pair, session=session, now=now, take_back=take_back)
    _show(pair, session=session, now=now)


def unbar_pair(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """Undo that; the pair itself may be resumed. Audited."""
    _, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    bar = bar_between(pair, session=session)
    if bar is not None:
        session.delete(bar)
        _show(pair, session=session, now=now)


def allow_again(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """The tutor may be asked again after all; audited. Raises NotFound."""
    _lock_tutor(teacher_id, pair_id, session=session, now=now)
    viewer, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    tutor = open_student(session, viewer, pair.tutor_id, PURPOSE, now=now)
    tutor.may_tutor = True
    _show(pair, session=session, now=now)


def take_back_pair(session: Session, intervention: Intervention, now: datetime) -> None:
    """For `interventions.kinds`: end the pair and withdraw its practice; who has heard of it hears
    that it is not needed. The intervention is locked and marked by the caller.
    """
    pair = pair_of(intervention.id, session=session)
    if pair is None:
        return
    session.refresh(pair, with_for_update={"key_share": True})
    take_back_assignment(session, intervention, now)
    if pair.state in LIVE:
        pair.state, pair.ended_at, pair.version = PairState.ENDED.value, now, pair.version + 1
        session.flush()
        tell_over(pair, session=session, now=now, take_back=timedelta(0))


def _end(pair: TutoringPair, *, session: Session, now: datetime, take_back: timedelta) -> None:
    if pair.state not in LIVE:
        return
    pair.state, pair.ended_at, pair.version = PairState.ENDED.value, now, pair.version + 1
    session.flush()
    tell_over(pair, session=session, now=now, take_back=take_back)
    changed(pair.intervention_id or 0, session=session, now=now)


def _stop_sending(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """Stop what is still to be sent about a pair: after the teacher's row and before its
    intervention is locked, as the outbox takes both in this order. Where the pair is not to be
    changed the caller's transaction ends.
    """
    acting(teacher_id, session=session, now=now)
    pair = session.get(TutoringPair, pair_id)
    if pair is not None and pair.state in LIVE:
        withdraw(session, pair.workspace_id, about(pair.intervention_id or 0), now=now)


def _lock_tutor(teacher_id: int, pair_id: int, *, session: Session, now: datetime) -> None:
    """The teacher, then the tutor before the pair: who answers takes them in this order."""
    acting(teacher_id, session=session, now=now)
    pair = session.get(TutoringPair, pair_id)
    if pair is not None:
        session.get_one(Student, pair.tutor_id, with_for_update={"key_share": True})


def _show(pair: TutoringPair, *, session: Session, now: datetime) -> None:
    pair.version += 1
    session.flush()
    changed(pair.intervention_id or 0, session=session, now=now)
