"""Telling a teacher what somebody has answered them (to students: interventions/students.py)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from school.deliveries import enqueue
from school.models import Delivery, Lane, User


def tell_teacher(
    kind: str,
    payload: dict[str, Any],
    teacher_id: int,
    *,
    session: Session,
    now: datetime,
    unique_key: str,
    about: str | None = None,
) -> Delivery | None:
    """Save what is to be sent to a teacher; None for who was switched off or is not in Slack."""
    teacher = session.get_one(User, teacher_id)
    if not teacher.is_active or teacher.slack_user_id is None:
        return None
    return enqueue(
        kind,
        payload,
        session=session,
        workspace_id=teacher.workspace_id,
        unique_key=unique_key,
        recipient_id=teacher.id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        about=about,
    )
