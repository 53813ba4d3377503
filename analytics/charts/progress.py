"""Accuracy over time with its interval and the class, and questions over time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from analytics.charts.bars import Bar, draw_bars
from analytics.charts.labels import end_labels, start_label
from analytics.charts.page import Point, rules, say, size_of, write
from analytics.charts.palette import BAND, PAPER, QUIET, RULE, STUDENT
from analytics.charts.periods import Axis, axis_for, draw_class_line, label_periods, runs
from analytics.reports.data import TrendPoint
from analytics.wording.formats import percent
from school.languages import ENGLISH

NO_ACCURACY = "Too little to tell"
THIN = 5
"""Periods with fewer questions are no part of the line: a hollow dot with its interval."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Accuracies from `low` to 1 between the pixels `bottom` and `top`."""

    low: float
    top: float
    bottom: float

    def at(self, share: float) -> float:
        """The height of an accuracy."""
        return self.bottom - (self.bottom - self.top) * (share - self.low) / (1 - self.low)


def scale_for(points: Sequence[TrendPoint], top: float, bottom: float) -> Scale:
    """To 100 % from 0, 25 or 50 %: the highest that leaves nothing out."""
    values = [p.interval.low if p.interval else p.accuracy for p in points]
    values += [p.accuracy for p in points] + [p.class_accuracy for p in points]
    lowest = min((value for value in values if value is not None), default=0.0)
    return Scale(min(floor(lowest * 4) / 4, 0.5), top, bottom)


def has_accuracy(points: Sequence[TrendPoint]) -> bool:
    """Whether there is anything to draw of accuracy."""
    return any(point.accuracy is not None for point in points)


def has_questions(points: Sequence[TrendPoint]) -> bool:
    """Whether there is anything to draw of questions."""
    return any(point.questions for point in points)


def draw_accuracy(
    ax: Axes,
    points: Sequence[TrendPoint],
    by: str,
    *,
    below: float = 0,
    language: str = ENGLISH,
) -> None:
    """Accuracy with its 95 % interval as a band and the class as a dashed line, labelled.

    `below`: height kept for the names of the periods; 0 where another panel has them.
    """
    axis = axis_for(points, by, size_of(ax)[0])
    if axis is None or not has_accuracy(points):
        return say(ax, NO_ACCURACY)
    scale = scale_for(points, 24, size_of(ax)[1] - 24 - below)
    if below:
        label_periods(ax, axis, points, size_of(ax)[1] - below / 2 + 8, language)
    _gridlines(ax, axis, scale)
    lows = _places(points, axis, scale, lambda p: None if p.interval is None else p.interval.low)
    highs = _places(points, axis, scale, lambda p: None if p.interval is None else p.interval.high)
    _draw_bands(ax, points, axis, lows, highs)
    ours = _places(points, axis, scale, lambda point: point.accuracy)
    theirs = _places(points, axis, scale, lambda point: point.class_accuracy)
    draw_class_line(ax, runs(theirs, axis))
    _draw_line(ax, _only(points, ours, thin=False), axis)
    _draw_dots(ax, _only(points, ours, thin=True), axis, hollow=True)
    taken = [*runs(ours, axis), *runs(theirs, axis), *runs(lows, axis), *runs(highs, axis)]
    start_label(ax, points, ours, theirs, taken, size_of(ax)[1] - below)
    end_labels(ax, points, ours, theirs, language)
    return None


def _gridlines(ax: Axes, axis: Axis, scale: Scale) -> None:
    shares = [0.25, 0.5, 0.75, 1.0] if scale.low else [0.0, 0.5, 1.0]
    shares = [share for share in shares if share >= scale.low]
    heights = [scale.at(share) for share in shares]
    rules(ax, [((axis.left, y), (axis.right, y)) for y in heights], RULE, 2)
    for share, y in zip(shares, heights, strict=True):
        write(ax, (axis.left - 18, y), percent(share), color=QUIET, ha="right")


def _places(
    points: Sequence[TrendPoint],
    axis: Axis,
    scale: Scale,
    value: Callable[[TrendPoint], float | None],
) -> list[Point | None]:
    shares = [(point, value(point)) for point in points]
    return [None if v is None else (axis.at(p.start), scale.at(v)) for p, v in shares]


def _only(
    points: Sequence[TrendPoint], places: list[Point | None], *, thin: bool
) -> list[Point | None]:
    """The places of the periods with few questions, or of the others."""
    rows = zip(points, places, strict=True)
    return [place if (point.questions < THIN) == thin else None for point, place in rows]


def _draw_bands(
    ax: Axes,
    points: Sequence[TrendPoint],
    axis: Axis,
    lows: list[Point | None],
    highs: list[Point | None],
) -> None:
    lower, upper = (runs(_only(points, ends, thin=False), axis) for ends in (lows, highs))
    lower += [[end] for end in _only(points, lows, thin=True) if end]
    upper += [[end] for end in _only(points, highs, thin=True) if end]
    shapes = [_ribbon(low, high) for low, high in zip(lower, upper, strict=True)]
    ax.add_collection(PolyCollection(shapes, facecolors=BAND, linewidths=0), autolim=False)


def _ribbon(low: list[Point], high: list[Point]) -> list[Point]:
    """The outline between two lines; a lone period gets a narrow upright bar."""
    if len(low) == 1:
        (x, bottom), (_x, top) = low[0], high[0]
        return [(x - 9, bottom), (x + 9, bottom), (x + 9, top), (x - 9, top)]
    return low + high[::-1]


def _draw_line(ax: Axes, places: list[Point | None], axis: Axis) -> None:
    """The student's line through the periods with enough questions, and their dots."""
    lines = [stretch for stretch in runs(places, axis) if len(stretch) > 1]
    ax.add_collection(LineCollection(lines, colors=STUDENT, linewidths=7), autolim=False)
    _draw_dots(ax, places, axis, hollow=False)


def _draw_dots(ax: Axes, places: list[Point | None], axis: Axis, *, hollow: bool) -> None:
    """A dot for each period, as large as their distance allows."""
    known = [place for place in places if place]
    if not known:
        return
    size = min(16.0, max(9.0, axis.slot / 2))
    ax.plot(
        *zip(*known, strict=True),
        linestyle="",
        marker="o",
        markersize=size,
        markerfacecolor=PAPER if hollow else STUDENT,
        markeredgecolor=STUDENT if hollow else PAPER,
        # An edge of paper sets dots apart; around small ones it would cut the line.
        markeredgewidth=4 if hollow else size / 6 * (size > 12),
        clip_on=False,
        scalex=False,
        scaley=False,
    )


def draw_questions(
    ax: Axes, points: Sequence[TrendPoint], by: str, *, language: str = ENGLISH
) -> None:
    """Questions per period as bars with their numbers, and the names of the periods below."""
    bars = [Bar(point.start, point.questions or None) for point in points]
    wide = any(point.class_accuracy is not None for point in points)
    draw_bars(ax, bars, by, wide=wide, language=language)
