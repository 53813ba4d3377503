"""Taking an assignment back: as a whole, or for one of its students."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interventions.assignments.telling import lead_of, show_of, subject_of, tell_withdrawn, was_told
from interventions.record import about, withdraw_intervention
from school.deliveries import withdraw
from school.errors import NotFound
from school.models import Assignment, AssignmentStudent, Intervention, Student
from school.timers import withdraw_timers

NO_SUCH_ASSIGNMENT = "None of your assignments is that one."


def stop_clock(session: Session, intervention: Intervention, now: datetime) -> None:
    """Take back the timers of the assignment whose card an intervention has, if it is one.

    Before the intervention is locked: the clock has its timer in hand, and then shows the card.
    """
    part = _part_of(intervention, session=session)
    if part is not None and lead_of(part.assignment_id, session=session) == intervention.id:
        subject = subject_of(part.assignment_id)
        withdraw_timers(session, part.workspace_id, subject, now=now)


def take_back_assignment(session: Session, intervention: Intervention, now: datetime) -> None:
    """Withdraw the assignment that an intervention was: it counts nowhere from now on.

    By the intervention whose card is the assignment's it is undone for all its students, by another
    one for that student alone. Who has heard of it hears that it is not needed any more. Twice is
    as good as once. The intervention itself is marked by the caller (interventions/kinds.py).
    """
    part = _part_of(intervention, session=session)
    if part is None:
        return
    lead = lead_of(part.assignment_id, session=session)
    # The card's own intervention before the assignment, as everybody locks them in this order.
    session.get_one(Intervention, lead, with_for_update={"key_share": True})
    made = session.get_one(
        Assignment, part.assignment_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if made.withdrawn_at is not None:
        return
    if lead == intervention.id:
        _withdraw_all(made, intervention, session=session, now=now)
        return
    _stop(made, part, session=session, now=now)
    session.delete(part)
    show_of(made, session=session, now=now)


def _withdraw_all(made: Assignment, lead: Intervention, *, session: Session, now: datetime) -> None:
    made.withdrawn_at = now
    for part in _parts(made, session=session):
        _stop(made, part, session=session, now=now)
        part.told_done_at, part.shown_questions = part.told_done_at or now, part.questions
        other = session.get(Intervention, part.intervention_id or 0)
        if other is not None and other.id != lead.id:
            withdraw_intervention(other, session=session, now=now)
    session.flush()


def _stop(made: Assignment, part: AssignmentStudent, *, session: Session, now: datetime) -> None:
    """Have a student not told of it, or told that it is not needed any more."""
    subject = part.intervention_id
    if subject is None:
        return
    withdraw(session, made.workspace_id, about(subject), now=now)
    if was_told(made, part.student_id, session=session):
        student = session.get_one(Student, part.student_id)
        tell_withdrawn(made, student, subject, session=session, now=now)


def _part_of(intervention: Intervention, *, session: Session) -> AssignmentStudent | None:
    query = select(AssignmentStudent).where(
        AssignmentStudent.intervention_id == intervention.id,
        AssignmentStudent.workspace_id == intervention.workspace_id,
    )
    return session.scalars(query.order_by(AssignmentStudent.assignment_id)).first()


def _parts(made: Assignment, *, session: Session) -> Iterable[AssignmentStudent]:
    query = select(AssignmentStudent).where(AssignmentStudent.assignment_id == made.id)
    return session.scalars(query.order_by(AssignmentStudent.student_id)).all()


def note_seen(student_id: int, assignment_id: int, *, session: Session, now: datetime) -> None:
    """A student says that they have read of an assignment; the first time counts.

    Raises NotFound where it is none of theirs, or not any more.
    """
    part = session.get(AssignmentStudent, (assignment_id, student_id))
    made = None if part is None else session.get(Assignment, assignment_id)
    if part is None or made is None or made.withdrawn_at is not None:
        raise NotFound(NO_SUCH_ASSIGNMENT)
    if part.seen_at is None:
        # The card's intervention before the part, as everybody locks them in this order.
        show_of(made, session=session, now=now)
        mine = (
            AssignmentStudent.assignment_id == made.id,
            AssignmentStudent.student_id == student_id,
        )
        session.execute(update(AssignmentStudent).where(*mine).values(seen_at=now))
