"""Ten school days after an action, ten before it, and ten before those."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.calendar import SchoolCalendar
from school.days import DateRange

LENGTH = 10
"""School days in a window."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows around a `day`, which lies in none of them; weekends between belong to them."""

    day: date
    earlier: DateRange
    before: DateRange
    after: DateRange

    @property
    def past(self) -> DateRange:
        """The days before the action that are looked at."""
        return DateRange(self.earlier.start, self.before.end)

    @property
    def span(self) -> DateRange:
        """All days that are looked at, the day itself included."""
        return DateRange(self.earlier.start, self.after.end)


def windows(day: date, calendar: SchoolCalendar) -> Windows:
    """The windows around a day, whether or not that is a school day."""
    before = DateRange(calendar.back(day - ONE_DAY, LENGTH), day - ONE_DAY)
    eve = before.start - ONE_DAY
    earlier = DateRange(calendar.back(eve, LENGTH), eve)
    after = DateRange(day + ONE_DAY, school_day_after(day, LENGTH, calendar))
    return Windows(day, earlier, before, after)


def school_day_after(day: date, number: int, calendar: SchoolCalendar) -> date:
    """The school day of that number after a day: 1 is the next one."""
    # So many weeks hold at most so many school days; only holidays can make it later.
    found = day + timedelta(days=number // 5 * 7)
    missing = number - calendar.count(day + ONE_DAY, found)
    while missing > 0 or found not in calendar:
        found += ONE_DAY if missing > 0 else -ONE_DAY
        missing -= missing > 0 and found in calendar
    return found
