"""School days counted one by one, to compare with."""

from collections.abc import Collection
from datetime import date, timedelta

from school.days import is_school_day


def school_days(start: date, end: date, holidays: Collection[date]) -> int:
    """How many school days lie from `start` to `end`, both included."""
    days = (end - start).days + 1
    return sum(is_school_day(start + timedelta(days=n), holidays) for n in range(max(days, 0)))
