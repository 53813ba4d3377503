"""Days and periods as a picture says them; figures are written as everywhere else."""

from collections.abc import Mapping
from datetime import date

from analytics.wording.dates import short_day
from school.days import DateRange
from school.languages import ENGLISH, SPANISH

OF_CLASS: Mapping[str, str] = {ENGLISH: "class {value}", SPANISH: "clase {value}"}
"""The label of the class's line."""


def day_name(day: date, language: str = ENGLISH) -> str:
    """A day without its year."""
    return short_day(day, day, language)


def period_name(start: date, by: str, language: str = ENGLISH) -> str:
    """A day, week or month by its first day, as short as a tick label has to be."""
    if by != "month":
        return day_name(start, language)
    month = day_name(start, language).split()[1]
    return f"{month} {start.year}" if start.month == 1 else month


def span(days: DateRange, language: str = ENGLISH) -> str:
    """A range with its years, the first year only where it differs: a picture outlives its day."""
    last = f"{day_name(days.end, language)} {days.end.year}"
    return last if days.days == 1 else f"{short_day(days.start, days.end, language)} – {last}"
