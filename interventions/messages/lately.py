"""Whether a colleague wrote to a student or their family a short while ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
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
    messages = (
        select(User.name, TeacherMessage.sent_at)
        .select_from(TeacherMessage)
        .join(User, User.id == TeacherMessage.teacher_id)
        .join(Intervention, Intervention.id == TeacherMessage.intervention_id)
        .outerjoin(Delivery, _of(TeacherMessage))
        .where(*_of_colleagues(TeacherMessage, viewer, student_id, now), _went())
    )
    notices = (
        select(User.name, ParentNotice.sent_at)
        .select_from(ParentNotice)
        .join(User, User.id == ParentNotice.teacher_id)
        .join(Intervention, Intervention.id == ParentNotice.intervention_id)
        .outerjoin(Delivery, _of(ParentNotice))
        .where(*_of_colleagues(ParentNotice, viewer, student_id, now), _went())
    )
    found = [Contact(name, at, to_family=False) for name, at in session.execute(messages)]
    found += [Contact(name, at, to_family=True) for name, at in session.execute(notices)]
    found.sort(key=lambda one: one.at, reverse=True)
    latest: dict[tuple[str, bool], Contact] = {}
    for one in found:
        latest.setdefault((one.name, one.to_family), one)
    return tuple(latest.values())


Written = type[TeacherMessage] | type[ParentNotice]


def _of(written: Written) -> ColumnElement[bool]:
    return and_(Delivery.workspace_id == written.workspace_id, Delivery.id == written.delivery_id)


def _of_colleagues(
    written: Written, viewer: Viewer, student_id: int, now: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        written.workspace_id == viewer.workspace_id,
        written.student_id == student_id,
        written.teacher_id != viewer.user_id,
        written.sent_at > now - LATELY,
        Intervention.withdrawn_at.is_(None),
    )


def _went() -> ColumnElement[bool]:
    return or_(Delivery.id.is_(None), Delivery.state.not_in(_NEVER_WENT))
