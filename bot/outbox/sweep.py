"""Closing what is past its use, many at a time: after a weekend down none takes a sender's turn."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.outbox.claim import WAITING
from bot.outbox.use import PAST_USE
from school.database import SessionFactory, reading
from school.models import Delivery, DeliveryState

MOST = 500
"""So many in one transaction: about 20 ms, so that nobody's acknowledgement waits for it."""
UNTOUCHED = (
    Delivery.finished_at.is_(None),
    Delivery.expires_at.is_not(None),
    Delivery.state == WAITING,
    Delivery.file_state.is_(None),
    or_(Delivery.sender_id.is_(None), Delivery.failing_since.is_(None)),
)
"""Nothing of it can have arrived; what may have is settled first, one by one. And who sent what was
tried in vain hears of it, which is a worker's business too."""


def close_past_use(session_factory: SessionFactory, *, now: datetime) -> list[str]:
    """Close up to `MOST` deliveries that nobody has in hand; the lane of each that was closed."""
    past = (*UNTOUCHED, Delivery.expires_at <= now)
    query = select(Delivery.workspace_id, Delivery.id).where(*past).limit(MOST)
    with session_factory() as session:
        found = reading(session).execute(query).all()
    if not found:
        return []
    by_workspace: dict[int, list[int]] = defaultdict(list)
    for workspace_id, delivery_id in found:
        by_workspace[workspace_id].append(delivery_id)
    with session_factory.begin() as session:
        return [
            lane
            for workspace_id, ids in by_workspace.items()
            for lane in _close(session, workspace_id, ids, now)
        ]


def _close(session: Session, workspace_id: int, ids: list[int], now: datetime) -> list[str]:
    here = Delivery.workspace_id == workspace_id
    # What somebody else changes at this moment is left to the next turn: a person who withdraws the
    # same ones in another order is never waited for, nor waits for ever.
    free = select(Delivery.id).where(here, Delivery.id.in_(ids), *UNTOUCHED)
    query = (
        update(Delivery)
        .where(here, Delivery.id.in_(free.with_for_update(skip_locked=True)))
        .values(
            state=DeliveryState.CLOSED.value,
            error=PAST_USE,
            finished_at=now,
            fence=Delivery.fence + 1,
        )
        .returning(Delivery.lane)
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(query))
