"""Local days: the school's calendar, ranges of days as people say them, and school days."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from school.errors import InvalidInput

DEFAULT_DAYS = 30
TERM_DAYS_UNKNOWN = 120
"""The length of `term` where no academic session is known."""

YEARS = range(1970, 2200)
"""The years that a typed day may lie in, so that ranges can be compared with those before."""

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_DAYS = re.compile(r"(\d{1,4})d")


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local days from `start` to `end`, both included.

    `kind` is `days`, `term`, `all` or `custom`: it decides the words, and that `all` is compared
    with nothing.
    """

    start: date
    end: date
    kind: str = "custom"

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise InvalidInput("range", f"The range starts on {self.start}, after its end.")

    @property
    def days(self) -> int:
        """How many days the range holds."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> "DateRange | None":
        """The equally long range just before; none for `all`."""
        if self.kind == "all":
            return None
        step = timedelta(days=self.days)
        return DateRange(self.start - step, self.end - step, "custom")

    def last(self, days: int) -> "DateRange":
        """The last `days` days of the range, or all of it where it is shorter."""
        return DateRange(max(self.start, self.end - timedelta(days=days - 1)), self.end, self.kind)

    def code(self) -> str:
        """The range as a word of the command line, stable and free of names."""
        if self.kind == "days":
            return f"{self.days}d"
        if self.kind in ("term", "all"):
            return self.kind
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


def last_days(days: int, today: date) -> DateRange:
    """`days` days up to and including `today`."""
    return DateRange(today - timedelta(days=days - 1), today, "days")


def looks_like_range(word: str) -> bool:
    """Whether `word` is meant as a range rather than as part of a name."""
    lowered = word.lower()
    return bool(lowered in ("term", "all") or _DAYS.fullmatch(lowered) or ".." in lowered)


def parse_range(
    word: str,
    today: date,
    *,
    term: DateRange | None = None,
    everything: DateRange | None = None,
) -> DateRange:
    """Read a range as typed: `7d`, `term`, `all` or `2024-02-16..2024-05-12`.

    `term` and `everything` are the academic session that holds today and the first practice to
    `data_through`; without them the last 120 days stand in. Raises InvalidInput (field `range`).
    """
    lowered = word.strip().lower()
    if lowered == "term":
        return term or DateRange(today - timedelta(days=TERM_DAYS_UNKNOWN - 1), today, "term")
    if lowered == "all":
        return everything or DateRange(today - timedelta(days=TERM_DAYS_UNKNOWN - 1), today, "all")
    if days := _DAYS.fullmatch(lowered):
        return _parse_days(int(days.group(1)), today)
    if span := _SPAN.fullmatch(lowered):
        return DateRange(_parse_day(span.group(1)), _parse_day(span.group(2)))
    raise InvalidInput(
        "range", "A range is 7d, 30d, term, all, or two days such as 2024-02-16..2024-05-12."
    )


def _parse_days(days: int, today: date) -> DateRange:
    if days < 1:
        raise InvalidInput("range", "A range has at least one day, such as 7d.")
    return last_days(days, today)


def _parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("range", f"There is no day {text}.") from None
    if day.year not in YEARS:
        raise InvalidInput("range", f"{text} is not a day of school: say one since {YEARS[0]}.")
    return day


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The local day in `zone` that holds an aware moment."""
    return moment.astimezone(zone).date()


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a local day starts, in UTC."""
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def week_start(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def is_school_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in holidays
