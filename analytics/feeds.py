"""Sources of practice may stop: how far each student's data reach (docs/metrics.md, "Days")."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.calendar import SchoolCalendar
from analytics.queries.people import Member
from school.days import DateRange, local_day

STOPPED_DAYS = 2
"""School days without an answer from anyone after which a source is said to have stopped."""


def stopped_days(
    through: datetime | None, *, now: datetime, zone: ZoneInfo, calendar: SchoolCalendar
) -> int:
    """School days that are over and have no answer of a source; 0 where they are fewer than 2.

    `through` is the source's newest answer.
    """
    if through is None:
        return 0
    after, yesterday = local_day(through, zone), local_day(now, zone) - timedelta(days=1)
    silent = calendar.count(after + timedelta(days=1), yesterday)
    return silent if silent >= STOPPED_DAYS else 0


def known_days(
    one: Member,
    judged: DateRange | None,
    *,
    now: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar,
) -> DateRange | None:
    """Those of the `judged` days on which a student's own practice could be missed.

    They are enrolled then, and their source had not stopped: of a class with several sources the
    one that goes on says nothing about those whose practice comes from another.
    """
    window = judged and one.window(judged)
    if window is None or not stopped_days(one.data_through, now=now, zone=zone, calendar=calendar):
        return window
    last = _last(one, zone, window.end)
    return DateRange(window.start, last) if window.start <= last else None


def _last(one: Member, zone: ZoneInfo, end: date) -> date:
    return min(end, local_day(one.data_through, zone)) if one.data_through else end
