"""When to try again: twice as long after each failure, spread so that not all come at once."""

import random
from datetime import timedelta

from bot.settings import Settings


def pause(settings: Settings, failures: int) -> timedelta:
    """The wait after so many failures in a row (1 or more): exponential, at most `retry_most` s.

    "Equal jitter": half of it is certain, half is drawn.
    """
    longest = min(settings.retry_most, settings.retry_base * 2.0 ** min(failures - 1, 30))
    return timedelta(seconds=longest * random.uniform(0.5, 1))
