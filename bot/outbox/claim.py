"""Claiming what is due: the database decides who has a delivery, for how long, and which is next.

Order: within a lane the deliveries of one queue (a person's direct messages, or a channel) go out
one after the other by (due_at, id), and one that waits for its next try holds up those behind it.
The lanes are queues of their own, so a person's report never waits behind a reminder that Slack
refuses for the moment; but one delivery of a queue, of either lane, is in flight at a time, which a
unique index guards.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, aliased

from bot.settings import Settings
from school.database import SessionFactory, reading
from school.models import Delivery, DeliveryState, Lane, Medium

WAITING, CLAIMED = DeliveryState.WAITING.value, DeliveryState.CLAIMED.value
SENDING, UNCERTAIN = DeliveryState.SENDING.value, DeliveryState.UNCERTAIN.value
# Written out in the statement, so that the partial index over these states is used.
IN_FLIGHT: BindParameter[Any] = bindparam(
    "in_flight", (CLAIMED, SENDING), expanding=True, literal_execute=True
)


def claim(
    session_factory: SessionFactory,
    lane: Lane,
    limit: int,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    without: Collection[int] = (),
    media: Collection[Medium] = tuple(Medium),
) -> list[Delivery]:
    """Take up to `limit` deliveries that are due, oldest first, each with a new fence and a lease.

    What another worker was quicker to take is left out, and in Slack the workspaces in
    `without`. Where the database stops answering in between, those taken by then are given: nobody
    else would get them before their leases run out.
    """
    with session_factory() as session:
        asked = {"lane": lane.value, "now": now, "without": list(without), "most": limit}
        by = {"media": [medium.value for medium in media]}
        due = list(reading(session).scalars(DUE, asked | by))
    marks = {"state": CLAIMED, "lease_owner": owner, "lease_until": now + lease}
    taken = []
    for delivery in due:
        try:
            if _take(session_factory, delivery, marks):
                taken.append(delivery)
        except OperationalError:
            if not taken:
                raise
            break
    return taken


def recover(session_factory: SessionFactory, *, settings: Settings, now: datetime) -> int:
    """Let go of what workers hold whose lease has run out; returns how many.

    What was being sent may have arrived: it becomes uncertain, to be looked for once the call's
    timeout and the settling time have passed since its worker was last heard of.
    """
    with session_factory() as session:
        dead = list(reading(session).scalars(_dead(now)))
    return sum(_take(session_factory, each, _let_go(each, settings, now)) for each in dead)


def _due() -> Select[Delivery]:
    flying, ahead = aliased(Delivery), aliased(Delivery)
    taken = exists().where(*_in_queue(flying), flying.state.in_(IN_FLIGHT))
    behind = exists().where(
        *_in_queue(ahead),
        ahead.lane == Delivery.lane,
        _is_open(ahead),
        tuple_(ahead.due_at, ahead.id) < tuple_(Delivery.due_at, Delivery.id),
    )
    return (
        select(Delivery)
        .where(
            _is_open(Delivery),
            Delivery.lane == bindparam("lane"),
            Delivery.next_attempt_at <= bindparam("now"),
            Delivery.state.in_((WAITING, UNCERTAIN)),
            Delivery.medium.in_(bindparam("media", expanding=True)),
            or_(
                Delivery.workspace_id.not_in(bindparam("without", expanding=True)),
                Delivery.medium != Medium.SLACK.value,
            ),
            ~taken,
            ~behind,
        )
        .order_by(Delivery.next_attempt_at, Delivery.id)
        .limit(bindparam("most", type_=Integer()))
    )


def _in_queue(other: type[Delivery]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return other.workspace_id == Delivery.workspace_id, other.queue == Delivery.queue


def _is_open(row: type[Delivery]) -> ColumnElement[bool]:
    # In these words, so that the partial indexes are used.
    return row.finished_at.is_(None)


DUE = _due()
"""Made once: the outbox asks this after every step, and making it costs ten times the asking."""


def _dead(now: datetime) -> Select[Delivery]:
    return select(Delivery).where(Delivery.state.in_(IN_FLIGHT), Delivery.lease_until < now)


def _let_go(delivery: Delivery, settings: Settings, now: datetime) -> dict[str, object]:
    free = {"lease_owner": None, "lease_until": None}
    if delivery.state == CLAIMED:
        state = WAITING if delivery.uncertain_at is None else UNCERTAIN
        return {**free, "state": state, "next_attempt_at": now}
    assert delivery.lease_until is not None  # what is in flight has a lease
    heard_of = delivery.lease_until - settings.lease_time
    settled = heard_of + settings.settled_after
    uncertain = {"state": UNCERTAIN, "uncertain_at": heard_of, "error": "worker_lost"}
    again = {"unclear": delivery.unclear + 1, "next_attempt_at": max(settled, now)}
    return {**free, **uncertain, **again}


def _take(session_factory: SessionFactory, delivery: Delivery, values: dict[str, object]) -> bool:
    """Compare the fence and swap; True when this worker was first."""
    values = {**values, "fence": delivery.fence + 1}
    try:
        with session_factory.begin() as session:
            if not swap(session, delivery, values):
                return False
    except IntegrityError:
        return False  # Another delivery of its queue was claimed at the same moment.
    for name, value in values.items():
        setattr(delivery, name, value)
    return True


def swap(
    session: Session,
    delivery: Delivery,
    values: dict[str, object],
    *conditions: ColumnElement[bool],
) -> bool:
    """Write `values` if the delivery stands as this worker last knew it (state and fence)."""
    done = session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == delivery.workspace_id,
            Delivery.id == delivery.id,
            Delivery.fence == delivery.fence,
            Delivery.state == delivery.state,
            _is_open(Delivery),
            *conditions,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(Delivery.id)
    )
    return done.first() is not None
