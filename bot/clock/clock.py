"""One tick: what is past its use is closed, what is missing is planned, what is due done once.

The database decides. A timer is locked, marked as done and acted on in one short transaction; a
process that finds it locked passes on to the next, and one that dies leaves it as it was.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from threading import Event

from sqlalchemy import Integer, bindparam, or_, select, tuple_, update
from sqlalchemy.orm import Session

from bot.backoff import pause
from bot.clock.job import Change, Job
from bot.clock.kept import Kept
from bot.clock.metrics import ClockMetrics, timer_lines
from bot.clock.ticker import Ticker
from bot.logs import place_of
from bot.settings import Settings
from school.database import DATABASE_TROUBLE, SessionFactory, reading
from school.models import Timer, TimerState

LOG = logging.getLogger(__name__)
CLOSED_AT_ONCE = 500
"""So many timers are closed in one statement, so that nobody waits long for the database."""
PLANNED_AT_ONCE = 50
"""So many changes of a plan are written in one transaction."""

WAITING, DONE, CLOSED = (
    TimerState.WAITING.value,
    TimerState.DONE.value,
    TimerState.CLOSED.value,
)
_KEY = tuple_(Timer.workspace_id, Timer.id)
_IS_DUE = (
    Timer.state == WAITING,
    Timer.next_attempt_at <= bindparam("now"),
    Timer.job.in_(bindparam("jobs", expanding=True)),  # the others belong to another release
)
_IS_PAST = Timer.expires_at <= bindparam("now")
_IS_ONE = Timer.workspace_id == bindparam("workspace"), Timer.id == bindparam("timer")

# Made once, as each tick asks them.
PAST = select(Timer.workspace_id, Timer.id).where(*_IS_DUE, _IS_PAST)
DUE = (
    select(Timer.workspace_id, Timer.id)
    .where(*_IS_DUE)
    .order_by(Timer.next_attempt_at, Timer.id)
    .limit(bindparam("most", type_=Integer()))
)
STILL = select(Timer).where(*_IS_ONE, Timer.state == WAITING).with_for_update(skip_locked=True)
MINE = STILL.where(*_IS_DUE, or_(Timer.expires_at.is_(None), ~_IS_PAST))


class Clock:
    """Does what timers are for. As many processes as wanted may run one each on a database."""

    def __init__(
        self,
        session_factory: SessionFactory,
        jobs: Iterable[Job],
        settings: Settings,
        *,
        now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self.metrics = ClockMetrics()
        self._session_factory = session_factory
        self._jobs = {job.name: job for job in jobs}
        self._settings = settings
        self._now = now
        self._wake = wake
        self._stopping = Event()
        self._planned: dict[str, datetime] = {}
        self._ticker = Ticker(self.tick, settings, self.metrics)

    def start(self) -> None:
        """Begin to tick, in threads of its own; returns at once."""
        self._ticker.start()

    def stop(self) -> None:
        """Begin nothing more; the timer in hand is done, or left as it was."""
        self._stopping.set()
        self._ticker.stop()

    def tick(self) -> bool:
        """Do what is due now; returns whether there may be more. Raises what the database does.

        `wake` tells the outbox when something was done.
        """
        for job in self._close_past():
            # What came to nothing has not set the one after it.
            self._planned.pop(job, None)
        self._plan()
        keys = self._due()
        done = [key for key in keys if not self._stopping.is_set() and self._act(*key)]
        if done:
            self._wake()
        return bool(done) and len(keys) == self._settings.timers_a_tick

    def metrics_lines(self) -> list[str]:
        """Counters of this process and the timers of all, in Prometheus' text format."""
        return [*self.metrics.lines(), *timer_lines(self._session_factory, self._now())]

    def _asked(self) -> dict[str, object]:
        return {"now": self._now(), "jobs": list(self._jobs)}

    def _close_past(self) -> set[str]:
        """Close what is past its use; returns the jobs whose timers they were."""
        jobs: set[str] = set()
        while (found := self._close_some()) and not self._stopping.is_set():
            jobs.update(found)
        return jobs

    def _close_some(self) -> list[str]:
        asked = self._asked()
        with self._session_factory() as session:
            if reading(session).execute(PAST.limit(1), asked).first() is None:
                return []
        some = _KEY.in_(PAST.limit(CLOSED_AT_ONCE).with_for_update(skip_locked=True))
        closing = update(Timer).where(some).values(state=CLOSED, ended_at=asked["now"])
        with self._session_factory.begin() as session:
            jobs = list(session.scalars(closing.returning(Timer.job), asked))
        for _ in jobs:
            self.metrics.timers.add(CLOSED)
        return jobs

    def _due(self) -> list[tuple[int, int]]:
        """What is due, oldest first, so many as a tick takes."""
        asked = {**self._asked(), "most": self._settings.timers_a_tick}
        with self._session_factory() as session:
            return [(row[0], row[1]) for row in reading(session).execute(DUE, asked)]

    def _act(self, workspace_id: int, timer_id: int) -> bool:
        """Have one timer's job act, unless another process does; returns whether it has."""
        key = {"workspace": workspace_id, "timer": timer_id}
        with Kept() as trouble:
            outcome = self._act_once(key)
            if outcome in (DONE, CLOSED):
                self.metrics.timers.add(outcome)
            return outcome is not None
        self._broke(key, trouble.error)
        return False

    def _act_once(self, key: dict[str, int]) -> str | None:
        """The state that the timer is in then; None where it was another's, or no longer due."""
        now = self._now()
        with self._session_factory.begin() as session:
            timer = session.scalar(MINE, {**self._asked(), **key})
            if timer is None:
                return None
            timer.state, timer.ended_at = DONE, now
            self._jobs[timer.job].act(session, timer, now)
        return timer.state

    def _broke(self, key: dict[str, int], error: Exception) -> None:
        """Try it again after a pause. Raises where the database cannot say so either."""
        now = self._now()
        with self._session_factory.begin() as session:
            timer = session.scalar(STILL, key)
            if timer is None:
                return
            timer.attempts += 1
            timer.error = type(error).__name__
            timer.next_attempt_at = now + pause(self._settings, timer.attempts)
            job, tries = timer.job, timer.attempts
        self.metrics.timers.add("broke")
        LOG.error("timer %s (%s) broke, try %s: %s", timer.id, job, tries, place_of(error))

    def _plan(self) -> None:
        for job in self._jobs.values():
            if self._stopping.is_set() or job.plan is None or self._is_planned(job):
                continue
            now = self._now()
            with Kept() as trouble:
                self._carry_out(job.plan, now)
            self._planned[job.name] = now
            if trouble.is_set:
                LOG.error("the plan of %s broke: %s", job.name, place_of(trouble.error))
                if isinstance(trouble.error, DATABASE_TROUBLE):
                    del self._planned[job.name]

    def _is_planned(self, job: Job) -> bool:
        """Whether it was planned a moment ago; a clock that was set back is no reason to wait."""
        last = self._planned.get(job.name)
        every = timedelta(seconds=self._settings.plan_every)
        return last is not None and last <= self._now() < last + every

    def _carry_out(
        self, plan: Callable[[Session, datetime], Iterable[Change]], now: datetime
    ) -> None:
        with self._session_factory() as session:
            changes = iter(list(plan(reading(session), now)))
        while some := list(islice(changes, PLANNED_AT_ONCE)):
            with self._session_factory.begin() as session:
                for change in some:
                    change(session)
