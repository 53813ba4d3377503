"""The numbers of a trend's picture, in pages of a modal."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from analytics.reports.data import CompletionPoint
from analytics.reports.data.trends import (
    MasteryShare,
    Metric,
    MetricSeries,
    SeriesPoint,
    SkillMove,
    TrendReport,
)
from analytics.wording import (
    MISSING,
    day_words,
    interval_words,
    percent,
    plural,
    range_words,
)
from analytics.wording.trends import completion_words, metric_name, value_words
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, bold, divider, line
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.paging import page_of
from school.days import local_day

Entry = tuple[str, str]
"""A line, after the title that it stands under."""


def trend_numbers_modal(report: TrendReport, ref: Ref, page: int, now: datetime) -> View:
    """One page of the series, the newest first, and then of what stands beside it.

    `page` counts from 0.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    shown = page_of(_entries(report, today), page)
    turning = shown.turning(Action.TREND_NUMBERS_PAGE, ref)
    groups = groupby(shown.lines, itemgetter(0))
    blocks = [block for title, lines in groups for block in _titled(title, lines)]
    return modal(Modal.NUMBERS, "Numbers", [_head(report, today), *blocks, *turning], ref=ref)


def _head(report: TrendReport, today: date) -> Block:
    return line(
        bold(shorten(report.name, "name")),
        f" · {range_words(report.range, today)}",
    )


def point_words(point: SeriesPoint, metric: Metric, today: date) -> str:
    """One period: its value with what it rests on, the class's, and whether it is a part."""
    day = day_words(point.start, today)
    if point.value is None:
        return f"{day}: {MISSING}"
    asked = "" if metric is Metric.QUESTIONS else f", {plural(point.questions, 'question')}"
    around = f", 95 % interval {interval_words(point.interval)}" if point.interval else ""
    mates = point.class_value
    beside = "" if mates is None else f", class {value_words(metric, mates)}"
    part = " (part of it)" if point.partial else ""
    return f"{day}: {value_words(metric, point.value)}{asked}{around}{beside}{part}"


def _entries(report: TrendReport, today: date) -> list[Entry]:
    """All lines in order: the series, the other charts of the picture, each under its title."""
    asked = MetricSeries(report.metric, report.by, report.points)
    titled = [
        *[(_title(one), _series(one, today)) for one in (asked, *report.beside)],
        ("Skills before these days and at their end", [_skill(one) for one in report.skills]),
        ("Skills of all students", [_share(one, today) for one in report.shares]),
        ("Assignments by the day due", [_due(one, today) for one in report.completion]),
    ]
    return [(title, line) for title, lines in titled for line in lines]


def _title(series: MetricSeries) -> str:
    return f"{metric_name(series.metric)} by {series.by}"


def _series(series: MetricSeries, today: date) -> list[str]:
    return [point_words(point, series.metric, today) for point in reversed(series.points)]


def _skill(one: SkillMove) -> str:
    before = "" if one.before is None else f"{percent(one.before)} ({one.mastery_before}), then "
    name = shorten(one.skill, "skill")
    return (
        f"{name}: {before}{percent(one.now)} ({one.mastery}), {plural(one.questions, 'question')}"
    )


def _share(one: MasteryShare, today: date) -> str:
    states = ", ".join(f"{number:,} {label}" for label, number in one.counts)
    return f"{day_words(one.day, today)}: {states}"


def _due(one: CompletionPoint, today: date) -> str:
    return f"{day_words(one.start, today)}: {completion_words(one)}"


def _titled(title: str, lines: Iterable[Entry]) -> Sequence[Block]:
    """The lines of a page under their title; a page has few enough for one block."""
    return [divider(), line(bold(title)), line("\n".join(text for _, text in lines))]
