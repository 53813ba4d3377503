"""Messages of Ms Ruiz to Leo: sent, on their way, and how they stand."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from interventions.kinds import OUTCOMES
from interventions.messages import send_message
from interventions.outcomes import State
from school.models import Delivery, Intervention, InterventionType, Student, TeacherMessage
from tests.interventions.staff import NOW, Staff

LATER = NOW + timedelta(minutes=5)


def send(session: Session, staff: Staff, words: str = "Hi Leo", **more: Any) -> TeacherMessage:
    """Ms Ruiz writes to Leo, unless something else is said."""
    given: dict[str, Any] = {"session": session, "now": NOW, **more}
    teacher = given.pop("teacher", staff.ruiz)
    return send_message(teacher, given.pop("student", staff.leo), words, **given)


def leo(session: Session, staff: Staff) -> Student:
    """Whom it is for."""
    return session.get_one(Student, staff.leo)


def delivery_of(session: Session, row: TeacherMessage) -> Delivery:
    """What brings a message."""
    return session.get_one(Delivery, (row.workspace_id, row.delivery_id))


def went(session: Session, row: TeacherMessage, at: datetime = LATER, **more: Any) -> None:
    """The outbox has sent it."""
    delivery = delivery_of(session, row)
    delivery.state, delivery.finished_at = "sent", at
    for name, value in more.items():
        setattr(delivery, name, value)
    session.flush()


def outcome(session: Session, row: TeacherMessage) -> State:
    """How a message stands."""
    made = session.get_one(Intervention, row.intervention_id)
    return OUTCOMES[InterventionType.MESSAGE](session, [made], LATER)[made.id].state
