"""A clock on the wall that tests set, jobs that note what they did, and timers looked up."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Clock, Job
from bot.settings import Settings
from school.database import SessionFactory
from school.models import Timer
from school.timers import set_timer
from tests.bot.support import quick_settings

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday, seven in the morning in New York."""


class Wall:
    """The clock on the wall."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def on(self, **span: float) -> None:
        """Later by so much; earlier where it is negative."""
        self.moment += timedelta(**span)


class Notes:
    """A job that notes each time it acts, as (subject, occasion, moment)."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, datetime]] = []

    def __call__(self, _session: Session, timer: Timer, now: datetime) -> None:
        self.taken.append((timer.subject, timer.occasion, now))


def nothing() -> None:
    """Nobody is to be woken."""


def make_clock(
    session_factory: SessionFactory,
    jobs: Iterable[Job],
    wall: Callable[[], datetime],
    *,
    wake: Callable[[], None] = nothing,
    settings: Settings | None = None,
    **changes: float,
) -> Clock:
    """A clock in a hurry."""
    set_so = settings or quick_settings(**changes)
    return Clock(session_factory, jobs, set_so, now=wall, wake=wake)


def put(
    session_factory: SessionFactory,
    workspace_id: int,
    job: str,
    due_at: datetime,
    *,
    subject: str = "meeting 1",
    occasion: str = "once",
    expires_at: datetime | None = None,
) -> None:
    """Set one timer, in a transaction of its own."""
    with session_factory.begin() as session:
        set_timer(
            job,
            subject,
            occasion,
            session=session,
            workspace_id=workspace_id,
            due_at=due_at,
            now=due_at,
            expires_at=expires_at,
        )


def timers(session_factory: SessionFactory) -> list[Timer]:
    """All timers, oldest first."""
    with session_factory() as session:
        return list(session.scalars(select(Timer).order_by(Timer.due_at, Timer.occasion)))


def states(session_factory: SessionFactory) -> list[str]:
    """How they stand, oldest first."""
    return [timer.state for timer in timers(session_factory)]
