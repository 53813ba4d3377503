"""The day and the moment as of which a report looks (docs/metrics.md, "Concerns" and others)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.calendar import SchoolCalendar, judged_days
from analytics.queries.assignments import AssignmentHead
from school.days import DateRange, day_start, local_day

OVERDUE_DAYS = 30
"""An assignment is called overdue for so many calendar days; older ones only lower the rate."""


def last_known(
    days: DateRange, data_through: datetime | None, *, now: datetime, zone: ZoneInfo
) -> date | None:
    """The last of `days` that is not after today nor after the newest data.

    None without data, and of days that all lie ahead.
    """
    today = local_day(now, zone)
    if data_through is None or days.start > today:
        return None
    return min(days.end, today, local_day(data_through, zone))


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment at which assignments are looked at, so that a past range says the same each time.

    Completions count up to `moment`: now, or the end of the range's last day. What was due after
    `known`, the end of the last day that the data reach, is not known to be missed. `judged` is the
    last day on which practice could be missed, None where there is none.
    """

    moment: datetime
    known: datetime
    judged: date | None
    zone: ZoneInfo
    calendar: SchoolCalendar

    @property
    def day(self) -> date:
        """The local day of the moment, or the last one before it where that is a day's end."""
        return local_day(self.moment - timedelta(milliseconds=1), self.zone)

    def due_day(self, head: AssignmentHead) -> date:
        """The local day on which an assignment is or was due."""
        return local_day(head.due_at, self.zone)

    def is_due(self, head: AssignmentHead) -> bool:
        """Whether an assignment's time is over, as far as the data reach."""
        return head.due_at <= self.known

    def counted_on(self, head: AssignmentHead) -> date:
        """The day on which a student has to be enrolled to count: the due day once it is over."""
        return self.due_day(head) if self.is_due(head) else self.day


def as_of(
    days: DateRange,
    data_through: datetime | None,
    *,
    now: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar,
) -> AsOf:
    """The moment at which a report over `days` looks at assignments.

    Without `data_through` there is no practice, and imported completions are all that is known.
    """
    moment = min(now, _end(days.end, zone))
    known = (
        moment if data_through is None else min(moment, _end(local_day(data_through, zone), zone))
    )
    judged = judged_days(DateRange(date.min, days.end), data_through or moment, now=now, zone=zone)
    return AsOf(moment, known, judged.end if judged else None, zone, calendar)


def _end(day: date, zone: ZoneInfo) -> datetime:
    return day_start(day + timedelta(days=1), zone)


def looked_at_since(days: DateRange, at: AsOf) -> datetime:
    """Assignments due from this moment on are needed for a report: of the range, or overdue."""
    return day_start(min(days.start, at.day - timedelta(days=OVERDUE_DAYS)), at.zone)
