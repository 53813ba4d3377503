"""What an administrator is told of the outbox: waiting, late and failed, and what today brought.

Queries for one workspace, into plain data; nothing here is rendered. Each goes by an index over the
open, the finished or the waiting rows alone, so that it stays quick beside many that are done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select, text
from sqlalchemy.orm import Session, aliased

from bot.gate import ALL, POST
from bot.outbox.expiry import FILE_EXPIRY
from bot.outbox.overviewed import Failed, Group, Late, Overdue, Overview, Person, Today, Why
from bot.settings import Settings
from school.models import Delivery, DeliveryState, Gate, Lane, Medium, Timer, User

FAILED_FOR = timedelta(days=14)
"""How long what has failed is shown."""
MOST_LISTED = 200
"""How many late and how many failed ones are told of one by one, at most."""
IN_HAND = frozenset({DeliveryState.CLAIMED.value, DeliveryState.SENDING.value})
_TIMER_WAITS = text("state = 'waiting'")
"""Written out in the statement, so that the partial index over these timers is used."""


def delivery_overview(
    session: Session,
    workspace_id: int,
    *,
    settings: Settings,
    now: datetime,
    day_began: datetime,
    most: int = MOST_LISTED,
) -> Overview:
    """How the workspace's deliveries stand; at most so many late and failed ones are listed."""
    late_since = now - timedelta(seconds=settings.late_after)
    counts = _counts(session, workspace_id, now, late_since)
    held_until = _held_until(session, workspace_id, now)
    failed = _ended(workspace_id, DeliveryState.FAILED, now - FAILED_FOR)
    return Overview(
        now=now,
        waiting=_waiting(counts),
        planned=sum(one.planned for one in counts if one.kind != FILE_EXPIRY),
        held_until=held_until,
        late_count=sum(one.late for one in counts),
        late=_late(session, workspace_id, late_since, most, now=now, held_until=held_until),
        failed_count=_count(session, *failed),
        failed=_failed(session, failed, most, now=now),
        today=_today(session, workspace_id, day_began),
        overdue=_overdue(session, workspace_id, settings, now),
    )


NOT_HOUSEKEEPING = Delivery.kind != FILE_EXPIRY
Conditions = tuple[ColumnElement[bool], ...]


def _open(workspace_id: int) -> Conditions:
    # In these words, so that the partial index over what is open is used: any queue's name is at
    # least empty, and SQLite would go through all that is finished by the primary key otherwise.
    here = Delivery.workspace_id == workspace_id
    return here, Delivery.queue >= "", Delivery.finished_at.is_(None)


def _ended(workspace_id: int, state: DeliveryState, since: datetime) -> Conditions:
    return (
        Delivery.workspace_id == workspace_id,
        Delivery.state == state.value,
        Delivery.finished_at >= since,
    )


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Delivery).where(*conditions)) or 0


class Counts(NamedTuple):
    """How many of one kind are due, late, and planned for later; the oldest that is open."""

    lane: str
    medium: str
    kind: str
    due: int
    late: int
    planned: int
    oldest: datetime


def _counts(
    session: Session, workspace_id: int, now: datetime, late_since: datetime
) -> Sequence[Counts]:
    """All that is open, in one pass."""
    group = Delivery.lane, Delivery.medium, Delivery.kind
    due, late = Delivery.due_at <= now, Delivery.due_at < late_since
    sums = [func.sum(case((one, 1), else_=0)) for one in (due, late, ~due)]
    query = select(*group, *sums, func.min(Delivery.due_at)).where(*_open(workspace_id))
    return [Counts(*row) for row in session.execute(query.group_by(*group))]


def _waiting(counts: Sequence[Counts]) -> tuple[Group, ...]:
    """What is due, those that somebody waits for first."""
    lanes = list(Lane)
    found = [
        Group(Lane(one.lane), Medium(one.medium), one.kind, one.due, one.oldest)
        for one in counts
        if one.due
    ]
    return tuple(sorted(found, key=lambda one: (lanes.index(one.lane), one.oldest)))


def _held_until(session: Session, workspace_id: int, now: datetime) -> datetime | None:
    """Until when Slack takes no posts from us, by any process' knowledge."""
    posts = Gate.workspace_id == workspace_id, Gate.method == POST, Gate.channel == ALL
    return session.scalar(select(Gate.banned_until).where(*posts, Gate.banned_until > now))


def _late(
    session: Session,
    workspace_id: int,
    late_since: datetime,
    most: int,
    *,
    now: datetime,
    held_until: datetime | None,
) -> tuple[Late, ...]:
    """The oldest ones. Their ids come first, which the index alone gives."""
    oldest = (Delivery.due_at, Delivery.id)
    late = select(Delivery.id).where(*_open(workspace_id), Delivery.due_at < late_since)
    ids = session.scalars(late.order_by(*oldest).limit(most)).all()
    these = Delivery.workspace_id == workspace_id, Delivery.id.in_(ids)
    behind = _behind(session, these)
    return tuple(
        _late_one(*row, is_behind=row[0].id in behind, now=now, held_until=held_until)
        for row in session.execute(_with_people().where(*these).order_by(*oldest))
    )


def _behind(session: Session, these: Conditions) -> set[int]:
    """Which of them wait for another one of their queue to go first."""
    ahead = aliased(Delivery)
    first = (
        select(ahead.id)
        .where(
            ahead.workspace_id == Delivery.workspace_id,
            ahead.queue == Delivery.queue,
            ahead.lane == Delivery.lane,
            ahead.finished_at.is_(None),
        )
        .order_by(ahead.due_at, ahead.id)
        .limit(1)
    )
    behind = select(Delivery.id).where(*these, first.scalar_subquery() != Delivery.id)
    return set(session.scalars(behind))


def _late_one(
    one: Delivery,
    recipient: str | None,
    sender: str | None,
    *,
    is_behind: bool,
    now: datetime,
    held_until: datetime | None,
) -> Late:
    why = _why(one, is_behind=is_behind, is_held=held_until is not None, now=now)
    next_try = one.next_attempt_at if one.next_attempt_at > now else None
    until = held_until or next_try if why is Why.HELD else next_try
    person, medium = _person(recipient, sender), Medium(one.medium)
    return Late(one.id, one.kind, medium, person, one.due_at, why, until, one.error)


def _why(one: Delivery, *, is_behind: bool, is_held: bool, now: datetime) -> Why:
    """What it waits for; the first that holds."""
    is_posted = is_held and one.medium == Medium.SLACK.value
    reasons = (
        (one.state in IN_HAND, Why.IN_HAND),
        (one.uncertain_at is not None, Why.UNSETTLED),
        (one.failing_since is not None, Why.RETRYING),
        (is_behind, Why.BEHIND),
        (one.next_attempt_at > now or is_posted, Why.HELD),
    )
    return next((why for holds, why in reasons if holds), Why.UNTAKEN)


def _failed(
    session: Session, conditions: Conditions, most: int, *, now: datetime
) -> tuple[Failed, ...]:
    newest = (Delivery.finished_at.desc(), Delivery.id.desc())
    query = _with_people().where(*conditions).order_by(*newest).limit(most)
    return tuple(_failed_one(*row, now=now) for row in session.execute(query))


def is_useful(delivery: Delivery, now: datetime) -> bool:
    """Whether it could still be sent: it is neither past its use nor withdrawn."""
    is_past = delivery.expires_at is not None and delivery.expires_at <= now
    return delivery.withdrawn_at is None and not is_past


def _failed_one(
    one: Delivery, recipient: str | None, sender: str | None, *, now: datetime
) -> Failed:
    assert one.finished_at is not None  # it has failed
    return Failed(
        delivery_id=one.id,
        kind=one.kind,
        medium=Medium(one.medium),
        person=_person(recipient, sender),
        failed_at=one.finished_at,
        error=one.error or "",
        reference=one.reference,
        round=one.retried,
        is_useful=is_useful(one, now),
    )


def _with_people() -> Select[Delivery, str | None, str | None]:
    """Deliveries, each with the names of its recipient and of its sender."""
    recipient, sender = aliased(User), aliased(User)
    return (
        select(Delivery, recipient.name, sender.name)
        .outerjoin(recipient, recipient.id == Delivery.recipient_id)
        .outerjoin(sender, sender.id == Delivery.sender_id)
    )


def _person(recipient: str | None, sender: str | None) -> Person | None:
    if recipient is not None:
        return Person(recipient, is_recipient=True)
    return None if sender is None else Person(sender, is_recipient=False)


def _today(session: Session, workspace_id: int, day_began: datetime) -> Today:
    ends = (DeliveryState.SENT, DeliveryState.CLOSED, DeliveryState.TAKEN_BACK)
    counts = (
        _count(session, *_ended(workspace_id, end, day_began), NOT_HOUSEKEEPING) for end in ends
    )
    return Today(*counts)


def _overdue(
    session: Session, workspace_id: int, settings: Settings, now: datetime
) -> Overdue | None:
    """Timers past their moment by more than what counts as late, those that break included."""
    soon = now + timedelta(seconds=settings.retry_most)
    overdue = (
        _TIMER_WAITS,
        Timer.next_attempt_at <= soon,
        Timer.workspace_id == workspace_id,
        Timer.due_at < now - timedelta(seconds=settings.late_after),
    )
    oldest = select(Timer).where(*overdue).order_by(Timer.due_at, Timer.id).limit(1)
    first = session.scalar(oldest)
    if first is None:
        return None
    count = session.scalar(select(func.count()).select_from(Timer).where(*overdue)) or 0
    return Overdue(count, first.due_at, first.error)
