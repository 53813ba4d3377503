"""For whom a daily job is: each person, or each workspace, with what its hour depends on.

One query for all of them, and one for the timers that wait; the first, for one of them, when its
turn has come.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from bot.clock.rhythm import LAST, Occurrence
from school.models import Preference, Timer, TimerState, User, Workspace
from school.preferences import QUIET_HOURS

ENDED = (TimerState.DONE.value, TimerState.CLOSED.value)
Asked = Select[*tuple[Any, ...]]
# Not joined to the people: SQLite would look through all timers for each of them.
WAITING_TURNS = select(
    Timer.workspace_id, Timer.subject, Timer.occasion, Timer.due_at, Timer.expires_at
).where(Timer.state == TimerState.WAITING.value, Timer.job == bindparam("job"))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody and what their hour depends on; `last` is the occasion that had its turn last."""

    workspace_id: int
    user_id: int | None
    applies: bool
    zone: str | None
    school_zone: str
    wish: dict[str, Any] | None
    quiet: dict[str, Any] | None
    last: str | None

    @property
    def subject(self) -> str:
        """What the timers are for."""
        if self.user_id is None:
            return f"workspace {self.workspace_id}"
        return f"user {self.user_id}"

    @property
    def last_day(self) -> date | None:
        """The last day that had its turn."""
        return None if self.last is None else date.fromisoformat(self.last)


def member(row: Row[*tuple[Any, ...]]) -> Member:
    """A row of either query."""
    return Member(*row)


def everybody(job: str, wish: str | None, applies: Sequence[ColumnElement[bool]]) -> Asked:
    """All users; `wish` is the key of the preference that holds their hour.

    Those for whom `applies` does not hold are among them: what waits for them is withdrawn.
    """
    wished, quiet, subject = aliased(Preference), aliased(Preference), _subject("user", User.id)
    return (
        select(
            User.workspace_id,
            User.id,
            and_(true(), *applies),
            User.timezone,
            Workspace.timezone,
            wished.value,
            quiet.value,
            _last(job, User.workspace_id, subject),
        )
        .join(Workspace, Workspace.id == User.workspace_id)
        .outerjoin(wished, and_(wished.user_id == User.id, wished.key == wish))
        .outerjoin(quiet, and_(quiet.user_id == User.id, quiet.key == QUIET_HOURS))
        .order_by(User.id)
    )


def every_workspace(job: str) -> Asked:
    """All workspaces."""
    subject = _subject("workspace", Workspace.id)
    return (
        select(
            Workspace.id,
            null(),
            true(),
            null(),
            Workspace.timezone,
            null(),
            null(),
            _last(job, Workspace.id, subject),
        )
        .select_from(Workspace)
        .order_by(Workspace.id)
    )


def waiting_turns(session: Session, job: str) -> dict[tuple[int, str], list[Occurrence]]:
    """The timers of a daily job that are still to come, by workspace and subject."""
    turns: defaultdict[tuple[int, str], list[Occurrence]] = defaultdict(list)
    for workspace_id, subject, occasion, due_at, expires_at in session.execute(
        WAITING_TURNS, {"job": job}
    ):
        until = expires_at or LAST
        turn = Occurrence(date.fromisoformat(occasion), due_at, until)
        turns[workspace_id, subject].append(turn)
    return turns


def _subject(kind: str, key: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return literal(f"{kind} ") + cast(key, String)


def _last(
    job: str, workspace: InstrumentedAttribute[int], subject: ColumnElement[str]
) -> ScalarSelect[str]:
    # The newest first by the unique key: not all of somebody's past is read.
    ended = aliased(Timer)
    return (
        select(ended.occasion)
        .where(
            ended.workspace_id == workspace,
            ended.job == job,
            ended.subject == subject,
            ended.state.in_(ENDED),
        )
        .order_by(ended.occasion.desc())
        .limit(1)
        .scalar_subquery()
    )
