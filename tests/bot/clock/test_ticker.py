"""The clock ticks on whatever the clock on the wall does, and whatever befalls its scheduler."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import time_machine
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError

from bot.clock.metrics import ClockMetrics
from bot.clock.ticker import TICK, FromNowOn, Ticker
from tests.bot.support import quick_settings

PATIENCE = 20.0


class Ticks:
    """Counts ticks, and waits for more of them."""

    def __init__(self) -> None:
        self.count = 0
        self.acts: list[Callable[[], object]] = []

    def __call__(self) -> bool:
        self.count += 1
        if self.acts:
            self.acts.pop(0)()
        return False

    def more(self, number: int = 2) -> bool:
        """Whether there are so many more within the patience."""
        target, end = self.count + number, time.monotonic() + PATIENCE
        while self.count < target and time.monotonic() < end:
            time.sleep(0.005)
        return self.count >= target


@contextmanager
def ticking(ticks: Ticks, **changes: float) -> Iterator[tuple[Ticker, ClockMetrics]]:
    """A ticker in a great hurry."""
    metrics = ClockMetrics()
    short = {"tick_every": 0.02, "tick_late": 0.2, **changes}
    ticker = Ticker(ticks, quick_settings(**short), metrics)
    ticker.start()
    try:
        yield ticker, metrics
    finally:
        ticker.stop()


def test_it_ticks_at_once_and_then_each_so_often() -> None:
    ticks = Ticks()
    with ticking(ticks, tick_every=3600):
        assert ticks.more(1)
    with ticking(ticks):
        assert ticks.more(5)


@pytest.mark.parametrize("hours", [-5, -24 * 400, 5, 24 * 365 * 50])
def test_a_wall_clock_that_is_set_stops_no_ticks(
    hours: int, caplog: pytest.LogCaptureFixture
) -> None:
    ticks = Ticks()
    with ticking(ticks) as (_, metrics):
        assert ticks.more()
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
            assert ticks.more(5)
        assert ticks.more(5)
    assert 'homeroom_clock_troubles_total{what="jump"}' in "\n".join(metrics.lines())
    assert "The clock on the wall was set" in caplog.text


def test_a_scheduler_without_watchdog_would_sleep_on() -> None:
    ran: list[int] = []
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(lambda: ran.append(1), FromNowOn(timedelta(seconds=0.02)))
    scheduler.start()
    try:
        while not ran:
            time.sleep(0.005)
        with time_machine.travel(datetime.now(UTC) - timedelta(hours=5), tick=True):
            time.sleep(0.1)  # for the run that was under way
            before = len(ran)
            time.sleep(0.2)
            assert len(ran) == before
    finally:
        scheduler.shutdown(wait=False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scheduler_that_died_has_another_take_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ticks, process, dying = Ticks(), BackgroundScheduler._process_jobs, [True]

    def die_once(scheduler: BackgroundScheduler) -> float | None:
        if dying and ticks.count:
            dying.clear()
            raise SystemExit
        seconds: float | None = process(scheduler)
        return seconds

    monkeypatch.setattr(BackgroundScheduler, "_process_jobs", die_once)
    with ticking(ticks) as (_, metrics):
        assert ticks.more(10)
    assert 'homeroom_clock_troubles_total{what="restart"}' in "\n".join(metrics.lines())
    assert "another one takes its place" in caplog.text
    assert "The last tick of the clock was" in caplog.text


def test_a_scheduler_that_lost_its_job_has_another_take_its_place() -> None:
    ticks = Ticks()
    with ticking(ticks) as (ticker, metrics):
        assert ticks.more()
        ticker._scheduler.remove_job(TICK)
        assert ticks.more(5)
    assert 'homeroom_clock_troubles_total{what="restart"}' in "\n".join(metrics.lines())


def test_a_tick_that_takes_long_is_told_of_once_and_not_begun_twice(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ticks, release = Ticks(), Event()
    ticks.acts = [lambda: release.wait(PATIENCE)]
    with ticking(ticks, tick_late=0.05):
        time.sleep(0.4)
        assert ticks.count == 1
        release.set()
        assert ticks.more()
    assert caplog.text.count("The last tick of the clock is under way") == 1
    assert "takes its place" not in caplog.text


def test_what_a_tick_raises_stops_no_later_one_and_names_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def away() -> None:
        raise OperationalError("SELECT Maya", {}, Exception("gone"))

    def broken() -> None:
        raise KeyError("Maya")

    ticks = Ticks()
    ticks.acts = [away, broken]
    with ticking(ticks) as (_, metrics):
        assert ticks.more(4)
    assert "The clock waits for the database: OperationalError" in caplog.text
    assert "A tick broke: KeyError" in caplog.text
    assert "Maya" not in caplog.text
    assert 'homeroom_clock_ticks_total{outcome="trouble"} 2' in metrics.lines()


def test_it_ticks_again_while_there_is_more() -> None:
    left = [True, True, False]
    ticker = Ticker(lambda: left.pop(0), quick_settings(tick_every=3600), ClockMetrics())
    ticker.start()
    end = time.monotonic() + PATIENCE
    while left and time.monotonic() < end:
        time.sleep(0.005)
    ticker.stop()
    assert left == []


def test_stopping_waits_for_the_tick_under_way_and_begins_no_other() -> None:
    ticks, begun, release = Ticks(), Event(), Event()
    ended: list[int] = []

    def slow() -> None:
        begun.set()
        release.wait(PATIENCE)
        ended.append(1)

    ticks.acts = [slow]
    with ticking(ticks) as (ticker, _):
        assert begun.wait(PATIENCE)
        stopper = Thread(target=ticker.stop)
        stopper.start()
        release.set()
        stopper.join(PATIENCE)
        assert (ended, ticks.count) == ([1], 1)


def test_one_that_was_never_started_can_be_stopped() -> None:
    Ticker(Ticks(), quick_settings(), ClockMetrics()).stop()


def test_a_process_that_was_suspended_goes_on_at_once() -> None:
    program = [sys.executable, "-m", "tests.bot.clock.ticking_process"]
    child = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "tick\n"
        os.kill(child.pid, signal.SIGSTOP)
        time.sleep(1)
        os.kill(child.pid, signal.SIGCONT)
        assert [child.stdout.readline() for _ in range(20)] == ["tick\n"] * 20
    finally:
        child.kill()
        child.communicate()
