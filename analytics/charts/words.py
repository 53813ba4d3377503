"""Days and periods as a picture says them; figures are written as everywhere else."""

from datetime import date

from analytics.wording.formats import day_words
from school.days import DateRange


def day_name(day: date) -> str:
    """A day without its year."""
    return day_words(day, day)


def period_name(start: date, by: str) -> str:
    """A day, week or month by its first day, as short as a tick label has to be."""
    if by != "month":
        return day_name(start)
    month = day_name(start).split()[1]
    return f"{month} {start.year}" if start.month == 1 else month


def span(days: DateRange) -> str:
    """A range with its years, the first year only where it differs: a picture outlives its day."""
    last = f"{day_name(days.end)} {days.end.year}"
    return last if days.days == 1 else f"{day_words(days.start, days.end)} – {last}"
