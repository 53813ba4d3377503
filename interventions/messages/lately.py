"""Whether a colleague wrote to a student or their family a short while ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from school.access import Viewer
from school.models import (
    Delivery,
    DeliveryState,
    Intervention,
    ParentNotice,
    TeacherMessage,
    User,
)

LATELY = timedelta(days=3)
_NEVER_WENT = (
    DeliveryState.FAILED.value,
    DeliveryState.CLOSED.value,
    DeliveryState.TAKEN_BACK.value,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """That somebody wrote: who, when, and whether to the family rather than the student."""

    name: str
    at: datetime
    to_family: bool


def contacted_lately(
    session: Session, viewer: Viewer, student_id: int, now: datetime
) -> tuple[Contact, ...]:
    """Who of the viewer's colleagues wrote in the last 3 days, the latest first, each once for the
    student and once for the family. The caller has opened the student.
    """
    kinds: tuple[tuple[Written, bool], ...] = ((TeacherMessage, False), (ParentNotice, True))
    found = [
        Contact(name, at, to_family=to_family)
        for written, to_family in kinds
        for name, at in session.execute(_by_whom(written, viewer, student_id, now))
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    latest: dict[tuple[str, bool], Contact] = {}
    for one in found:
        latest.setdefault((one.name, one.to_family), one)
    return tuple(latest.values())


Written = type[TeacherMessage] | type[ParentNotice]


def _of(written: Written) -> ColumnElement[bool]:
    return and_(Delivery.workspace_id == written.workspace_id, Delivery.id == written.delivery_id)


def _by_whom(
    written: Written, viewer: Viewer, student_id: int, now: datetime
) -> Select[str, datetime]:
    """Which colleagues wrote lately, and when: what was taken back or never went is nothing."""
    return (
        select(User.name, written.sent_at)
        .select_from(written)
        .join(User, User.id == written.teacher_id)
        .join(Intervention, Intervention.id == written.intervention_id)
        .outerjoin(Delivery, _of(written))
        .where(
            written.workspace_id == viewer.workspace_id,
            written.student_id == student_id,
            written.teacher_id != viewer.user_id,
            written.sent_at > now - LATELY,
            Intervention.withdrawn_at.is_(None),
            or_(Delivery.id.is_(None), Delivery.state.not_in(_NEVER_WENT)),
        )
    )
