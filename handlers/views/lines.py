"""Lines that both reports share."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassOverall, Coverage, Overall
from analytics.wording import data_to, day_words, range_words
from handlers.views.blocks import Block, Span, bold, line
from handlers.views.limits import shorten
from school.days import DateRange, local_day

Figures = TypeVar("Figures", Overall, ClassOverall)


def head_line(
    name: str,
    context: Sequence[str],
    days: DateRange,
    coverage: Coverage,
    *,
    zone: str,
    now: datetime,
) -> Block:
    """Who, where, which days, and through when the data reach."""
    here = ZoneInfo(zone)
    when = range_words(days, local_day(now, here))
    parts = [*context, when, data_to(coverage.data_through, now, here)]
    return line(bold(shorten(name, "name")), *[f" · {part}" for part in parts])


def finding_line(finding: str, *, replaying: bool) -> Block:
    """The sentence that alone is worth reading."""
    words = bold(shorten(finding, "finding"))
    if not replaying:
        return line(words)
    return line(words, " New practice is being counted just now; ask again in a moment.")


def stopped_line(
    days: DateRange, coverage: Coverage, *, zone: str, now: datetime
) -> Sequence[Block]:
    """That the source has stopped, where the range holds days that it says nothing about."""
    here = ZoneInfo(zone)
    if not coverage.silent_days or coverage.data_through is None:
        return ()
    through, today = local_day(coverage.data_through, here), local_day(now, here)
    if days.end <= through:
        return ()
    words = f"No data have come since {day_words(through, today)}: nothing after it is judged."
    return (line(words),)


def at_end(end: date, today: date) -> str:
    """The day on which states stand as they are shown: `today`, or the range's last day."""
    return "today" if end >= today else day_words(end, today)


def practised_before(previous: Figures | None) -> Figures | None:
    """The figures of the range before, to compare with; None where they hold no practice."""
    return previous if previous and previous.questions else None


def figure(name: str, value: str, beside: Sequence[str | None]) -> list[Span | str]:
    """A figure with what it is to be compared with."""
    shown = [part for part in beside if part]
    return [f"{name} ", bold(value), f" ({'; '.join(shown)})" if shown else ""]


def figures(*all_of_them: list[Span | str]) -> Block:
    """Figures below one another, as a phone has no room beside them."""
    parts: list[Span | str] = []
    for number, one in enumerate(all_of_them):
        parts += ["\n", *one] if number else one
    return line(*parts)


def beside_one_another(*some: list[Span | str]) -> list[Span | str]:
    """Short figures on one line."""
    parts: list[Span | str] = []
    for number, one in enumerate(some):
        parts += [" · ", *one] if number else one
    return parts


def groups(*named: tuple[str, str]) -> Block | None:
    """Named lists below one another, such as `Mastered: …`; None where all are empty."""
    parts: list[Span | str] = []
    for name, words in named:
        if words:
            parts += ["\n" if parts else "", bold(f"{name}:"), f" {words}"]
    return line(*parts) if parts else None
