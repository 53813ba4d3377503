"""Days, times and lengths as people type them, read in a local time; what is unclear is said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from analytics.wording import day_words
from interventions.meetings.rules import DURATIONS

DAY, TIME, LENGTH, SPAN = "day", "time", "length", "span"
HALF_A_YEAR = timedelta(183)
"""A day without a year that is further ahead has more likely just passed: its year is said."""
_WEEKDAYS = (
    "mon(?:day)?", "tue(?:s(?:day)?)?", "wed(?:s|nesday)?", "thu(?:rs?(?:day)?)?", "fri(?:day)?",
    "sat(?:urday)?", "sun(?:day)?",
)  # fmt: skip
_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_WEEKDAY, _MONTH = "|".join(_WEEKDAYS), "|".join(_MONTHS)
_UNIT = r"(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?)"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six)"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

TIME_PATTERNS = (
    (SPAN, rf"in (?P<half>half an hour)|in {_COUNT} ?{_UNIT}(?: from now)?"),
    (TIME, r"(?:at )?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\.?"),
    (TIME, r"(?:at )?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?: ?(?:h|hrs))?"),
    (TIME, r"(?:at )?(?P<hour>[7-9]|1\d|2[0-3])h"),
    (TIME, r"at (?P<hour>\d{1,2})(?: ?o'?clock)?|(?P<clock>\d{1,2}) ?o'?clock"),
    (TIME, r"(?:at )?(?P<noon>noon|midday)"),
)
LENGTH_PATTERNS = (
    (LENGTH, r"(?:for )?(?P<half>half an hour)"),
    (LENGTH, rf"(?:for )?{_COUNT} ?(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h)"),
)
DAY_PATTERNS = (
    (DAY, r"(?P<far>(?:the )?day after tomorrow)"),
    (DAY, r"(?:on )?(?P<near>today|tomorrow|tmrw|yesterday)"),
    (DAY, rf"(?:on )?(?:(?P<which>next|this|coming) )?(?P<weekday>{_WEEKDAY})"),
    (DAY, r"(?:on )?(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    (DAY, r"(?:on )?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?"),
    (DAY, r"(?:on )?(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>\d{4}))?"),
    (
        DAY,
        r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?"
        rf" (?P<month>{_MONTH})\.?(?:,? (?P<year>\d{{4}}))?",
    ),
    (
        DAY,
        rf"(?:on )?(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        r"(?:,? (?P<year>\d{4}))?",
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was read so far. `notes` are what the words just read leave open."""

    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    weekday: str | None = None
    notes: tuple[str, ...] = ()


class Reader:
    """Reads words at one moment, `now`, in its own zone."""

    def __init__(self, now: datetime) -> None:
        self._now, self._today = now, now.date()

    def read(self, what: str, match: re.Match[str], so_far: Found) -> Found | None:
        """What was read with these words; None where the same was said already."""
        said = {
            DAY: so_far.day is not None,
            TIME: so_far.at is not None,
            LENGTH: so_far.minutes is not None,
            SPAN: so_far.day is not None or (so_far.at is not None and not _is_days(match)),
        }
        return None if said[what] else _READERS[what](self, match, so_far)

    def settled(self, found: Found) -> Found:
        """A weekday that is today's and whose time has passed is the one in a week."""
        passed = found.at is not None and found.at <= self._now.time()
        if passed and found.weekday and found.day == self._today:
            return replace(found, day=self._today + timedelta(7))
        return found

    def _day(self, match: re.Match[str], so_far: Found) -> Found:
        groups = match.groupdict()
        if "weekday" in groups:
            return self._weekday(groups["which"], groups["weekday"], so_far)
        if (groups.get("near") or "").lower() == "yesterday":
            return replace(so_far, notes=(_unusable(match, "is past"),))
        if "far" in groups or "near" in groups:
            days = 2 if "far" in groups else int(groups["near"].lower() != "today")
            return replace(so_far, day=self._today + timedelta(days))
        if "one" in groups:
            return self._slashed(match, so_far)
        month = groups["month"]
        number = int(month) if month.isdigit() else _place(month, _MONTHS) + 1
        return self._dated(match, int(groups["day"]), number, so_far)

    def _weekday(self, which: str | None, name: str, so_far: Found) -> Found:
        place = _place(name, _WEEKDAYS)
        ahead = (place - self._today.weekday()) % 7
        if (which or "").lower() != "next":
            return replace(so_far, day=self._today + timedelta(ahead), weekday=name)
        monday = self._today - timedelta(self._today.weekday())
        day = monday + timedelta(7 + place)
        note = f"I read “next {name}” as {day_words(day, self._today)}."
        return replace(so_far, day=day, notes=(note,) if ahead and ahead < 7 else ())

    def _slashed(self, match: re.Match[str], so_far: Found) -> Found:
        """Two numbers say a day where only one of them can be a month, or they are alike."""
        one, two = int(match["one"]), int(match["two"])
        if one <= 12 and two <= 12 and one != two:
            note = f"“{match[0].strip()}” may be two days. Please choose which."
            return replace(so_far, notes=(note,))
        return self._dated(match, max(one, two), min(one, two), so_far)

    def _dated(self, match: re.Match[str], day: int, month: int, so_far: Found) -> Found:
        """That day, of the year said, or the next one that is not past."""
        said = match["year"]
        years = [int(said)] if said else [self._today.year, self._today.year + 1]
        days = [one for year in years if (one := _date(year, month, day)) is not None]
        coming = next((one for one in days if one >= self._today), None)
        if coming is None:
            why = "is past" if days else "is no day"
            return replace(so_far, notes=(_unusable(match, why),))
        is_far = said is None and coming - self._today > HALF_A_YEAR
        note = f"I read “{match[0].strip()}” as {day_words(coming, self._today)}."
        return replace(so_far, day=coming, notes=(note,) if is_far else ())

    def _time(self, match: re.Match[str], so_far: Found) -> Found:
        groups = match.groupdict()
        if "noon" in groups:
            return replace(so_far, at=time(12))
        typed, half = groups.get("hour") or groups.get("clock") or "", groups.get("half")
        hour, minute = int(typed), int(groups.get("minute") or 0)
        words = match[0].strip()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half.lower() == "p" else 0)
        elif half or hour > 23 or minute > 59:
            return replace(so_far, notes=(f"“{words}” is no time. Please choose one.",))
        notes: tuple[str, ...] = ()
        if not half and 1 <= hour <= 6 and len(typed) == 1:  # nobody meets in the small hours
            hour += 12
            notes = (f"I read “{words}” as {hour}:{minute:02d}.",)
        return replace(so_far, at=time(hour, minute), notes=notes)

    def _length(self, match: re.Match[str], so_far: Found) -> Found:
        minutes = round(_span(match).total_seconds() / 60)
        if minutes in DURATIONS:
            return replace(so_far, minutes=minutes)
        span = f"{DURATIONS[0]} to {DURATIONS[-1]}"
        typed = match[0].strip().lower().removeprefix("for ")
        note = f"A meeting lasts {span} minutes, not {typed}. Please choose."
        return replace(so_far, notes=(note,))

    def _span(self, match: re.Match[str], so_far: Found) -> Found:
        """So long from now; days leave the time open."""
        span = _span(match)
        if _is_days(match):
            return replace(so_far, day=self._today + span)
        # Through UTC, as the clocks may change meanwhile; up to the next whole minute.
        moment = (self._now.timestamp() + span.total_seconds() + 59) // 60 * 60
        local = datetime.fromtimestamp(moment, self._now.tzinfo)
        return replace(so_far, day=local.date(), at=local.time())


_READERS: Mapping[str, Callable[[Reader, re.Match[str], Found], Found]] = {
    DAY: Reader._day,
    TIME: Reader._time,
    LENGTH: Reader._length,
    SPAN: Reader._span,
}


def _unusable(match: re.Match[str], why: str) -> str:
    return f"“{match[0].strip()}” {why}. Please choose another."


def _is_days(match: re.Match[str]) -> bool:
    return (match.groupdict().get("unit") or "").lower().startswith(("day", "week"))


def _span(match: re.Match[str]) -> timedelta:
    groups = match.groupdict()
    if groups.get("half"):
        return timedelta(minutes=30)
    typed, unit = groups["count"].lower(), groups["unit"].lower()
    count = int(typed) if typed.isdigit() else _COUNTS[typed]
    sizes = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(1)}
    return count * sizes.get(unit[0], timedelta(7))


def _place(name: str, patterns: tuple[str, ...]) -> int:
    return next(
        n for n, pattern in enumerate(patterns) if re.fullmatch(pattern, name, re.IGNORECASE)
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
