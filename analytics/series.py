"""Series over days, weeks or months: where periods start, and the totals in each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.queries.practice import PracticeDay
from analytics.totals import Totals, total
from analytics.trend import Week
from school.days import DateRange, local_day, week_start

DAILY_UP_TO = 14
"""Days up to which progress is shown by day."""
WEEKLY_UP_TO = 182
"""Days up to which progress is shown by week; longer ranges go by month."""


def period_for(days: DateRange) -> str:
    """`day` up to 14 days, `week` up to 26 weeks, else `month`."""
    if days.days <= DAILY_UP_TO:
        return "day"
    return "week" if days.days <= WEEKLY_UP_TO else "month"


def class_period_for(days: DateRange) -> str:
    """`week` up to 26 weeks, else `month`: a class is judged by week at the shortest."""
    return "week" if days.days <= WEEKLY_UP_TO else "month"


def period_start(day: date, period: str) -> date:
    """The first day of the period that holds `day`; a week starts on Monday."""
    if period == "day":
        return day
    return week_start(day) if period == "week" else day.replace(day=1)


def period_starts(days: DateRange, period: str) -> Iterator[date]:
    """The first days of all periods that `days` touch, in order."""
    start = period_start(days.start, period)
    while start <= days.end:
        yield start
        start = _next(start, period)


def period_end(start: date, period: str) -> date:
    """The last day of the period that starts on a day."""
    return _next(start, period) - timedelta(days=1)


def _next(start: date, period: str) -> date:
    if period == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=1 if period == "day" else 7)


def totals_by_period(
    practice: Iterable[PracticeDay], days: DateRange, period: str
) -> dict[date, Totals]:
    """The totals of each period that has practice within `days`."""
    found: defaultdict[date, list[PracticeDay]] = defaultdict(list)
    for one in practice:
        if one.day in days:
            found[period_start(one.day, period)].append(one)
    return {start: total(inside) for start, inside in found.items()}


def judged_weeks(practice: Iterable[PracticeDay], days: DateRange) -> list[Week]:
    """The weeks of `days` that have practice, as the verdict on a trend takes them."""
    weeks = totals_by_period(practice, days, "week")
    return [
        Week(monday.toordinal() // 7, week.questions, week.correct)
        for monday, week in weeks.items()
    ]


def shown_days(
    days: DateRange,
    data_through: datetime | None,
    *,
    now: datetime,
    zone: ZoneInfo,
    last: int | None = None,
) -> DateRange | None:
    """Those of `days` that a series shows, or of its `last` days up to today.

    What lies after the newest data is not known, which is no gap in the practice: it is left out.
    None where nothing is known.
    """
    today = local_day(now, zone)
    if data_through is None or days.start > today:
        return None
    past = DateRange(days.start, min(days.end, today), days.kind)
    wanted = past if last is None else past.last(last)
    end = min(wanted.end, local_day(data_through, zone))
    return DateRange(wanted.start, end, days.kind) if wanted.start <= end else None
