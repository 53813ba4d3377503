"""Setting and withdrawing timers, in the transaction of what they are for (see bot/clock)."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Insert, Table, and_, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from school.models import Timer, TimerState, new_id

WAITING, WITHDRAWN = TimerState.WAITING.value, TimerState.WITHDRAWN.value
KEYS = ("workspace_id", "job", "subject", "occasion")
COMPARED = ("due_at", "expires_at", "user_id")
MOVED = (*COMPARED, "next_attempt_at", "state", "attempts", "error", "ended_at")


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
    made = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "job": job,
        "subject": subject,
        "occasion": occasion,
        "user_id": user_id,
        "due_at": due_at,
        "next_attempt_at": due_at,
        "expires_at": expires_at,
        "created_at": now,
        "state": WAITING,
        "attempts": 0,
        "error": None,
        "ended_at": None,
    }
    session.execute(_insert_or_move(session.get_bind().dialect.name), made)


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
    # Not by the column itself: SQLite would look through the whole workspace by the primary key.
    in_workspace = Timer.workspace_id + 0 == workspace_id
    query = (
        update(Timer)
        .where(in_workspace, Timer.subject == subject)
        .where(Timer.state == WAITING, Timer.occasion.not_in(keep))
        .values(state=WITHDRAWN, ended_at=now)
    )
    if job is not None:
        query = query.where(Timer.job == job)
    session.execute(query.execution_options(synchronize_session=False))


@cache
def _insert_or_move(dialect: str) -> Insert:
    # Made once: a clock that sets thousands of timers asks for it each time.
    table = cast(Table, Timer.__table__)
    one = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    new = one.excluded
    differs = or_(*(table.c[name].is_distinct_from(new[name]) for name in COMPARED))
    may = or_(table.c.state == WITHDRAWN, and_(table.c.state == WAITING, differs))
    moved = {name: new[name] for name in MOVED}
    return one.on_conflict_do_update(index_elements=KEYS, set_=moved, where=may)
