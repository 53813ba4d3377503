"""Things done for students by hand, recorded without what they were; and alerts."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from interventions.record import Reason, record
from school.access import viewer_of
from school.models import Alert, Intervention, InterventionType, Student, User
from tests.interventions.staff import NOW, Staff


def done(
    session: Session,
    staff: Staff,
    kind: InterventionType = InterventionType.MESSAGE,
    *,
    at: datetime = NOW,
    by: int | None = None,
    student: int | None = None,
    card: bool = False,
    reason: Reason | None = None,
) -> Intervention:
    """Something that a teacher (Ms Ruiz) did for a student (Leo) at a moment."""
    viewer = viewer_of(session, session.get_one(User, by or staff.ruiz), now=at)
    whom = session.get_one(Student, student or staff.leo)
    words = f"A {kind.value}"
    about = reason or Reason()
    return record(viewer, whom, kind, words, session=session, now=at, card=card, reason=about)


def alert(session: Session, staff: Staff, **more: Any) -> Alert:
    """An open alert about Leo in Maths."""
    given: dict[str, Any] = {
        "workspace_id": staff.workspace,
        "class_id": staff.maths,
        "student_id": staff.leo,
        "kind": "inactive",
        "severity": "high",
        "state": "open",
        "evidence": {},
        "version": 3,
        "raised_at": NOW,
    }
    made = Alert(**given | more)
    session.add(made)
    session.flush()
    return made
