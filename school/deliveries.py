"""Saving what is to be sent: the row comes first, the sending later (see bot/outbox)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
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
) -> Delivery:
    """Save one delivery, or return the one that already bears `unique_key`.

    `payload` holds ids and ranges only, never text about a person. `channel` is the Slack channel
    that keeps the order, or None where the outbox is to open the recipient's direct messages.
    """
    found = session.scalar(
        select(Delivery).where(
            Delivery.workspace_id == workspace_id, Delivery.unique_key == unique_key
        )
    )
    if found is not None:
        return found
    delivery = Delivery(
        workspace_id=workspace_id,
        id=new_id(),
        kind=kind,
        unique_key=unique_key,
        lane=lane.value,
        recipient_id=recipient_id,
        channel=channel,
        payload=payload,
        state=DeliveryState.WAITING.value,
        next_attempt_at=due_at or now,
        created_at=now,
    )
    session.add(delivery)
    return delivery
