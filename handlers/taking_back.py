"""Taking back what goes to a person, for as long as it has not gone; and what then is shown.

A message of ours that offers it is edited where it stands, rendered anew by its own builder: once
when it is taken back, and once when the time for it is over, as a delivery that is due then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.failures import NO_SUCH_DELIVERY
from handlers.ids import Kind
from handlers.people import Asker
from interventions.messages import withdraw_taken_back
from interventions.undoing import take_away
from school.deliveries import enqueue, take_back
from school.errors import NotFound
from school.following import changed, intervention_of
from school.models import Delivery, DeliveryState, Intervention

NEVER_WENT = frozenset(
    {DeliveryState.CLOSED.value, DeliveryState.FAILED.value, DeliveryState.TAKEN_BACK.value}
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Of so many messages that went out together, how many were taken back by now, and gone."""

    count: int
    now: int
    before: int
    gone: int


def take_all_back(asker: Asker, ref: Ref, *, session: Session) -> TakenBack:
    """Take back what the asker sent, with all that went out with it. Raises NotFound."""
    together = sent_together(session, asker.viewer.workspace_id, ref.delivery or 0)
    own = [one for one in together if one.sender_id == asker.user.id]
    if not own:
        raise NotFound(NO_SUCH_DELIVERY)
    before = sum(one.state == DeliveryState.TAKEN_BACK.value for one in own)
    taken = [one for one in own if _take(asker, one, session=session)]
    left = [one for one in own if one not in taken]
    gone = sum(one.state not in NEVER_WENT for one in left)
    whole = TakenBack(len(own), len(taken), before, gone)
    withdraw_taken_back(session, taken, asker.now)
    _undo(asker, own[0], whole, session=session)
    return whole


def _undo(asker: Asker, sent: Delivery, taken: TakenBack, *, session: Session) -> None:
    """What was done for a student was not, once nobody hears of it; its card shows it."""
    number = intervention_of(sent)
    if number is None or not taken.now:
        return
    if taken.gone:
        changed(number, session=session, now=asker.now)
        return
    take_away(session.get_one(Intervention, number), session=session, now=asker.now)


def _take(asker: Asker, one: Delivery, *, session: Session) -> bool:
    where = session, one.workspace_id, one.id
    return take_back(*where, sender_id=asker.user.id, now=asker.now)


def sent_together(session: Session, workspace_id: int, delivery_id: int) -> Sequence[Delivery]:
    """A delivery and those that were saved with it, by the same person, about the same record.

    Of an intervention it is all of them, of a meeting those of the same medium.
    """
    one = session.get(Delivery, (workspace_id, delivery_id))
    if one is None or one.about is None:
        return () if one is None else (one,)
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        Delivery.about == one.about,
        Delivery.sender_id == one.sender_id,
        Delivery.created_at == one.created_at,
    )
    if intervention_of(one) is None:
        query = query.where(Delivery.medium == one.medium)
    return session.scalars(query.order_by(Delivery.id)).all()


def can_be_taken_back(delivery: Delivery, now: datetime) -> bool:
    """Whether a message is to offer that still: not once its time has come."""
    return delivery.state == DeliveryState.WAITING.value and now < delivery.due_at


def show_again(
    session: Session, shown: Delivery, *, due: datetime, now: datetime, key: str
) -> Delivery:
    """Have the message that the delivery `shown` brings edited at `due`, rendered as of then.

    Once under `key`. A message that has not been sent by then is left alone.
    """
    return enqueue(
        Kind.SHOWN_AGAIN,
        {"delivery": shown.id},
        session=session,
        workspace_id=shown.workspace_id,
        unique_key=key,
        recipient_id=shown.recipient_id,
        student_id=shown.student_id,
        channel=None,
        now=now,
        due_at=due,
    )


def message_at(
    session: Session, workspace_id: int, recipient_id: int, channel: str, ts: str
) -> Delivery | None:
    """The delivery that brought a message of ours, the last one where it was edited since."""
    query = select(Delivery).where(
        Delivery.recipient_id == recipient_id,
        Delivery.workspace_id == workspace_id,
        Delivery.message_channel == channel,
        Delivery.message_ts == ts,
        Delivery.kind != Kind.SHOWN_AGAIN.value,
    )
    return session.scalars(query.order_by(Delivery.id.desc()).limit(1)).first()
