"""Enqueueing what somebody asked for, into their own direct messages."""

from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.ids import Kind
from handlers.people import Asker
from school.deliveries import enqueue
from school.models import Delivery, Lane


def enqueue_for(
    asker: Asker,
    kind: Kind,
    ref: Ref,
    key: str,
    *,
    session: Session,
    lane: Lane = Lane.INTERACTIVE,
    queue: str | None = None,
) -> Delivery:
    """Have a delivery about `ref` made for the asker, once under `key`."""
    return enqueue(
        kind,
        ref.payload(),
        session=session,
        workspace_id=asker.viewer.workspace_id,
        unique_key=key,
        recipient_id=asker.user.id,
        channel=asker.user.slack_channel,
        now=asker.now,
        lane=lane,
        queue=queue,
    )
