"""The card of an assignment: how far its students are; and once done, before and after."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.cards.part import Part
from handlers.taking_back import can_be_taken_back
from handlers.views.assignments.assignment_card import (
    before_words,
    group_words,
    progress_words,
    what_words,
)
from interventions.assignments import AssignmentView, assignment_of, assignment_view
from interventions.assignments.comparing import before_and_after
from interventions.assignments.telling import told_of
from interventions.outcomes import Outcome, State
from school.access import open_class, viewer_of, visible_student_ids
from school.models import Delivery, DeliveryState, Intervention, Student, User
from school.zones import zone_of

PURPOSE = "assignment"
NO_WAY = "There was no way for me to tell {who}: please do so yourself."
NOT_SENT = "The word to {who} could not be sent."


def assignment_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What the card says of an assignment, for one student or all that it was set for."""
    assignment = assignment_of(intervention.id, session=session)
    view = None if assignment is None else assignment_view(assignment, session=session)
    if view is None:
        return Part(Outcome(State.TAKEN_BACK, intervention.withdrawn_at))
    view = _as_seen(intervention, view, session=session, now=now)
    # By the school's clock, as the day that it is due ends by it.
    zone = zone_of(session, intervention.workspace_id).key
    told = _told(intervention, view, session=session)
    own = told.get(intervention.student_id)
    waiting = own is not None and can_be_taken_back(own, now)
    lines = (
        what_words(view),
        progress_words(view, now, zone),
        *group_words(view),
        *_before(intervention, view, session=session),
        *_untold(view, told),
    )
    return Part(
        outcome_of_all(view, now),
        lines=lines,
        delivery_id=own.id if own is not None and waiting else None,
        can_undo=not waiting and len(view.done) < len(view.parts),
        steps=_steps(view),
        who=None if len(view.parts) == 1 else f"{len(view.parts)} students",
    )


def _as_seen(
    intervention: Intervention, view: AssignmentView, *, session: Session, now: datetime
) -> AssignmentView:
    """With those students alone whom the teacher may still see; of several the class is audited."""
    if len(view.parts) == 1:
        return view
    teacher = session.get_one(User, intervention.teacher_id)
    viewer = viewer_of(session, teacher, now=now)
    open_class(session, viewer, view.class_id, PURPOSE, now=now)
    ids = [one.student_id for one in view.parts]
    seen = set(session.scalars(visible_student_ids(viewer).where(Student.id.in_(ids))))
    return replace(view, parts=tuple(one for one in view.parts if one.student_id in seen))


def outcome_of_all(view: AssignmentView, now: datetime) -> Outcome:
    """How an assignment stands with all its students."""
    if view.parts and len(view.done) == len(view.parts):
        return Outcome(State.COMPLETED, view.done[-1].completed_at)
    if view.is_overdue(now):
        return Outcome(State.OVERDUE)
    return Outcome(State.RUNNING)


def _told(
    intervention: Intervention, view: AssignmentView, *, session: Session
) -> dict[int, Delivery]:
    ids = [one.student_id for one in view.parts]
    return told_of(view.id, ids, workspace_id=intervention.workspace_id, session=session)


def _steps(view: AssignmentView) -> tuple[Outcome, ...]:
    """That the student has clicked; of several it would say little."""
    seen = view.parts[0].seen_at if len(view.parts) == 1 else None
    return () if seen is None else (Outcome(State.READ, seen),)


def _before(
    intervention: Intervention, view: AssignmentView, *, session: Session
) -> tuple[str, ...]:
    """Before and after, of a single student who has completed it by practice that is known."""
    if len(view.parts) != 1 or not view.done or not view.done[0].questions:
        return ()
    where = view.done[0], intervention.workspace_id
    return (before_words(before_and_after(view, *where, session=session)),)


def _untold(view: AssignmentView, told: dict[int, Delivery]) -> tuple[str, ...]:
    """Whom nothing has told of it."""
    failed = [
        one.name
        for one in view.parts
        if one.student_id in told and told[one.student_id].state == DeliveryState.FAILED.value
    ]
    without = [one.name for one in view.parts if one.student_id not in told]
    said = [(NO_WAY, without), (NOT_SENT, failed)]
    return tuple(words.format(who=", ".join(names[:6])) for words, names in said if names)
