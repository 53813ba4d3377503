"""Taking back or undoing what was done for a student, whatever it was."""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import clock_words
from interventions.assignments.changing import stop_clock
from interventions.kinds import TAKEN_BACK
from interventions.opening import acting, open_intervention
from interventions.record import about, withdraw_intervention
from school.deliveries import withdraw
from school.errors import Conflict, NotAllowed
from school.models import Alert, Intervention, InterventionType
from school.zones import own_zone

PURPOSE = "intervention"
NOT_YOURS = "Only who did this can undo it."


def undo_intervention(
    teacher_id: int, intervention_id: int, *, session: Session, now: datetime
) -> Intervention:
    """Undo what a teacher did for a student. Raises NotFound, NotAllowed where somebody else did
    it, and Conflict where it was withdrawn already or its kind says that it is too late.
    """
    viewer = acting(teacher_id, session=session, now=now)
    found, _ = open_intervention(viewer, intervention_id, PURPOSE, session=session, now=now)
    if found.teacher_id != viewer.user_id:
        raise NotAllowed(NOT_YOURS)
    if found.withdrawn_at is not None:
        clock = clock_words(found.withdrawn_at, own_zone(viewer, session=session).key)
        raise Conflict(f"It was taken back already, at {clock}.")
    take_away(found, session=session, now=now)
    return found


def take_away(intervention: Intervention, *, session: Session, now: datetime) -> None:
    """Stop what is still to be sent about it, withdraw what it made, and mark it; once.

    What is sent comes before the intervention, as the outbox takes both in this order; and so do
    the timers of an assignment, as the clock does, and the alert that a resolution closed, as
    whoever opens that again does.
    """
    withdraw(session, intervention.workspace_id, about(intervention.id), now=now)
    stop_clock(session, intervention, now)
    if intervention.intervention_type == InterventionType.RESOLUTION.value:
        session.get(Alert, intervention.alert_id or 0, with_for_update={"key_share": True})
    session.refresh(intervention, with_for_update={"key_share": True})
    if intervention.withdrawn_at is not None:
        return
    undo = TAKEN_BACK.get(InterventionType(intervention.intervention_type))
    if undo is not None:
        undo(session, intervention, now)
    withdraw_intervention(intervention, session=session, now=now)
