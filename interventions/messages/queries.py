"""Messages as they stand: one or several, with their deliveries and answers, in few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.students import Way
from school.following import intervention_of
from school.links import PageKind
from school.models import (
    Delivery,
    DeliveryState,
    Intervention,
    PageLink,
    Student,
    StudentReply,
    TeacherMessage,
)

ANSWERED_WITHIN = timedelta(days=60)
"""What a student writes without a thread answers a message that is not older."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message with all that is known of it. `fetched_at`: something asked for its page."""

    message: TeacherMessage
    intervention: Intervention | None
    delivery: Delivery | None
    replies: tuple[StudentReply, ...] = ()
    fetched_at: datetime | None = None

    @property
    def lead_id(self) -> int | None:
        """The intervention whose card shows it: its own, or the first that went out with it."""
        of_card = None if self.delivery is None else intervention_of(self.delivery)
        return of_card or self.message.intervention_id


def sent_for(session: Session, intervention_ids: Iterable[int]) -> Mapping[int, Sent]:
    """What was sent by these interventions, by their ids."""
    query = select(TeacherMessage).where(TeacherMessage.intervention_id.in_(set(intervention_ids)))
    found = _sent(session, session.scalars(query).all())
    return {one.message.intervention_id or 0: one for one in found}


def sent_of(session: Session, message_id: int) -> Sent | None:
    """One message; None where there is none."""
    row = session.get(TeacherMessage, message_id)
    return None if row is None else _sent(session, [row])[0]


def sent_with(session: Session, sent: Sent) -> Sequence[Sent]:
    """A message and those that went out with it to others, in the order of the students' ids."""
    own, lead = sent.message, sent.lead_id
    query = select(TeacherMessage).where(
        TeacherMessage.workspace_id == own.workspace_id,
        TeacherMessage.teacher_id == own.teacher_id,
        TeacherMessage.sent_at == own.sent_at,
    )
    rows = session.scalars(query.order_by(TeacherMessage.student_id, TeacherMessage.id)).all()
    return [one for one in _sent(session, rows) if one.lead_id == lead]


def answerable(
    session: Session, student: Student, *, now: datetime, message_ts: str | None = None
) -> TeacherMessage | None:
    """The message in Slack that a student answers: the one that stands at `message_ts`, else the
    latest that reached them. None where there is none.
    """
    query = (
        select(TeacherMessage)
        .join(Delivery, Delivery.id == TeacherMessage.delivery_id)
        .join(Intervention, Intervention.id == TeacherMessage.intervention_id)
        .where(
            Delivery.workspace_id == student.workspace_id,
            TeacherMessage.workspace_id == student.workspace_id,
            TeacherMessage.student_id == student.id,
            TeacherMessage.way == Way.SLACK.value,
            Delivery.state == DeliveryState.SENT.value,
            Intervention.withdrawn_at.is_(None),
        )
        .order_by(Delivery.finished_at.desc(), TeacherMessage.id.desc())
    )
    if message_ts is None:
        query = query.where(TeacherMessage.sent_at > now - ANSWERED_WITHIN)
    else:
        query = query.where(Delivery.message_ts == message_ts)
    return session.scalars(query.limit(1)).first()


def _sent(session: Session, rows: Sequence[TeacherMessage]) -> list[Sent]:
    ids = [one.id for one in rows]
    interventions = _by_id(session, [one.intervention_id for one in rows])
    deliveries = _deliveries(session, rows)
    replies: dict[int, list[StudentReply]] = {}
    query = select(StudentReply).where(StudentReply.message_id.in_(ids))
    for reply in session.scalars(query.order_by(StudentReply.replied_at, StudentReply.id)):
        replies.setdefault(reply.message_id, []).append(reply)
    fetched = _fetched(session, rows)
    return [
        Sent(
            one,
            interventions.get(one.intervention_id or 0),
            deliveries.get(one.delivery_id or 0),
            tuple(replies.get(one.id, ())),
            fetched.get(one.id),
        )
        for one in rows
    ]


def _by_id(session: Session, ids: Iterable[int | None]) -> dict[int, Intervention]:
    known = {one for one in ids if one is not None}
    query = select(Intervention).where(Intervention.id.in_(known))
    return {one.id: one for one in session.scalars(query)}


def _deliveries(session: Session, rows: Sequence[TeacherMessage]) -> dict[int, Delivery]:
    ids = {one.delivery_id for one in rows if one.delivery_id is not None}
    query = (
        select(Delivery)
        .where(Delivery.workspace_id.in_({one.workspace_id for one in rows}), Delivery.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {one.id: one for one in session.scalars(query)}


def _fetched(session: Session, rows: Sequence[TeacherMessage]) -> dict[int, datetime]:
    by_mail = [one for one in rows if one.way == Way.MAIL.value]
    if not by_mail:
        return {}
    query = select(PageLink.subject_id, PageLink.fetched_at).where(
        PageLink.kind == PageKind.STUDENT.value,
        PageLink.subject_id.in_([one.id for one in by_mail]),
    )
    return {subject: at for subject, at in session.execute(query) if at is not None}
