"""Telling people of an assignment: the students, and the teacher's card.

An assignment for several students has one card, that of the first of its interventions: thirteen
messages about one act would bury it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.record import about, changed
from interventions.students import TAKE_BACK, tell_student
from school.models import (
    Assignment,
    AssignmentStudent,
    Delivery,
    DeliveryState,
    Lane,
    Student,
)
from school.timers import set_timer

TOLD, WITHDRAWN = "student_assignment", "student_assignment_withdrawn"
"""Kinds of deliveries to students (handlers/ids.py)."""
DONE, OVERDUE = "assignment_done", "assignment_overdue"
"""Jobs of the clock (handlers/jobs/assignments.py)."""
OF_USE = timedelta(days=14)
"""For so long it is worth telling that an assignment was completed, or was not in time."""


def told_key(assignment_id: int, student_id: int) -> str:
    """The key of the delivery that tells a student of an assignment."""
    return f"assignment {assignment_id} s{student_id} told"


def tell_of(
    made: Assignment,
    student: Student,
    intervention_id: int,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> Delivery | None:
    """Have a student told what is set; None where there is no way to."""
    return tell_student(
        TOLD,
        {"assignment": made.id, "student": student.id},
        student,
        session=session,
        now=now,
        sender_id=_teacher(made),
        unique_key=told_key(made.id, student.id),
        about=about(intervention_id),
        take_back=take_back,
        expires_at=made.due_at,
    )


def tell_withdrawn(
    made: Assignment,
    student: Student,
    intervention_id: int,
    *,
    session: Session,
    now: datetime,
) -> Delivery | None:
    """Have a student who was told of an assignment told that it is not needed any more."""
    return tell_student(
        WITHDRAWN,
        {"assignment": made.id, "student": student.id},
        student,
        session=session,
        now=now,
        sender_id=_teacher(made),
        unique_key=f"assignment {made.id} s{student.id} withdrawn",
        about=about(intervention_id),
        take_back=timedelta(0),
    )


def was_told(made: Assignment, student_id: int, *, session: Session) -> bool:
    """Whether a student may have heard of it."""
    told = told_of(made.id, [student_id], workspace_id=made.workspace_id, session=session)
    sent = told.get(student_id)
    never = (DeliveryState.TAKEN_BACK.value, DeliveryState.CLOSED.value)
    return sent is not None and sent.state not in never and sent.first_attempt_at is not None


def told_of(
    assignment_id: int, student_ids: Sequence[int], *, workspace_id: int, session: Session
) -> dict[int, Delivery]:
    """The deliveries that tell these students of it, by student."""
    keys = {told_key(assignment_id, one): one for one in student_ids}
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id, Delivery.unique_key.in_(keys)
    )
    return {keys[one.unique_key]: one for one in session.scalars(query)}


def lead_of(assignment_id: int, *, session: Session) -> int | None:
    """The intervention whose card is that of the whole assignment; None where it has none."""
    query = (
        select(AssignmentStudent.intervention_id)
        .where(
            AssignmentStudent.assignment_id == assignment_id,
            AssignmentStudent.intervention_id.is_not(None),
        )
        .order_by(AssignmentStudent.intervention_id)
    )
    return session.scalars(query.limit(1)).first()


def show_of(
    made: Assignment, *, session: Session, now: datetime, lane: Lane = Lane.INTERACTIVE
) -> None:
    """Have the teacher's card show the assignment as it is now."""
    session.flush()
    lead = lead_of(made.id, session=session)
    if lead is not None:
        changed(lead, session=session, now=now, lane=lane)


def plan_overdue(made: Assignment, *, session: Session, now: datetime) -> None:
    """Have the teacher told once it is over, if somebody has not completed it by then."""
    set_timer(
        OVERDUE,
        subject_of(made.id),
        "due",
        session=session,
        workspace_id=made.workspace_id,
        user_id=made.teacher_id,
        due_at=made.due_at,
        expires_at=made.due_at + OF_USE,
        now=now,
    )


def subject_of(assignment_id: int) -> str:
    """What the timers and notices of an assignment bear."""
    return f"assignment {assignment_id}"


def _teacher(made: Assignment) -> int:
    if made.teacher_id is None:
        raise ValueError("an assignment of a file is told by nobody")
    return made.teacher_id
