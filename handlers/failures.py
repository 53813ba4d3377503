"""Trying once more what could not be sent: who may, what became of it meanwhile, who is told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.overview import is_useful
from bot.outbox.telling import failure_key
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.people import Asker
from school.access import Viewer
from school.deliveries import enqueue, retry_failed
from school.errors import NotFound
from school.models import Delivery, DeliveryState, Role

NO_SUCH_DELIVERY = "None of your messages is that one."
NOT_WANTED_AGAIN = frozenset(
    {
        Kind.EXPORT_NOTICE,
        Kind.FAILURE_NOTICE,
        Kind.GREETING,
        Kind.SHOWN_AGAIN,
        Kind.STUDENT_NOTE,
    }
)
"""Kinds that nobody would want any more."""
OVER = frozenset({DeliveryState.CLOSED.value, DeliveryState.TAKEN_BACK.value})


class Tried(StrEnum):
    """What became of a wish to have it tried once more."""

    NOW = "now"
    UNDER_WAY = "under way"
    SENT = "sent"
    FAILED_AGAIN = "failed again"
    OVER = "over"


def is_worth_trying(kind: str, *, is_useful: bool) -> bool:
    """Whether anybody would want it any more."""
    return is_useful and kind not in NOT_WANTED_AGAIN


def open_delivery(session: Session, viewer: Viewer, delivery_id: int) -> Delivery:
    """A delivery of the viewer's own, or any of the workspace for its administrators.

    One's own is what one gets, or what goes out on one's behalf. Raises NotFound, with the same
    words, where there is none or none for this viewer. Nothing of a record is shown by it.
    """
    found = session.get(Delivery, (viewer.workspace_id, delivery_id))
    is_administrator = viewer.role is Role.ADMINISTRATOR
    if found is None or not (is_administrator or viewer.user_id in owners(found)):
        raise NotFound(NO_SUCH_DELIVERY)
    return found


def owners(delivery: Delivery) -> frozenset[int]:
    """Whom it concerns: its recipient, and on whose behalf it goes."""
    both = delivery.recipient_id, delivery.sender_id
    return frozenset(one for one in both if one is not None)


def try_again(asker: Asker, ref: Ref, *, session: Session) -> Tried:
    """Have a failed delivery sent once more, once for each time that it has failed.

    `ref.version` is the round that the asker saw fail. Raises NotFound.
    """
    failed = open_delivery(session, asker.viewer, ref.delivery or 0)
    if failed.state != DeliveryState.FAILED.value:
        return _meanwhile(failed)
    if not is_worth_trying(failed.kind, is_useful=is_useful(failed, asker.now)):
        return Tried.OVER
    round_ = ref.version or 0
    one = session, failed.workspace_id, failed.id
    if retry_failed(*one, now=asker.now, round_failed=round_):
        _tell(asker, failed, round_, session=session)
        return Tried.NOW
    session.refresh(failed)  # somebody else was earlier
    is_newer = failed.state == DeliveryState.FAILED.value
    return Tried.FAILED_AGAIN if is_newer else _meanwhile(failed)


def _meanwhile(delivery: Delivery) -> Tried:
    if delivery.state == DeliveryState.SENT.value:
        return Tried.SENT
    return Tried.OVER if delivery.state in OVER else Tried.UNDER_WAY


def tried_key(delivery_id: int, round_: int) -> str:
    """The unique key of the change of a note once its delivery is tried again."""
    return f"failure {delivery_id} {round_} tried"


def _tell(asker: Asker, failed: Delivery, round_: int, *, session: Session) -> None:
    """Have the note that tells of the failure say that it is tried again, and by whom."""
    note = note_of(failed.workspace_id, failed.id, round_, session=session)
    if note is not None:
        key = tried_key(failed.id, round_)
        show_note_anew(note, key, session=session, now=asker.now, by=asker.user.id)


def note_of(
    workspace_id: int, delivery_id: int, round_: int, *, session: Session
) -> Delivery | None:
    """The note that tells that a delivery has failed, the first time or a further one."""
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        Delivery.unique_key == failure_key(delivery_id, round_),
    )
    return session.scalar(query)


def show_note_anew(note: Delivery, key: str, *, session: Session, now: datetime, **by: int) -> None:
    """Have a note about a failure say what holds now, where it stands. Once under `key`."""
    enqueue(
        Kind.FAILURE_NOTICE,
        {**note.payload, "note": note.id, **by},
        session=session,
        workspace_id=note.workspace_id,
        unique_key=key,
        recipient_id=note.recipient_id,
        channel=None,
        now=now,
    )
