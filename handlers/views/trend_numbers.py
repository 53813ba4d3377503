"""The numbers of a trend's picture, in pages of a modal."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import CompletionPoint
from analytics.reports.data.trends import (
    MasteryShare,
    Metric,
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

TOGETHER = 20
"""Lines in one block, so that it stays within Slack's 3,000 characters."""


def trend_numbers_modal(report: TrendReport, ref: Ref, page: int, now: datetime) -> View:
    """One page of the series, the newest first, and on the last one what stands beside it.

    `page` counts from 0.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    shown = page_of(report.points[::-1], page)
    lines = [point_words(one, report.metric, today) for one in shown.lines]
    beside = _beside(report, today) if shown.last else []
    turning = shown.turning(Action.TREND_NUMBERS_PAGE, ref)
    blocks = [_head(report, today), *_lines(lines), *beside, *turning]
    return modal(Modal.NUMBERS, "Numbers", blocks, ref=ref)


def _head(report: TrendReport, today: date) -> Block:
    return line(
        bold(shorten(report.name, "name")),
        f" · {metric_name(report.metric)} by {report.by} · {range_words(report.range, today)}",
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
    part = f" ({plural(point.days.days, 'day')} of it)" if point.partial else ""
    return f"{day}: {value_words(metric, point.value)}{asked}{around}{beside}{part}"


def _beside(report: TrendReport, today: date) -> Sequence[Block]:
    """The other charts of the picture, each under its title."""
    series = [
        (
            f"{metric_name(one.metric)} by {one.by}",
            [point_words(point, one.metric, today) for point in reversed(one.points)],
        )
        for one in report.beside
    ]
    titled = [
        *series,
        (
            "Skills before these days and at their end",
            [_skill(one) for one in report.skills],
        ),
        ("Skills of all students", [_share(one, today) for one in report.shares]),
        ("Assignments by the day due", [_due(one, today) for one in report.completion]),
    ]
    return [block for title, lines in titled if lines for block in _titled(title, lines)]


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


def _titled(title: str, lines: Sequence[str]) -> Sequence[Block]:
    return [divider(), line(bold(title)), *_lines(lines)]


def _lines(lines: Sequence[str]) -> Sequence[Block]:
    """Many lines in each block."""
    starts = range(0, len(lines), TOGETHER)
    return [line("\n".join(lines[start : start + TOGETHER])) for start in starts]
