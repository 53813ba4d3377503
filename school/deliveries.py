"""Saving what is to be sent: the row comes first, the sending later (see bot/outbox)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from school.models import Delivery, DeliveryState, Lane, new_id


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    session: Session,
    workspace_id: int,
    unique_key: str,
    recipient_id: int | None,
    channel: str | None,
    now: datetime,
    lane: Lane = Lane.INTERACTIVE,
    due_at: datetime | None = None,
    queue: str | None = None,
) -> Delivery:
    """Save one delivery, or return the one that already bears `unique_key`.

    `payload` holds ids and ranges only, never text about a person. `channel` is the Slack channel
    to post in, or None where the outbox is to open the recipient's direct messages. `queue` is
    for what keeps an order of its own, beside its recipient's messages. Raises ValueError where
    there is neither a recipient nor a channel nor a queue.
    """
    # The database decides between two that come at the same time; the later one finds the earlier.
    once = _insert_once(session).values(
        workspace_id=workspace_id,
        id=new_id(),
        kind=kind,
        unique_key=unique_key,
        lane=lane.value,
        recipient_id=recipient_id,
        channel=channel,
        queue=queue or queue_of(recipient_id, channel),
        payload=payload,
        state=DeliveryState.WAITING.value,
        due_at=due_at or now,
        next_attempt_at=due_at or now,
        created_at=now,
    )
    session.execute(once)
    bears_key = Delivery.workspace_id == workspace_id, Delivery.unique_key == unique_key
    return session.scalars(select(Delivery).where(*bears_key)).one()


def queue_of(recipient_id: int | None, channel: str | None) -> str:
    """What keeps the order of a delivery: its recipient, else its channel.

    A recipient's direct messages are one queue, whether or not their channel is known yet. Raises
    ValueError where there is neither.
    """
    if recipient_id is not None:
        return f"user {recipient_id}"
    if channel is None:
        raise ValueError("a delivery needs a recipient or a channel")
    return channel


def _insert_once(session: Session) -> postgresql.Insert | sqlite.Insert:
    key = [Delivery.workspace_id, Delivery.unique_key]
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(Delivery).on_conflict_do_nothing(index_elements=key)
    return postgresql.insert(Delivery).on_conflict_do_nothing(index_elements=key)
