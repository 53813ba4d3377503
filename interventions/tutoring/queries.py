"""Reading pairs for cards, messages and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interventions.outcomes import Outcome, State
from interventions.tutoring.telling import request_key
from school.models import (
    Delivery,
    DeliveryState,
    Intervention,
    PairState,
    Skill,
    Student,
    TutoringBar,
    TutoringPair,
    TutoringSession,
    User,
)

UNREACHED = frozenset({DeliveryState.FAILED.value, DeliveryState.CLOSED.value})


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair with everybody in it. `days` are those of its sessions, the first first."""

    pair: TutoringPair
    teacher: User
    tutor: Student
    student: Student
    skill: str
    days: tuple[date, ...]
    is_barred: bool

    @property
    def state(self) -> PairState:
        """Where it stands."""
        return PairState(self.pair.state)


def pair_of(intervention_id: int, *, session: Session) -> TutoringPair | None:
    """The pair that an intervention was; None where it was none."""
    query = select(TutoringPair).where(TutoringPair.intervention_id == intervention_id)
    return session.scalars(query).first()


def open_pairs(student_id: int, skill_id: int, *, session: Session) -> list[TutoringPair]:
    """Who is asked to help a student with a skill, or helps already. It checks no access."""
    query = select(TutoringPair).where(
        TutoringPair.student_id == student_id,
        TutoringPair.skill_id == skill_id,
        TutoringPair.state.in_((PairState.ASKED.value, PairState.ACTIVE.value)),
    )
    return list(session.scalars(query.order_by(TutoringPair.id)))


def pair_view(pair: TutoringPair, *, session: Session) -> PairView:
    """A pair as it stands. It checks no access."""
    return PairView(
        pair,
        session.get_one(User, pair.teacher_id),
        session.get_one(Student, pair.tutor_id),
        session.get_one(Student, pair.student_id),
        session.get_one(Skill, pair.skill_id).name,
        session_days(pair, session=session),
        bar_between(pair, session=session) is not None,
    )


def session_days(pair: TutoringPair, *, session: Session) -> tuple[date, ...]:
    """The days of its sessions, without those undone."""
    query = select(TutoringSession.held_on).where(
        TutoringSession.pair_id == pair.id,
        TutoringSession.undone_at.is_(None),
        TutoringSession.held_on.is_not(None),
    )
    return tuple(sorted(day for day in session.scalars(query) if day is not None))


def bar_between(pair: TutoringPair, *, session: Session) -> TutoringBar | None:
    """That these two are not to be put together, where somebody said so."""
    first, second = sorted((pair.student_id, pair.tutor_id))
    query = select(TutoringBar).where(
        TutoringBar.student_id == first, TutoringBar.other_id == second
    )
    return session.scalars(query).first()


def outcomes(
    session: Session, interventions: Sequence[Intervention], now: datetime
) -> Mapping[int, Outcome]:
    """How pairs came out, by their interventions' ids (`interventions.kinds`)."""
    ids = [one.id for one in interventions]
    pairs = session.scalars(select(TutoringPair).where(TutoringPair.intervention_id.in_(ids))).all()
    asked = _requests(pairs, session=session)
    counts = _counts(pairs, session=session)
    found = {
        pair.intervention_id: outcome_of(pair, asked.get(pair.id), counts.get(pair.id, 0))
        for pair in pairs
        if pair.intervention_id is not None
    }
    for one in interventions:
        if one.withdrawn_at is not None:
            found[one.id] = Outcome(State.TAKEN_BACK, one.withdrawn_at)
    return found


def outcome_of(pair: TutoringPair, request: Delivery | None, sessions: int) -> Outcome:
    """How one stands: nothing has reached the student before a tutor has said yes."""
    held = f"{sessions} session{'' if sessions == 1 else 's'}"
    if pair.state == PairState.ACTIVE.value:
        return Outcome(State.RUNNING, pair.answered_at, held)
    if pair.state == PairState.DECLINED.value:
        return Outcome(State.DECLINED, pair.answered_at)
    if pair.state == PairState.ENDED.value:
        return Outcome(State.COMPLETED if sessions else State.CANCELLED, pair.ended_at, held)
    if request is None:
        return Outcome(State.NO_WAY, pair.created_at)
    if request.state in UNREACHED:
        return Outcome(State.FAILED, request.finished_at)
    return Outcome(State.WAITING, request.finished_at or request.due_at)


def _requests(pairs: Sequence[TutoringPair], *, session: Session) -> dict[int, Delivery]:
    keys = {request_key(one.id): one.id for one in pairs}
    places = {one.workspace_id for one in pairs}
    query = select(Delivery).where(Delivery.workspace_id.in_(places), Delivery.unique_key.in_(keys))
    return {keys[one.unique_key]: one for one in session.scalars(query)}


def _counts(pairs: Sequence[TutoringPair], *, session: Session) -> dict[int, int]:
    query = (
        select(TutoringSession.pair_id, func.count())
        .where(
            TutoringSession.pair_id.in_([one.id for one in pairs]),
            TutoringSession.undone_at.is_(None),
        )
        .group_by(TutoringSession.pair_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
