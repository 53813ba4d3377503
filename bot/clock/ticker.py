"""What makes the clock tick: APScheduler, and a watchdog that the clock on the wall cannot fool.

APScheduler reckons on the wall clock: set that back by hours, and it sleeps for hours. The watchdog
waits by the monotonic clock, looks when the last tick was, and wakes the scheduler, or starts
another one where that does not help.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot.clock.kept import Kept
from bot.clock.metrics import ClockMetrics
from bot.logs import place_of
from bot.settings import Settings

LOG = logging.getLogger(__name__)
TICK = "tick"


class FromNowOn(BaseTrigger):  # type: ignore[misc]  # APScheduler is not typed
    """At once, then each time so long after now, and not after the time before.

    APScheduler's own interval counts every time that was missed: after a leap of the wall clock by
    years that is millions, one by one.
    """

    def __init__(self, every: timedelta) -> None:
        self._every = every

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """When to tick next."""
        return now if previous is None else now + self._every


class Ticker:
    """Calls `tick` each `tick_every` seconds, one at a time, and again while it says there is more.

    What `tick` raises is logged by its kind and place, and the next tick comes all the same.
    """

    def __init__(self, tick: Callable[[], bool], settings: Settings, metrics: ClockMetrics) -> None:
        self._tick = tick
        self._settings = settings
        self._metrics = metrics
        self._stopping = Event()
        self._ticking = Lock()
        self._last = time.monotonic()
        self._told_at: float | None = None
        self._lead = _lead()
        self._scheduler = self._new_scheduler()
        self._watchdog = Thread(target=self._watch, name="clock-watchdog", daemon=True)

    def start(self) -> None:
        """Begin to tick, at once, in threads of its own."""
        self._last = time.monotonic()
        self._scheduler.start()
        self._watchdog.start()

    def stop(self) -> None:
        """Begin no further tick, and wait a while for the one under way."""
        self._stopping.set()
        if not self._scheduler.running:
            return
        self._watchdog.join()
        self._scheduler.shutdown(wait=False)
        if self._ticking.acquire(timeout=self._settings.stop_wait):
            self._ticking.release()

    def look(self) -> None:
        """One look of the watchdog: is the wall clock where it was, and has there been a tick?"""
        if self._has_jumped():
            self._metrics.troubles.add("jump")
            LOG.warning("The clock on the wall was set, or the machine slept: the clock ticks now")
            self._wake()
        silent = time.monotonic() - self._last
        if silent < self._settings.tick_late:
            self._told_at = None
        elif self._told_at is None:
            self._tell(silent)
        elif time.monotonic() - self._told_at > self._settings.tick_late:
            self._restart()

    def _new_scheduler(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(timezone=UTC)
        # Nothing is kept but this one job, in memory: what is due stands in our own database.
        scheduler.add_job(
            self._run,
            FromNowOn(timedelta(seconds=self._settings.tick_every)),
            id=TICK,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        return scheduler

    def _run(self) -> None:
        if self._stopping.is_set() or not self._ticking.acquire(blocking=False):
            return
        try:
            began = time.monotonic()
            self._metrics.began(began - self._last - self._settings.tick_every)
            self._last = began
            with Kept() as trouble:
                while self._tick() and not self._stopping.is_set():
                    self._last = time.monotonic()
            self._ended(trouble)
        finally:
            self._last = time.monotonic()
            self._ticking.release()

    def _ended(self, trouble: Kept) -> None:
        self._metrics.ticks.add("trouble" if trouble.is_set else "done")
        if not trouble.is_set:
            return
        if isinstance(trouble.error, SQLAlchemyError):
            LOG.warning("The clock waits for the database: %s", type(trouble.error).__name__)
        else:
            LOG.error("A tick broke: %s", place_of(trouble.error))

    def _watch(self) -> None:
        often = min(self._settings.tick_every, self._settings.tick_late / 2)
        while not self._stopping.wait(often):
            self.look()

    def _has_jumped(self) -> bool:
        lead = _lead()
        jump, self._lead = lead - self._lead, lead
        return abs(jump) > self._settings.tick_late

    def _tell(self, silent: float) -> None:
        """Say once that there has been no tick for long, and have one."""
        self._told_at = time.monotonic()
        self._metrics.troubles.add("late")
        how = "is under way" if self._ticking.locked() else "was"
        LOG.warning("The last tick of the clock %s for %.0f seconds", how, silent)
        self._wake()

    def _wake(self) -> None:
        try:
            self._scheduler.modify_job(TICK, next_run_time=datetime.now(UTC))
        except JobLookupError:
            self._restart()

    def _restart(self) -> None:
        """Have another scheduler in the place of one that does not wake up any more."""
        if self._ticking.locked():
            return  # it is the tick that takes long: another one would not begin
        self._metrics.troubles.add("restart")
        LOG.error("The clock's scheduler does not answer: another one takes its place")
        self._scheduler.shutdown(wait=False)
        self._scheduler = self._new_scheduler()
        self._scheduler.start()
        self._told_at = time.monotonic()


def _lead() -> float:
    """By how many seconds the wall clock is ahead of the monotonic one."""
    return datetime.now(UTC).timestamp() - time.monotonic()
