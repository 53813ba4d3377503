"""How numbers, days and names are written (docs/metrics.md, "How figures are written")."""

from collections.abc import Sequence
from datetime import date, datetime
from math import floor
from zoneinfo import ZoneInfo

from analytics.reports.data import Comparison, Interval, Overall
from analytics.thresholds import JUDGED_QUESTIONS, JUDGED_STUDENTS
from analytics.wording.dates import WEEKDAYS, short_day
from school.days import DateRange
from school.languages import ENGLISH

MISSING = "–"
"""What stands for a figure that cannot be said."""
MINUS = "−"
NAMED_SKILL = 48
"""Characters of a skill's name within a sentence."""

_NUMBERS = (
    *("", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def _round(value: float) -> int:
    """The nearest whole number; halves go up, whatever the float's last bit says."""
    return floor(round(value, 6) + 0.5)


def percent(fraction: float | None) -> str:
    """A fraction as a whole percentage: `68 %`."""
    return MISSING if fraction is None else f"{_round(100 * fraction)} %"


def class_accuracy(mean: float | None, judged: int) -> str:
    """The accuracy of a class over so many judged students; `–` where one alone is judged."""
    return percent(mean if judged >= JUDGED_STUDENTS else None)


def class_beside(comparison: Comparison) -> str | None:
    """The class accuracy beside a student's: `class 66 %`; None where one alone is judged."""
    if comparison.class_average is None or comparison.students < JUDGED_STUDENTS:
        return None
    return f"class {percent(comparison.class_average)}"


def accuracy_change(now: Overall, before: Overall | None) -> str | None:
    """The change of a student's accuracy in points; None where either is too little to judge."""
    if before is None or min(now.questions, before.questions) < JUDGED_QUESTIONS:
        return None
    return points(now.accuracy, before.accuracy)


def interval_words(interval: Interval | None) -> str:
    """An interval of fractions: `64 to 72 %`."""
    return MISSING if interval is None else percent_span(interval.low, interval.high)


def percent_span(first: float | None, last: float | None, *, between: str = "to") -> str:
    """From one fraction to another: `61 to 74 %`."""
    if first is None or last is None:
        return MISSING
    return f"{_round(100 * first)} {between} {percent(last)}"


def count(number: float | None) -> str:
    """A whole number, thousands apart: `5,553`."""
    return MISSING if number is None else f"{_round(number):,}"


def plural(number: int, noun: str) -> str:
    """A number with its noun: `1 question`, `5,553 questions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def number_words(number: int) -> str:
    """A small number in words within a sentence: `eight`; from 13 on in figures."""
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else f"{number:,}"


def signed(number: float | None) -> str:
    """A change: `+41`, `−3`, `±0`."""
    if number is None:
        return MISSING
    whole = _round(abs(number))
    if not whole:
        return "±0"
    return f"{'+' if number > 0 else MINUS}{whole:,}"


def points(now: float | None, before: float | None) -> str:
    """The change from one fraction to another in percentage points: `+3 points`."""
    if now is None or before is None:
        return MISSING
    change = signed(100 * (now - before))
    return f"{change} point" if change[1:] == "1" else f"{change} points"


def hours(seconds: float | None, *, under: str = "under 1 min") -> str:
    """A time: `6 h 10 min`, `45 min`, `under 1 min`, `0 min`."""
    if seconds is None:
        return MISSING
    if 0 < seconds < 30:
        return under
    whole, minutes = divmod(_round(seconds / 60), 60)
    if not whole:
        return f"{minutes} min"
    return f"{whole:,} h {minutes} min" if minutes else f"{whole:,} h"


def hours_change(seconds: float) -> str:
    """A change of time: `+10 min`, `−2 h 20 min`, `±0 min` where it is under half a minute."""
    if abs(seconds) < 30:
        return "±0 min"
    return f"{'+' if seconds > 0 else MINUS}{hours(abs(seconds))}"


def days_a_week(days: float | None) -> str:
    """Engagement in days of the school week: `3.1 of 5 days a week`."""
    return MISSING if days is None else f"{days:.1f} of 5 days a week"


def signed_days(now: float | None, before: float | None) -> str | None:
    """The change in days a week: `+0.2 days`, `−1.0 days`, `±0 days`; None where there is none."""
    if now is None or before is None:
        return None
    change = round(10 * now) - round(10 * before)
    if not change:
        return "±0 days"
    return f"{'+' if change > 0 else MINUS}{abs(change) / 10:.1f} days"


def day_words(day: date | None, beside: date) -> str:
    """A day: `12 May`, with its year where that is not the year of the day `beside`."""
    return MISSING if day is None else short_day(day, beside, ENGLISH)


def in_period(start: date, by: str, beside: date) -> str:
    """A period within a sentence, by its first day: `on 12 May`, `in the week from 12 May`."""
    words = day_words(start, beside)
    return f"on {words}" if by == "day" else f"in the {by} from {words}"


def data_to(moment: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Through when the data reach: `data to today 8:00`, `data to Tue 18:00`, `data to 12 May`."""
    if moment is None:
        return "no data yet"
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local.minute:02d}"
    past = (today - local.date()).days
    if past <= 0:
        return f"data to today {clock}"
    if past < 7:
        return f"data to {WEEKDAYS[ENGLISH][local.weekday()][:3]} {clock}"
    return f"data to {day_words(local.date(), today)}"


def range_words(days: DateRange, today: date) -> str:
    """A range as a heading says it: `last 30 days`, `this term`, `16 Feb – 12 May 2024`."""
    if days.kind == "days" and days.end == today:
        return "today" if days.days == 1 else f"last {days.days} days"
    span = _span(days, today)
    return {"term": f"this term, {span}", "all": f"all practice, {span}"}.get(days.kind, span)


def _span(days: DateRange, today: date) -> str:
    if days.days == 1:
        return day_words(days.start, today)
    same_year = days.start.year == days.end.year
    last = day_words(days.end, today if same_year else days.start)
    return f"{day_words(days.start, days.end)} – {last}"


def period_words(days: DateRange) -> str:
    """A range within a sentence: `in these 30 days`, `this term`, `so far`, `on this day`."""
    if days.kind == "term":
        return "this term"
    if days.kind == "all":
        return "so far"
    return "on this day" if days.days == 1 else f"in these {days.days} days"


def percentile_words(comparison: Comparison) -> str:
    """`percentile 72, upper middle`; `roughly` where it rests on few questions."""
    if comparison.percentile is None or comparison.quarter is None:
        return ""
    roughly = "roughly " if comparison.rough else ""
    return f"percentile {percentile_count(comparison.percentile)}, {roughly}{comparison.quarter}"


def percentile_count(percentile: float) -> str:
    """A percentile as a whole number: never one that belongs to the quarter above.

    74.6 is 74, as 75 would be in the top quarter.
    """
    near = _round(percentile)
    return str(floor(percentile) if near in (25, 50, 75) else near)


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    kept = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut[:-1]
    return kept.rstrip(" ,;.") + "…"


def skill_words(name: str) -> str:
    """A skill's name within a sentence: without its full stop, in quotes where it is a sentence."""
    words = shorten(name.rstrip(" ."), NAMED_SKILL)
    return f"“{words}”" if len(words.split()) > 3 else words


def joined(parts: Sequence[str]) -> str:
    """`Fractions`, `Fractions and Ratio`, `Fractions, Ratio and 3 more skills`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
