"""Saving what is to be sent: the row comes first, the sending later (see bot/outbox)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from school.models import Delivery, DeliveryState, Lane, Medium, new_id
from school.models.base import UtcDateTime


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
    medium: Medium = Medium.SLACK,
    student_id: int | None = None,
    sender_id: int | None = None,
    about: str | None = None,
    expires_at: datetime | None = None,
) -> Delivery:
    """Save one delivery, or return the one that already bears `unique_key`.

    `payload` holds ids and ranges only, never text about a person. `channel` is where to post, or
    None for the direct messages of the recipient or the student; `queue` is for what keeps an order
    of its own. Until it is due `take_back` may have it; the other values are told of at `Delivery`.
    Raises ValueError where there is nobody, no channel and no queue, or a recipient and a student.
    """
    if recipient_id is not None and student_id is not None:
        raise ValueError("a delivery goes to a recipient or to a student")
    place = {"recipient_id": recipient_id, "student_id": student_id, "channel": channel}
    given = {"sender_id": sender_id, "about": about, "expires_at": expires_at, "payload": payload}
    what = {"workspace_id": workspace_id, "kind": kind, "unique_key": unique_key}
    way = {"lane": lane.value, "medium": medium.value}
    line = queue or queue_of(recipient_id, channel, student_id)
    when = {"due_at": due_at or now, "created_at": now}
    return _saved_once(session, **what, **place, **given, **way, **when, queue=line)


def _saved_once(session: Session, **values: Any) -> Delivery:
    """The row with these values, or the one that has their key already."""
    # The database decides between two that come at the same time; the later one finds the earlier.
    waiting = {"state": DeliveryState.WAITING.value, "next_attempt_at": values["due_at"]}
    session.execute(_insert_once(session).values(id=new_id(), **waiting, **values))
    key = {name: values[name] for name in ("workspace_id", "unique_key")}
    return session.scalars(select(Delivery).filter_by(**key)).one()


def take_back(
    session: Session, workspace_id: int, delivery_id: int, *, sender_id: int, now: datetime
) -> bool:
    """Stop what `sender_id` has sent to a person; False where it is under way or gone already."""
    never = Delivery.first_attempt_at.is_(None), Delivery.sender_id == sender_id
    one = Delivery.workspace_id == workspace_id, Delivery.id == delivery_id
    ended = _ended(DeliveryState.TAKEN_BACK, "taken_back", now)
    return _changed(session, update(Delivery).where(*one, *never, *NOT_HANDED_OVER), ended) > 0


def withdraw(session: Session, workspace_id: int, about: str, *, now: datetime) -> int:
    """Stop all that is still to be sent about a record; returns how many.

    What is being sent at this moment cannot be stopped any more; it is not sent a second time. What
    has failed is not to be tried again.
    """
    whole = Delivery.workspace_id == workspace_id, Delivery.about == about
    ended = _ended(DeliveryState.CLOSED, "withdrawn", now)
    stopped = _changed(session, update(Delivery).where(*whole, *NOT_HANDED_OVER), ended)
    under_way = update(Delivery).where(*whole, Delivery.finished_at.is_(None))
    _changed(session, under_way, {"withdrawn_at": now})
    failed = Delivery.finished_at.is_not(None), Delivery.state == DeliveryState.FAILED.value
    _changed(session, update(Delivery).where(*whole, *failed), {"withdrawn_at": now})
    return stopped


def retry_failed(
    session: Session,
    workspace_id: int,
    delivery_id: int,
    *,
    now: datetime,
    round_failed: int | None = None,
) -> bool:
    """Have a failed delivery tried once more; False where there is nothing to try any more.

    Of two clicks the second finds it open, and changes nothing; `round_failed` is the `retried`
    that the button was made for: a click on an older notice is none on the latest failure.
    What may have arrived at some time is looked for in the channel's history, since its first
    attempt, before it is sent again.
    """
    one = Delivery.workspace_id == workspace_id, Delivery.id == delivery_id
    useful = (
        Delivery.withdrawn_at.is_(None),
        or_(Delivery.expires_at.is_(None), Delivery.expires_at > now),
    )
    this_round = () if round_failed is None else (Delivery.retried == round_failed,)
    failed = Delivery.state == DeliveryState.FAILED.value
    query = update(Delivery).where(*one, failed, *useful, *this_round)
    return _changed(session, query, _reopened(now)) > 0


def _reopened(now: datetime) -> dict[str, Any]:
    unclear = or_(Delivery.uncertain_at.is_not(None), Delivery.unclear > 0)
    seen = and_(unclear, Delivery.first_attempt_at.is_not(None))
    waiting, uncertain = DeliveryState.WAITING.value, DeliveryState.UNCERTAIN.value
    given_up = Delivery.file_state.in_(FILE_GIVEN_UP)
    return {
        "state": case((seen, uncertain), else_=waiting),
        "uncertain_at": case(
            (seen, func.coalesce(Delivery.uncertain_at, literal(now, UtcDateTime))), else_=None
        ),
        "file_state": case((given_up, None), else_=Delivery.file_state),
        "file_since": case((given_up, None), else_=Delivery.file_since),
        "next_attempt_at": now,
        "finished_at": None,
        "attempts": 0,
        "failing_since": None,
        "error": None,
        "reference": None,
        "retried": Delivery.retried + 1,
        "fence": Delivery.fence + 1,
    }


FILE_GIVEN_UP = ("table", "lacking", "broken", "unseen")
"""Where words or a table were to stand in for a file: it gets another chance."""
NOT_HANDED_OVER = (
    Delivery.finished_at.is_(None),
    Delivery.state.in_((DeliveryState.WAITING.value, DeliveryState.CLAIMED.value)),
    Delivery.uncertain_at.is_(None),  # else it is claimed to be looked for: it may have arrived
    Delivery.file_state.is_(None),
)
"""Nobody can have seen it: a worker that has it in hand loses it with the next fence."""


def _ended(state: DeliveryState, why: str, now: datetime) -> dict[str, Any]:
    free = {"lease_owner": None, "lease_until": None, "finished_at": now}
    return {**free, "state": state.value, "error": why, "fence": Delivery.fence + 1}


def _changed(session: Session, query: Update, values: dict[str, Any]) -> int:
    """Carry out an update; returns how many rows it changed."""
    asked = query.values(**values).execution_options(synchronize_session=False)
    return len(session.execute(asked.returning(Delivery.id)).all())


def queue_of(recipient_id: int | None, channel: str | None, student_id: int | None = None) -> str:
    """What keeps the order of a delivery: its recipient or student, else its channel.

    A person's direct messages are one queue, whether or not their channel is known yet. Raises
    ValueError where there is none of them.
    """
    if recipient_id is not None:
        return f"user {recipient_id}"
    if student_id is not None:
        return f"student {student_id}"
    if channel is None:
        raise ValueError("a delivery needs a recipient or a channel")
    return channel


def _insert_once(session: Session) -> postgresql.Insert | sqlite.Insert:
    key = [Delivery.workspace_id, Delivery.unique_key]
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(Delivery).on_conflict_do_nothing(index_elements=key)
    return postgresql.insert(Delivery).on_conflict_do_nothing(index_elements=key)
