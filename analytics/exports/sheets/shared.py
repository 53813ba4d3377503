"""What the sheets share: the lines around them, headings, and what their words mean."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.charts.words import span
from analytics.exports.blocks import Block, Heading, Points, Words
from analytics.reports.data import ClassReport, Coverage, SkillReport, StudentReport
from analytics.wording import plural
from analytics.wording.printed import EN, Printed
from school.days import DateRange, local_day
from school.mastery import Mastery

MORE = EN.around.more


def today_of(now: datetime, timezone: str) -> date:
    """The school's day."""
    return local_day(now, ZoneInfo(timezone))


def subtitle(
    context: Sequence[str | None],
    days: DateRange,
    coverage: Coverage,
    timezone: str,
    words: Printed = EN,
) -> str:
    """Where, which days, and through when the data reach, with dates: paper outlives its day."""
    reach = _reach(coverage, ZoneInfo(timezone), words)
    return " · ".join([*filter(None, context), span(days, words.language), reach])


def _reach(coverage: Coverage, zone: ZoneInfo, words: Printed) -> str:
    if coverage.data_through is None:
        return words.around.no_data
    local = coverage.data_through.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02d}"
    return words.around.data_to.format(day=_dated(local.date(), words), clock=clock)


def footer(name: str, now: datetime, timezone: str, words: Printed = EN) -> str:
    """Whose sheet it is and when it was made, for a page that lies about by itself."""
    return words.around.made_on.format(name=name, day=_dated(today_of(now, timezone), words))


def _dated(day: date, words: Printed) -> str:
    return span(DateRange(day, day), words.language)


def titled(title: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks under a heading; nothing where there are none."""
    return [Heading(title), *blocks] if blocks else []


MEANINGS = {
    Mastery.MASTERED: "about 8 of 10 answers are right lately, over at least 10 questions",
    Mastery.IN_PROGRESS: "on the way, or not enough questions yet to call it mastered",
    Mastery.NEEDS_WORK: "fewer than about 2 of 3 answers are right lately",
    Mastery.TOO_LITTLE: "fewer than 5 questions so far",
}


def reading_notes(*more: tuple[str, str]) -> Sequence[Block]:
    """What states, intervals and what else a sheet uses mean, in short."""
    states = [(f"{state.value.capitalize()}:", words) for state, words in MEANINGS.items()]
    interval = (
        "95 % interval:",
        "how far chance alone may have moved an accuracy; it narrows with more questions",
    )
    return titled("How to read this", [Points((*states, interval, *more))])


def since(change: str, days: DateRange) -> str:
    """A change with what it is measured against: `+41 on the 60 days before`."""
    return f"{change} on the {plural(days.days, 'day')} before"


def named(names: Sequence[str], most: int, between: str = "; ", more: str = MORE) -> str:
    """The first of some names, and how many more there are."""
    left = len(names) - most
    return between.join([*names[:most], *([more.format(count=left)] if left > 0 else [])])


def points(*lists: tuple[str, Sequence[str], int], more: str = MORE) -> Sequence[Block]:
    """Named lists, each with how many of it are named at most; empty ones are left out."""
    shown = tuple((name, named(words, most, more=more)) for name, words, most in lists if words)
    return [Points(shown)] if shown else []


def notes(*texts: str | None) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(text for text in texts if text)


def replaying(report: StudentReport | ClassReport | SkillReport) -> Sequence[Block]:
    """That figures may still move, where practice was being counted."""
    if not report.replaying:
        return []
    return [Words("New practice was being counted when this was made.", quiet=True)]
