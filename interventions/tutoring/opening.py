"""Opening a pair to be changed: locked, its intervention first, as everybody takes them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.opening import acting, open_intervention
from interventions.tutoring.rules import NO_SUCH_PAIR, PURPOSE
from school.access import Viewer
from school.errors import Conflict, NotAllowed, NotFound
from school.models import Intervention, Student, TutoringPair

NOT_YOURS = "Only who arranged this can change it."
TAKEN_BACK = "It was taken back already."
NOT_NEEDED = "That is not needed any more. Thank you all the same!"


def own_pair(
    teacher_id: int, pair_id: int, *, session: Session, now: datetime
) -> tuple[Viewer, TutoringPair]:
    """A pair that this teacher has arranged; audited. Raises NotFound, NotAllowed where a colleague
    has arranged it, and Conflict where it was taken back.
    """
    viewer = acting(teacher_id, session=session, now=now)
    pair = _found(viewer.workspace_id, pair_id, session=session)
    if pair is None:
        raise NotFound(NO_SUCH_PAIR)
    where = viewer, pair.intervention_id or 0, PURPOSE
    try:
        done, _ = open_intervention(*where, session=session, now=now, change=True)
    except NotFound:
        raise NotFound(NO_SUCH_PAIR) from None
    if done.teacher_id != viewer.user_id:
        raise NotAllowed(NOT_YOURS)
    if done.withdrawn_at is not None:
        raise Conflict(TAKEN_BACK)
    session.refresh(pair, with_for_update={"key_share": True})
    return viewer, pair


def asked_pair(pair_id: int, tutor: Student, *, session: Session) -> TutoringPair:
    """A pair for which this student was asked. Raises NotFound, and Conflict where the request does
    not hold any more.
    """
    pair = _found(tutor.workspace_id, pair_id, session=session)
    if pair is None or pair.tutor_id != tutor.id or pair.intervention_id is None:
        raise NotFound(NO_SUCH_PAIR)
    done = session.get_one(
        Intervention,
        pair.intervention_id,
        with_for_update={"key_share": True},
        populate_existing=True,
    )
    session.refresh(pair, with_for_update={"key_share": True})
    if done.withdrawn_at is not None:
        raise Conflict(NOT_NEEDED)
    return pair


def _found(workspace_id: int, pair_id: int, *, session: Session) -> TutoringPair | None:
    query = select(TutoringPair).where(
        TutoringPair.workspace_id == workspace_id, TutoringPair.id == pair_id
    )
    return session.scalars(query).first()
