"""An amount per day, week or month as bars with their numbers, and the class's mean across them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patheffects import withStroke

from analytics.charts import fonts
from analytics.charts.page import LINE, TEXT, rules, say, size_of, write
from analytics.charts.palette import BARS, CLASS, INK, PAPER, QUIET
from analytics.charts.periods import Axis, axis_over, draw_class_line, label_starts, runs
from analytics.charts.words import OF_CLASS
from analytics.wording.formats import count
from school.languages import ENGLISH

NO_PRACTICE = "No practice in these days"
_LEAST_BAR = 5
"""A single question is still seen beside hundreds."""
_EDGE = 5
Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One period's amount: None is a gap. A `partial` period is outlined; `beside`: the class's."""

    start: date
    value: float | None
    beside: float | None = None
    partial: bool = False


def has_bars(bars: Sequence[Bar]) -> bool:
    """Whether there is anything to draw."""
    return any(bar.value for bar in bars)


def draw_bars(
    ax: Axes,
    bars: Sequence[Bar],
    by: str,
    *,
    words: Words = count,
    most: float | None = None,
    wide: bool = False,
    language: str = ENGLISH,
) -> None:
    """The bars with their numbers in `words`, and the names of the periods below.

    The scale goes to `most`, or to the highest amount. `wide` keeps the room at the right that a
    label of the class needs, also where there is none, so that panels line up.
    """
    wide = wide or any(bar.beside is not None for bar in bars)
    axis = axis_over([bar.start for bar in bars], by, size_of(ax)[0], wide=wide)
    if axis is None or not has_bars(bars):
        return say(ax, NO_PRACTICE)
    bottom = size_of(ax)[1] - LINE
    tallest = most or max(max(bar.value or 0, bar.beside or 0) for bar in bars)
    scale = (bottom - LINE) / tallest
    heights = [max(_LEAST_BAR, scale * bar.value) if bar.value else 0.0 for bar in bars]
    _draw_shapes(ax, bars, axis, heights, bottom)
    rules(ax, [((axis.left, bottom), (axis.right, bottom))], QUIET, 2)
    beside = [bottom - scale * (bar.beside or 0) for bar in bars]
    _draw_class(ax, bars, axis, beside, lambda value: OF_CLASS[language].format(value=words(value)))
    _numbers(ax, bars, axis, [bottom - height for height in heights], words)
    label_starts(ax, axis, [bar.start for bar in bars], bottom + LINE / 2, language)
    return None


def _draw_shapes(
    ax: Axes, bars: Sequence[Bar], axis: Axis, heights: Sequence[float], bottom: float
) -> None:
    half = min(axis.slot * 0.36, 60)
    for partial in (False, True):
        inset = _EDGE / 2 if partial else 0
        shapes = [
            _shape(axis.at(bar.start), half - inset, bottom, bottom - height + inset)
            for bar, height in zip(bars, heights, strict=True)
            if bar.partial == partial and height
        ]
        face, width = (PAPER, _EDGE) if partial else (BARS, 0)
        ax.add_collection(
            PolyCollection(shapes, facecolors=face, edgecolors=BARS, linewidths=width),
            autolim=False,
        )


def _shape(x: float, half: float, bottom: float, top: float) -> list[tuple[float, float]]:
    return [(x - half, bottom), (x + half, bottom), (x + half, top), (x - half, top)]


def _draw_class(
    ax: Axes, bars: Sequence[Bar], axis: Axis, heights: Sequence[float], words: Words
) -> None:
    """The class's mean as a dashed line, labelled with its last value."""
    places = [
        None if bar.beside is None else (axis.at(bar.start), y)
        for bar, y in zip(bars, heights, strict=True)
    ]
    draw_class_line(ax, runs(places, axis), over_bars=True)
    known = [
        (bar.beside, place[1])
        for bar, place in zip(bars, places, strict=True)
        if place is not None and bar.beside is not None
    ]
    if known:
        value, y = known[-1]
        at = (axis.right + 22, min(y, size_of(ax)[1] - 2 * LINE + 12))
        write(ax, at, words(value), color=CLASS)


def _numbers(
    ax: Axes, bars: Sequence[Bar], axis: Axis, tops: Sequence[float], words: Words
) -> None:
    """The numbers over their bars, with a halo where the class's line may cross them; 0 is said,
    but of a part of a period only where there is something."""
    values = [bar.value or 0.0 for bar in bars]
    crossed = any(bar.beside is not None for bar in bars)
    halo = {"path_effects": [withStroke(linewidth=12, foreground=PAPER)]} if crossed else {}
    shown = numbered(values, axis.slot, words)
    for index in shown:
        at = (axis.at(bars[index].start), tops[index] - 26)
        write(ax, at, words(values[index]), color=INK, ha="center", **halo)
    nothing = [index for index, bar in enumerate(bars) if bar.value == 0 and not bar.partial]
    for index in nothing if len(shown) == sum(map(bool, values)) else ():
        at = (axis.at(bars[index].start), tops[index] - 26)
        write(ax, at, words(0.0), color=QUIET, ha="center", **halo)


def numbered(values: Sequence[float], slot: float, words: Words = count) -> list[int]:
    """Which bars carry their number: all where there is room, else the highest and the last.

    The last goes without where its number would stand over a higher bar beside it.
    """
    present = [index for index, value in enumerate(values) if value]
    widest = max(fonts.width(words(value), TEXT) for value in values)
    if widest + 10 <= slot:
        return present
    highest, last = max(present, key=lambda index: values[index]), present[-1]
    reach = ceil(widest / 2 / slot)
    covers = any(value > values[last] for value in values[max(0, last - reach) :])
    apart = (last - highest) * slot > widest + 10
    return [highest, last] if apart and not covers else [highest]
