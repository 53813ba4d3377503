"""The picture of a trend: the metric asked for large, and below it what belongs beside it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.bars import Bar, Words, draw_bars, has_bars
from analytics.charts.heatmap import KEY, draw_key
from analytics.charts.page import LINE, SAID, png, say, write
from analytics.charts.palette import QUIET
from analytics.charts.progress import draw_accuracy, has_accuracy
from analytics.charts.rows import Row, draw_rows, rows_height
from analytics.charts.stacked import Panel, stacked_figure
from analytics.charts.words import day_name, period_name, span
from analytics.reports.data import CompletionPoint, TrendPoint
from analytics.reports.data.trends import (
    MasteryShare,
    Metric,
    SeriesPoint,
    SkillMove,
    TrendReport,
)
from analytics.wording.formats import count, percent
from analytics.wording.trends import SCHOOL_WEEK, metric_name
from school.mastery import Mastery

MOST_SKILLS, MOST_PERIODS = 6, 12
_LARGE, _SMALL = 460, 320
_HOUR, _MANY_MINUTES = 3600, 5 * 3600
"""Times are in minutes while none is longer than five hours."""
DONE: Mapping[Mastery, str] = {
    Mastery.MASTERED: "done in time",
    Mastery.IN_PROGRESS: "done late",
    Mastery.NEEDS_WORK: "not done",
}
"""The textures of the states, as what was assigned uses them."""
MOVED = "Chance of a right answer: line before, bar at the end"


def draw_trend_picture(report: TrendReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(trend_figure(report))


def trend_figure(report: TrendReport) -> Figure:
    """The page, drawn: the metric asked for, those beside it, and the skills."""
    panels = [_asked(report)]
    panels += [_series(one.metric, one.by, one.points, _SMALL) for one in report.beside]
    if report.skills:
        panels.append(_skills(report.skills))
    if report.shares:
        panels.append(_shares(report.shares))
    return stacked_figure(report.name, span(report.range), panels)


def _asked(report: TrendReport) -> Panel:
    if report.metric is Metric.COMPLETION:
        return _completion(report.completion, report.by)
    return _series(report.metric, report.by, report.points, _LARGE)


def _series(metric: Metric, by: str, points: Sequence[SeriesPoint], height: float) -> Panel:
    if metric is Metric.ACCURACY:
        return _accuracy(by, points, height)
    # Day by day the class's mean goes up and down with the weekends: it stays in the numbers.
    bars = [
        Bar(one.start, one.value, None if by == "day" else one.class_value, one.partial)
        for one in points
    ]
    name, words, most = _unit(metric, bars, by)
    note = f"outlined: partial {by}" if any(one.partial and one.value for one in points) else ""
    return Panel(
        heading=f"{name} by {by}",
        note=note if has_bars(bars) and by != "day" else "",
        height=height if has_bars(bars) else SAID,
        draw=partial(draw_bars, bars=bars, by=by, words=words, most=most),
    )


def _accuracy(by: str, points: Sequence[SeriesPoint], height: float) -> Panel:
    drawn = [trend_point(one) for one in points]
    return Panel(
        heading=f"Accuracy by {by}",
        note="and 95 % interval" if has_accuracy(drawn) else "",
        height=height if has_accuracy(drawn) else SAID,
        draw=partial(draw_accuracy, points=drawn, by=by, below=LINE),
    )


def trend_point(point: SeriesPoint) -> TrendPoint:
    """A point of accuracy as the reports' own charts take it."""
    return TrendPoint(
        start=point.start,
        accuracy=point.value,
        questions=point.questions,
        interval=point.interval,
        class_accuracy=point.class_value,
    )


def _unit(metric: Metric, bars: Sequence[Bar], by: str) -> tuple[str, Words, float | None]:
    """What the bars count, in which words, and where their scale ends if that is known."""
    if metric is Metric.TIME:
        return _time([bar.value for bar in bars if bar.value is not None])
    if metric is Metric.ENGAGEMENT:
        return "Days of 5 practised", _days, 1.0
    if metric is Metric.ACTIVE_DAYS:
        # Beside school days this tells that weekends count.
        return "Active days of 7" if by == "week" else metric_name(metric), _one_digit, None
    return metric_name(metric), count, None


def _time(values: Sequence[float]) -> tuple[str, Words, float | None]:
    if max(values, default=0) <= _MANY_MINUTES:
        return "Minutes", lambda seconds: count(seconds / 60), None
    return "Hours", lambda seconds: _one_digit(seconds / _HOUR), None


def _days(share: float) -> str:
    return f"{SCHOOL_WEEK * share:.1f}"


def _one_digit(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _skills(moves: Sequence[SkillMove]) -> Panel:
    shown = [_move(one) for one in moves[:MOST_SKILLS]]
    of = f"{len(shown)} of {len(moves)}" if len(shown) < len(moves) else ""
    return _rows("Skills that matter most", of, shown, partial(_say_moved, at=LINE / 4))


def _move(one: SkillMove) -> Row:
    before = "" if one.before is None else f"{percent(one.before)} → "
    state = Mastery(one.mastery)
    return Row(
        one.skill, f"{before}{percent(one.now)}", state.value, ((one.now, state),), one.before
    )


def _say_moved(ax: Axes, at: float) -> None:
    write(ax, (0, at), MOVED, color=QUIET)


def _shares(shares: Sequence[MasteryShare]) -> Panel:
    """All students' skills by their state, on the day before the range and at its end."""
    return _rows("Skills of all students", "", [_share(one) for one in shares], _key)


def _share(one: MasteryShare) -> Row:
    everything = sum(number for _, number in one.counts) or 1
    parts = {Mastery(label): number / everything for label, number in one.counts}
    ordered = tuple((state, parts.get(state, 0.0)) for state in KEY)
    return Row(
        name=f"On {day_name(one.day)} {one.day.year}",
        value=percent(parts.get(Mastery.MASTERED, 0.0)),
        note="mastered",
        parts=tuple((share, state) for state, share in ordered),
    )


def _completion(points: Sequence[CompletionPoint], by: str) -> Panel:
    shown = points[-MOST_PERIODS:]
    of = f"last {len(shown)} of {len(points)}" if len(shown) < len(points) else ""
    name = f"Assignments done, by {by} due"
    if not shown:
        return Panel(name, "", SAID, partial(say, text="No assignment was due in these days"))
    return _rows(name, of, [_due(one, by) for one in shown], partial(_key, names=DONE))


def _due(one: CompletionPoint, by: str) -> Row:
    in_time, missing = one.completed - one.late, one.assigned - one.completed
    late = f", {one.late} late" if one.late else ""
    states = ((in_time, Mastery.MASTERED), (one.late, Mastery.IN_PROGRESS))
    parts = (*states, (missing, Mastery.NEEDS_WORK))
    return Row(
        name=f"Week from {day_name(one.start)}" if by == "week" else period_name(one.start, by),
        value=f"{one.completed} of {one.assigned}",
        note=f"done{late}",
        parts=tuple((number / one.assigned, state) for number, state in parts),
    )


def _key(ax: Axes, names: Mapping[Mastery, str] | None = None) -> None:
    draw_key(ax, (0, LINE / 4), names)


def _rows(name: str, note: str, rows: Sequence[Row], head: Callable[[Axes], None]) -> Panel:
    """Rows under one line that says how to read them."""

    def draw(ax: Axes) -> None:
        head(ax)
        draw_rows(ax, rows, top=LINE)

    return Panel(name, note, LINE + rows_height(len(rows)), draw)
