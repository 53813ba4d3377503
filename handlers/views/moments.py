"""Moments in words as a message says them: seen from now, from the school, before a meeting."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.wording import clock_words, joined, moment_words, plural

SOON = timedelta(hours=3)
"""A reminder that comes so shortly before is said as that: `15 minutes before`."""


def near_words(moment: datetime, zone: str, now: datetime) -> str:
    """The same seen from now: `today 14:30`, `tomorrow 14:30`, `Fri 14:30`, `Tue 24 Nov 14:30`."""
    here = ZoneInfo(zone)
    day, clock = moment.astimezone(here).date(), clock_words(moment, zone)
    ahead = (day - now.astimezone(here).date()).days
    if ahead in (0, 1):
        return f"{('today', 'tomorrow')[ahead]} {clock}"
    return f"{day:%a} {clock}" if 1 < ahead < 7 else moment_words(moment, zone, now)


def zone_words(zone: str) -> str:
    """A zone by its place: `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def other_zone(moment: datetime, zone: str, school_zone: str | None) -> str:
    """What a moment is called at the school, where that is another time: ` (11:30 in Lima)`."""
    if school_zone is None:
        return ""
    mine, theirs = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(school_zone))
    if mine.utcoffset() == theirs.utcoffset():
        return ""
    day = "" if mine.date() == theirs.date() else f"{theirs:%a} "
    return f" ({day}{clock_words(moment, school_zone)} in {zone_words(school_zone)})"


def reminders_words(
    reminders: Sequence[datetime], begins: datetime, zone: str, now: datetime
) -> str:
    """When reminders come: `Fri 13 Nov 14:30 and 15 minutes before`."""
    words = []
    for one in sorted(reminders):
        before = begins - one
        is_soon = before < SOON
        words.append(_before(before) if is_soon else moment_words(one, zone, now))
    return joined(words)


def _before(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes and minutes % 60 == 0:
        return f"{plural(minutes // 60, 'hour')} before"
    return f"{plural(minutes, 'minute')} before"
