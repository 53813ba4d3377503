"""The values at the two ends of a line of accuracy, clear of the lines and bands around them."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from analytics.charts import fonts
from analytics.charts.page import LINE, TEXT, Point, write
from analytics.charts.palette import CLASS, STUDENT
from analytics.charts.words import OF_CLASS
from analytics.reports.data import TrendPoint
from analytics.wording.formats import percent
from school.languages import ENGLISH

_LABEL_ROOM, _CLEAR = 110, 30
"""From the first dot to the second, so that a label fits; and from its middle to a line or band."""
Label = tuple[Point, str, str, bool]


def start_label(
    ax: Axes,
    points: Sequence[TrendPoint],
    ours: list[Point | None],
    theirs: list[Point | None],
    taken: Sequence[list[Point]],
    bottom: float,
) -> None:
    """The first value, below or above its dot, clear of the bands and both lines (`taken`),
    over the `bottom`.

    Without it only the end of a line can be read off.
    """
    known = [index for index, place in enumerate(ours) if place]
    if len(known) < 2:
        return
    first, second = ours[known[0]], ours[known[1]]
    if first is None or second is None or second[0] - first[0] < _LABEL_ROOM:
        return
    beside = theirs[known[0]] or second
    higher = beside[1] < first[1] or (beside[1] == first[1] and second[1] < first[1])
    text = percent(points[known[0]].accuracy)
    half = fonts.width(text, TEXT) / 2
    low, high = _ends_between(taken, first[0] - half, first[0] + half)
    below, above = low + _CLEAR, high - _CLEAR
    fits = [y for y in (below, above) if LINE / 2 - 8 < y < bottom - LINE / 2 + 8]
    if fits:
        y = fits[0] if higher else fits[-1]
        write(ax, (first[0], y), text, color=STUDENT, ha="center")


def _ends_between(lines: Sequence[list[Point]], left: float, right: float) -> tuple[float, float]:
    """The lowest and the highest (which is the smaller) that lines get between two places."""
    heights = [y for line in lines for y in _heights_between(line, left, right)]
    return max(heights), min(heights)


def _heights_between(line: list[Point], left: float, right: float) -> list[float]:
    """How high a line is at its points between two places, and where it enters and leaves."""
    inside = [y for x, y in line if left <= x <= right]
    for (x, y), (next_x, next_y) in pairwise(line):
        cuts = [edge for edge in (left, right) if x < edge < next_x]
        inside += [y + (next_y - y) * (edge - x) / (next_x - x) for edge in cuts]
    return inside


def end_labels(
    ax: Axes,
    points: Sequence[TrendPoint],
    ours: list[Point | None],
    theirs: list[Point | None],
    language: str = ENGLISH,
) -> None:
    """The last value of each line, apart from one another."""
    labels = []
    if last := _last(ours):
        text = percent(points[last[0]].accuracy)
        labels.append((_off(last[1], text, theirs), text, STUDENT, True))
    if last := _last(theirs):
        share = percent(points[last[0]].class_accuracy)
        labels.append((last[1], OF_CLASS[language].format(value=share), CLASS, False))
    for (x, y), text, color, bold in _apart(labels):
        write(ax, (x + 22, y), text, color=color, bold=bold)


def _off(at: Point, text: str, theirs: Sequence[Point | None]) -> Point:
    """The end of a line, for its label: moved off the class's line where that goes on beside it."""
    line = [place for place in theirs if place]
    right = at[0] + 22 + fonts.width(text, TEXT, bold=True)
    heights = _heights_between(line, at[0], right)
    if (
        not heights
        or line[-1][0] < right
        or not min(heights) - _CLEAR < at[1] < max(heights) + _CLEAR
    ):
        return at
    above, below = min(heights) - _CLEAR, max(heights) + _CLEAR
    return at[0], min(below, above, key=lambda y: abs(y - at[1]))


def _last(places: list[Point | None]) -> tuple[int, Point] | None:
    known = [(index, place) for index, place in enumerate(places) if place is not None]
    return known[-1] if known else None


def _apart(labels: list[Label]) -> list[Label]:
    """Labels moved apart, up and down, where they would touch."""
    if len(labels) < 2 or labels[0][0][0] + 130 < labels[1][0][0]:
        return labels
    upper, lower = sorted(labels, key=lambda label: label[0][1])
    short = max(0.0, 50 - (lower[0][1] - upper[0][1])) / 2
    return [_moved(upper, -short), _moved(lower, short)]


def _moved(label: Label, by: float) -> Label:
    (x, y), *rest = label
    return ((x, y + by), *rest)  # type: ignore[return-value]
