"""Setting and withdrawing timers, in the transaction of what they are for (see bot/clock)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Insert, and_, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from school.models import Timer, TimerState, new_id

WAITING, WITHDRAWN = TimerState.WAITING.value, TimerState.WITHDRAWN.value
COMPARED = ("due_at", "expires_at", "user_id")


def set_timer(
    job: str,
    subject: str,
    occasion: str,
    *,
    session: Session,
    workspace_id: int,
    due_at: datetime,
    now: datetime,
    user_id: int | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Have `job` act at `due_at`, once for (job, subject, occasion); not after `expires_at`.

    One that is still to come is moved, one that was withdrawn is set again; what has acted, or was
    closed, never acts again. Set as it stands already it is left alone, the pause before another
    try included.
    """
    keys = {"workspace_id": workspace_id, "job": job, "subject": subject, "occasion": occasion}
    when: dict[str, Any] = {"due_at": due_at, "next_attempt_at": due_at, "expires_at": expires_at}
    fresh: dict[str, Any] = {"state": WAITING, "ended_at": None, "attempts": 0, "error": None}
    moved: dict[str, Any] = {**when, **fresh, "user_id": user_id}
    made: dict[str, Any] = {"id": new_id(), **keys, **moved, "created_at": now}
    session.execute(_insert_or_move(session, made, list(keys), moved))


def withdraw_timers(
    session: Session,
    workspace_id: int,
    subject: str,
    *,
    now: datetime,
    job: str | None = None,
    keep: Collection[str] = (),
) -> None:
    """Take back the timers of `subject` that are still to come, but for the occasions in `keep`."""
    query = (
        update(Timer)
        .where(Timer.workspace_id == workspace_id, Timer.subject == subject)
        .where(Timer.state == WAITING, Timer.occasion.not_in(keep))
        .values(state=WITHDRAWN, ended_at=now)
    )
    if job is not None:
        query = query.where(Timer.job == job)
    session.execute(query.execution_options(synchronize_session=False))


def _insert_or_move(
    session: Session, made: dict[str, Any], keys: list[str], moved: dict[str, Any]
) -> Insert:
    may = or_(
        Timer.state == WITHDRAWN,
        and_(Timer.state == WAITING, or_(*(_differs(moved, name) for name in COMPARED))),
    )
    if session.get_bind().dialect.name == "sqlite":
        one = sqlite.insert(Timer).values(**made)
        return one.on_conflict_do_update(index_elements=keys, set_=moved, where=may)
    other = postgresql.insert(Timer).values(**made)
    return other.on_conflict_do_update(index_elements=keys, set_=moved, where=may)


def _differs(moved: dict[str, Any], name: str) -> ColumnElement[bool]:
    column: InstrumentedAttribute[Any] = getattr(Timer, name)
    return column.is_distinct_from(moved[name])
