"""The note about what could not be sent, rendered as things stand when it is sent or changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete, Outgoing
from handlers.codec import Ref
from handlers.deliveries.shared import viewer_for
from handlers.failures import open_delivery, tried_key
from handlers.reports import title_of
from handlers.views.failure import TEXT, FailureNote, Trial, failure_blocks
from interventions.meetings import MeetingView, meeting_of
from school.access import Viewer
from school.errors import InvalidInput, NotFound
from school.models import Delivery, DeliveryState, Role, User
from school.zones import own_zone


def failure_notice(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """What could not be sent and why. Raises Obsolete where there is nothing to tell any more,
    NotFound where it does not concern the reader, and NotAllowed where they have gone.
    """
    viewer = viewer_for(session, delivery, now)
    failed = open_delivery(session, viewer, int(delivery.payload["delivery"]))
    round_, place = int(delivery.payload["round"]), _place(session, delivery)
    stands = failed.state == DeliveryState.FAILED.value and failed.retried == round_
    if place is None and not stands:
        raise Obsolete("tried_again")
    meeting = _meeting(viewer, failed, session=session, now=now)
    note = FailureNote(
        failed,
        meeting.student_name if meeting else _about(viewer, failed, session=session),
        round_,
        own_zone(viewer, session=session).key,
        now,
        is_administrator=viewer.role is Role.ADMINISTRATOR,
        trial=_trial(viewer, failed, round_, session=session),
        to=_to(viewer, failed, meeting, session=session),
    )
    return Outgoing(TEXT, lambda _file: failure_blocks(note), replaces=place)


def _place(session: Session, delivery: Delivery) -> tuple[str, str] | None:
    """Where the note stands that is to say something else; None for a new one.

    Raises Obsolete where it was never sent.
    """
    if "note" not in delivery.payload:
        return None
    note = session.get(Delivery, (delivery.workspace_id, delivery.payload["note"]))
    if note is None or not note.message_ts:
        raise Obsolete("not_there")
    return str(note.message_channel), note.message_ts


def _about(viewer: Viewer, failed: Delivery, *, session: Session) -> str:
    """Whom or what the message was about, where it is a report that the reader may still see."""
    if failed.student_id is not None:
        return ""  # to whom it was to go says it
    try:
        ref = Ref.from_payload(failed.payload)
        is_report = ref.student is not None or ref.class_id is not None
        return title_of(viewer, ref, session=session) if is_report else ""
    except (NotFound, InvalidInput):
        return ""


def _to(viewer: Viewer, failed: Delivery, meeting: MeetingView | None, *, session: Session) -> str:
    """To which student, or which of those invited to a meeting, it was to go; empty where it is
    none of them, or the reader may not see the student any more.
    """
    if failed.student_id is not None:
        try:
            return title_of(viewer, Ref(student=failed.student_id), session=session)
        except NotFound:
            return ""
    invited, to = meeting.attendees if meeting else (), failed.payload.get("attendee")
    return next((one.name or one.address_hint or "" for one in invited if one.id == to), "")


def _meeting(
    viewer: Viewer, failed: Delivery, *, session: Session, now: datetime
) -> MeetingView | None:
    """The meeting it was about, where the reader may still see it."""
    meeting = failed.payload.get("meeting")
    if not isinstance(meeting, int):
        return None
    try:
        return meeting_of(viewer, meeting, session=session, now=now)
    except NotFound:
        return None


def _trial(viewer: Viewer, failed: Delivery, round_: int, *, session: Session) -> Trial | None:
    """Who had it tried again, as the change of the note by that click knows."""
    query = select(Delivery).where(
        Delivery.workspace_id == failed.workspace_id,
        Delivery.unique_key == tried_key(failed.id, round_),
    )
    change = session.scalar(query)
    if change is None:
        return None
    by = session.get_one(User, change.payload["by"])
    return Trial(change.created_at, None if by.id == viewer.user_id else by.name)
