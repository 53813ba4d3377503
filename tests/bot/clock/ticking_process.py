"""A process that says "tick" at each tick of its clock, until it is killed."""

import sys
import threading

from bot.clock.metrics import ClockMetrics
from bot.clock.ticker import Ticker
from tests.bot.support import quick_settings


def say() -> bool:
    """One tick."""
    sys.stdout.write("tick\n")
    sys.stdout.flush()
    return False


if __name__ == "__main__":
    Ticker(say, quick_settings(tick_every=0.05, tick_late=0.3), ClockMetrics()).start()
    threading.Event().wait()
