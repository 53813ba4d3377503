"""Dots with their intervals on a line, for whatever is compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from analytics.charts import fonts
from analytics.charts.page import TEXT, Point, rules, write
from analytics.charts.palette import CLASS, EDGE, INK, PAPER, QUIET, RULE, STUDENT

ROW = 124
"""A line of words, a line with its dot, and air."""
DRAWN = 84
"""Where the dot of a row has its middle, from its top."""
_DOT, _CAP, _HALF_BAND, _HALF_TICK = 24.0, 13.0, 17.0, 24.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` over the pixels from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value lies; what lies beyond an end stands at it."""
        inside = min(max(value, self.low), self.high)
        return self.left + (self.right - self.left) * (inside - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Dot:
    """One value in a row; hollow where it is not clear of what it is compared with."""

    row: int
    x: float
    low: float | None = None
    high: float | None = None
    hollow: bool = False

    @property
    def y(self) -> float:
        """The middle of the row's drawing."""
        return self.row * ROW + DRAWN


def draw_lines(ax: Axes, rows: int, scale: Scale) -> None:
    """The quiet line on which each row's dot stands."""
    ys = [row * ROW + DRAWN for row in range(rows)]
    rules(ax, [((scale.left, y), (scale.right, y)) for y in ys], RULE, 4)


def draw_dots(ax: Axes, dots: Sequence[Dot]) -> None:
    """The dots over their intervals, which end in caps."""
    ends = [(dot.y, dot.low, dot.high) for dot in dots]
    known = [(y, low, high) for y, low, high in ends if low is not None and high is not None]
    rules(ax, [((low, y), (high, y)) for y, low, high in known], STUDENT, 6)
    caps = [((x, y - _CAP), (x, y + _CAP)) for y, low, high in known for x in (low, high)]
    rules(ax, caps, STUDENT, 6)
    for hollow in (False, True):
        places = [(dot.x, dot.y) for dot in dots if dot.hollow == hollow]
        if places:
            _draw_marks(ax, places, hollow=hollow)


def _draw_marks(ax: Axes, places: Sequence[Point], *, hollow: bool) -> None:
    ax.plot(
        *zip(*places, strict=True),
        linestyle="",
        marker="o",
        markersize=_DOT,
        markerfacecolor=PAPER if hollow else STUDENT,
        markeredgecolor=STUDENT,
        markeredgewidth=5,
        clip_on=False,
        scalex=False,
        scaley=False,
        zorder=4,
    )


def draw_averages(ax: Axes, averages: Sequence[Dot]) -> None:
    """Averages as upright ticks, each over the band of its interval."""
    bands = [
        _box(one.low, one.high, one.y)
        for one in averages
        if one.low is not None and one.high is not None
    ]
    ax.add_collection(PolyCollection(bands, facecolors=EDGE, linewidths=0), autolim=False)
    ticks = [((one.x, one.y - _HALF_TICK), (one.x, one.y + _HALF_TICK)) for one in averages]
    ax.add_collection(LineCollection(ticks, colors=CLASS, linewidths=8), autolim=False)


def _box(left: float, right: float, y: float) -> list[Point]:
    top, bottom = y - _HALF_BAND, y + _HALF_BAND
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def draw_upright(ax: Axes, x: float, rows: int) -> None:
    """A dashed line through all rows, at what they are compared with."""
    # Not through the words: a piece for each row's drawing.
    pieces = [((x, row * ROW + DRAWN - 30), (x, row * ROW + DRAWN + 30)) for row in range(rows)]
    ax.add_collection(LineCollection(pieces, colors=CLASS, linewidths=6), autolim=False)


def draw_axis(ax: Axes, scale: Scale, labels: Sequence[tuple[float, str]], y: float) -> None:
    """Words under the rows at some values; those at the ends stay within the panel."""
    for value, words in labels:
        ha = "left" if value == scale.low else "right" if value == scale.high else "center"
        write(ax, (scale.at(value), y), words, color=QUIET, ha=ha)


def draw_key(ax: Axes, at: Point, entries: Sequence[tuple[str, str]]) -> None:
    """What dot and tick stand for: entries of kind (`dot`, `tick`, `hollow`) and words."""
    x, y = at
    for kind, words in entries:
        middle = x + 18
        if kind == "tick":
            band = PolyCollection([_box(x, x + 36, y)], facecolors=EDGE, linewidths=0)
            ax.add_collection(band, autolim=False)
            rules(ax, [((middle, y - 24), (middle, y + 24))], CLASS, 8)
        else:
            _draw_marks(ax, [(middle, y)], hollow=kind == "hollow")
        write(ax, (x + 50, y), words, color=INK)
        x += 50 + fonts.width(words, TEXT) + 40
