"""Moments in words, in the zone of whoever reads them: weekday, day and clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.wording.formats import day_words


def clock_words(moment: datetime, zone: str) -> str:
    """The hour and minute in a zone: `9:05`, `14:30`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02d}"


def date_words(day: date, beside: date) -> str:
    """A day with its weekday: `Tue 24 Nov`, with its year where that is another."""
    return f"{day:%a} {day_words(day, beside)}"


def moment_words(moment: datetime, zone: str, now: datetime) -> str:
    """A moment as it stays true in a message that is read again later: `Tue 24 Nov 14:30`."""
    here = ZoneInfo(zone)
    day = date_words(moment.astimezone(here).date(), now.astimezone(here).date())
    return f"{day} {clock_words(moment, zone)}"
