"""A trend as a message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.measures import PERIODS
from analytics.reports.data.trends import Metric, SeriesPoint, TrendReport
from analytics.wording import count, day_words, interval_words, percent, plural
from analytics.wording.trends import metric_name, trend_alt_text, value_words
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Element, button, menu, option, picture
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, head_line
from handlers.views.menus import menus_block, range_elements
from handlers.views.tables import table
from school.days import DateRange, local_day

MOST_PERIODS = 60
"""Periods in the table that stands in for a picture: the last ones."""


def has_numbers(report: TrendReport) -> bool:
    """Whether there is anything to draw or list."""
    return bool(report.questions or report.completion)


def trend_message(
    report: TrendReport,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message. `file_id` is the uploaded picture's; without one a table stands in.

    `offers` are ranges that hold practice, for where this one holds none.
    """
    body: Blocks = []
    if has_numbers(report):
        shown = picture(file_id, trend_alt_text(report)) if file_id else _table(report)
        # The sentence says the figure of every other metric already.
        body = [_figure(report), shown] if report.metric is Metric.ACCURACY else [shown]
    finding = finding_line(report.finding, replaying=report.replaying)
    return [_head(report, now), finding, *body, _menus(report, ref, now, offers)]


def _head(report: TrendReport, now: datetime) -> Block:
    where = report.class_title if report.student_id is not None else None
    context = [shorten(where, "class")] if where else []
    if report.student_id is None:
        context = [plural(report.students, "student")]
    return head_line(
        report.name, context, report.range, report.coverage, zone=report.timezone, now=now
    )


def _figure(report: TrendReport) -> Block:
    """The accuracy over the whole range, with what it rests on and the class's."""
    unit = "student" if report.student_id is None else "question"
    beside = [
        f"95 % interval {interval_words(report.interval)}" if report.interval else None,
        plural(report.rests_on, unit),
        None if report.class_total is None else f"class {percent(report.class_total)}",
    ]
    return figures(figure("Accuracy", percent(report.total), beside))


def _menus(report: TrendReport, ref: Ref, now: datetime, offers: Sequence[DateRange]) -> Block:
    today = local_day(now, ZoneInfo(report.timezone))
    elements = [
        _metric_menu(report, ref),
        _period_menu(report, ref),
        *range_elements(ref, report.range, offers, today),
    ]
    if has_numbers(report):
        elements.append(button("Numbers", Action.TREND_NUMBERS, ref.encode()))
    own = Ref(student=ref.student, class_id=ref.class_id, range=ref.range)
    elements.append(button("Report", Action.PICK_REPORT, own.encode()))
    return menus_block(ref, now, *elements)


def _metric_menu(report: TrendReport, ref: Ref) -> Element:
    options = {
        one: option(metric_name(one), replace(ref, metric=one.value).encode())
        for one in report.metrics
    }
    return menu(Action.TREND_METRIC, "Metric", list(options.values()), options[report.metric])


def _period_menu(report: TrendReport, ref: Ref) -> Element:
    options = {one: option(f"By {one}", replace(ref, by=one).encode()) for one in PERIODS}
    return menu(Action.TREND_BY, "By", list(options.values()), options[report.by])


def _table(report: TrendReport) -> Block:
    """The numbers of the series: each period's value, its questions, and the class's."""
    head = [f"{report.by.capitalize()} from", metric_name(report.metric)]
    if report.metric is not Metric.QUESTIONS:
        head.append("Questions")
    if report.student_id is not None:
        head.append("Class")
    rows = [_row(point, report) for point in report.points[-MOST_PERIODS:]]
    return table([head, *rows])


def _row(point: SeriesPoint, report: TrendReport) -> tuple[str, ...]:
    day = day_words(point.start, report.range.end)
    cells = [f"{day} (part)" if point.partial else day, value_words(report.metric, point.value)]
    if report.metric is not Metric.QUESTIONS:
        cells.append(count(point.questions))
    if report.student_id is not None:
        cells.append(value_words(report.metric, point.class_value))
    return tuple(cells)
