"""Days, periods and shares as a picture says them."""

from datetime import date

from school.days import DateRange

DASH = "–"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def percent(share: float | None) -> str:
    """A fraction of 1 as whole percent; a dash where it cannot be said."""
    return DASH if share is None else f"{round(share * 100)} %"


def day_name(day: date) -> str:
    """A day without its year."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def period_name(start: date, by: str) -> str:
    """A day, week or month by its first day, as short as a tick label has to be."""
    if by != "month":
        return day_name(start)
    return _MONTHS[start.month - 1] + (f" {start.year}" if start.month == 1 else "")


def span(days: DateRange) -> str:
    """A range with its years, the first year only where it differs."""
    if days.start == days.end:
        return f"{day_name(days.start)} {days.start.year}"
    first = "" if days.start.year == days.end.year else f" {days.start.year}"
    return f"{day_name(days.start)}{first} {DASH} {day_name(days.end)} {days.end.year}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number and its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
