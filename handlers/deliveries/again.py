"""A message of ours that is shown again where it stands, rendered anew by its own builder."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.outgoing import Obsolete, Outgoing
from school.cards import AGAIN
from school.models import Delivery

Builder = Callable[[Session, Delivery, datetime], Outgoing]


def shown_again(
    builders: Mapping[str, Builder], session: Session, delivery: Delivery, now: datetime
) -> Outgoing:
    """The message that another delivery brought, as it is now, in its place.

    Raises Obsolete where it does not stand anywhere, and what its builder raises.
    """
    shown = session.get(Delivery, (delivery.workspace_id, delivery.payload["delivery"]))
    if shown is None or not shown.message_ts or _whose(shown) != _whose(delivery):
        raise Obsolete("not_there")
    place = str(shown.message_channel), shown.message_ts
    return replace(builders[shown.kind](session, _anew(shown), now), replaces=place)


def _whose(delivery: Delivery) -> tuple[int | None, int | None]:
    """In whose direct messages it stands: a user's, or a student's."""
    return delivery.recipient_id, delivery.student_id


def _anew(shown: Delivery) -> Delivery:
    """The delivery as its builder is to see it: no row, and with `again` in its payload, by which
    a card knows that it is to be made though nothing of its record has changed.
    """
    return Delivery(
        workspace_id=shown.workspace_id,
        id=shown.id,
        kind=shown.kind,
        lane=shown.lane,
        recipient_id=shown.recipient_id,
        student_id=shown.student_id,
        sender_id=shown.sender_id,
        payload={**shown.payload, AGAIN: True},
        due_at=shown.due_at,
        created_at=shown.created_at,
    )
