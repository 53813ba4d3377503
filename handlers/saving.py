"""Saving what somebody asked for, once: as a delivery, or as an event that was taken in."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from handlers.codec import OLDER, Ref
from handlers.exports import save_export
from handlers.forms import is_export
from handlers.ids import Kind
from handlers.people import Asker
from handlers.queueing import enqueue_for
from school.errors import InvalidInput
from school.models import Delivery, SeenEvent

NOT_ASKED_FOR = frozenset(
    {
        Kind.DIGEST,
        Kind.EXPORT_NOTICE,
        Kind.GREETING,
        Kind.STUDENT_MESSAGE,
        Kind.STUDENT_MESSAGE_MAIL,
        Kind.STUDENT_NOTE,
        Kind.STUDENT_REPLY,
        Kind.STUDENT_ASSIGNMENT,
        Kind.STUDENT_ASSIGNMENT_MAIL,
        Kind.STUDENT_ASSIGNMENT_WITHDRAWN,
        Kind.STUDENT_ASSIGNMENT_WITHDRAWN_MAIL,
        Kind.ASSIGNMENT_NOTICE,
        Kind.TUTOR_REQUEST,
        Kind.TUTOR_REQUEST_MAIL,
        Kind.TUTORING_MATCH,
        Kind.TUTORING_MATCH_MAIL,
        Kind.TUTORING_OVER,
        Kind.TUTORING_OVER_MAIL,
        Kind.TUTORING_ANSWER,
        Kind.MEETING_CARD,
        Kind.MEETING_REMINDER,
        Kind.MEETING_OUTCOME,
        Kind.MEETING_ANSWER,
        Kind.MEETING_INVITATION_MAIL,
        Kind.MEETING_OWN_MAIL,
        Kind.MEETING_REMINDER_MAIL,
        Kind.MEETING_MOVED_MAIL,
        Kind.MEETING_CANCELLED_MAIL,
        Kind.MEETING_EVENT,
        Kind.FAILURE_NOTICE,
        Kind.INTERVENTION_CARD,
        Kind.PARENT_MAIL,
        Kind.PARENT_ANSWER,
        Kind.SHOWN_AGAIN,
    }
)
"""Kinds that come with something else: no button or menu stands for one."""


def kind_of(ref: Ref) -> Kind:
    """Which report a reference is about. Raises InvalidInput on a kind that nobody asks for."""
    if ref.kind is not None:
        return _known(ref.kind)
    return Kind.CLASS_REPORT if ref.student is None else Kind.STUDENT_REPORT


def _known(kind: str) -> Kind:
    if kind not in set(Kind) - NOT_ASKED_FOR:
        raise InvalidInput("kind", OLDER)
    return Kind(kind)


def save_report(asker: Asker, ref: Ref, key: str, *, session: Session) -> Delivery:
    """Save that a report is to be sent, or edited where it stands, once under `key`."""
    if is_export(ref):
        return save_export(asker, ref, key, session=session, double_click=0).delivery
    return enqueue_for(asker, kind_of(ref), _in_own_messages(asker, ref), key, session=session)


def _in_own_messages(asker: Asker, ref: Ref) -> Ref:
    """The same report, in a new message where it would stand in a channel or with somebody else."""
    own = asker.user.slack_channel or ref.channel or ""
    if own == ref.channel and own.startswith("D"):
        return ref
    return replace(ref, channel=None, ts=None)


def save_clicked_report(
    asker: Asker, ref: Ref, key: str, *, session: Session, double_click: float
) -> Delivery:
    """The same for a click: the second of two within `double_click` seconds finds the first's."""
    if is_export(ref):
        saved = save_export(asker, ref, key, session=session, double_click=double_click)
        return saved.delivery
    query = (
        select(Delivery)
        .where(
            Delivery.recipient_id == asker.user.id,
            Delivery.workspace_id == asker.viewer.workspace_id,
            Delivery.created_at > asker.now - timedelta(seconds=double_click),
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    last = session.scalar(query)
    if last is not None and (last.kind, last.payload) == (kind_of(ref).value, ref.payload()):
        return last
    return save_report(asker, ref, key, session=session)


def first_time(workspace_id: int, event_id: str, *, session: Session, now: datetime) -> bool:
    """Whether an event or a modal's draft is new; from now on it is not."""
    if session.get(SeenEvent, (workspace_id, event_id)) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(SeenEvent(workspace_id=workspace_id, event_id=event_id, seen_at=now))
    except IntegrityError:
        return False  # A twin that ran at the same time was a moment earlier.
    return True
