"""Rows of words, each with a bar below it whose parts have a state's colour and texture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analytics.charts import fonts
from analytics.charts.heatmap import tile
from analytics.charts.page import LINE, TEXT, Point, place_image, rules, size_of, write
from analytics.charts.palette import INK, QUIET, TRACK
from school.mastery import Mastery

ROW = 118
"""A line of words, a bar, and air."""
_BAR_TOP, _BAR = 62, 30
_OVER = 7
"""How far a mark stands out above and below its bar."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name, a value in bold and a quiet note; `parts` are shares of the bar, from the left.

    `mark`: a share at which an upright line stands.
    """

    name: str
    value: str
    note: str
    parts: tuple[tuple[float, Mastery], ...]
    mark: float | None = None


def rows_height(shown: int) -> float:
    """The height of the panel for so many rows."""
    return shown * ROW


def draw_rows(ax: Axes, rows: Sequence[Row], *, top: float = 0) -> None:
    """The rows below one another from `top` on, over the whole width of the panel."""
    width = size_of(ax)[0]
    bars = [top + number * ROW + _BAR_TOP for number in range(len(rows))]
    tracks = [_track(width, bar) for bar in bars]
    # Below the images of the parts, which are drawn first otherwise.
    ax.add_collection(
        PolyCollection(tracks, facecolors=TRACK, linewidths=0, zorder=-1), autolim=False
    )
    for bar, row in zip(bars, rows, strict=True):
        draw_words(ax, bar - _BAR_TOP + LINE / 2, row.name, row.value, row.note)
        _parts(ax, row, bar)
    marks = [
        ((width * row.mark, bar - _OVER), (width * row.mark, bar + _BAR + _OVER))
        for row, bar in zip(rows, bars, strict=True)
        if row.mark is not None
    ]
    rules(ax, marks, INK, 7)


def _track(width: float, top: float) -> list[Point]:
    return [(0, top), (width, top), (width, top + _BAR), (0, top + _BAR)]


def _parts(ax: Axes, row: Row, top: float) -> None:
    left, width = 0.0, size_of(ax)[0]
    for share, state in row.parts:
        right = left + width * share
        place_bar(ax, state, left, right, top, _BAR)
        left = right


def place_bar(ax: Axes, state: Mastery, left: float, right: float, top: float, height: int) -> None:
    """A bar in a state's colour and texture, to the nearest pixel; nothing where it is too thin."""
    pixels = round(right) - round(left)
    if pixels > 0:
        # A tile has an edge of paper at its top and left, which would cut thin parts away.
        place_image(ax, round(left), top, tile(state, pixels + 4, height + 4)[4:, 4:])


def draw_words(
    ax: Axes,
    y: float,
    name: str,
    value: str,
    note: str,
    *,
    shorten: Callable[[str, float, float], str] = fonts.shorten,
) -> None:
    """A name on the left; on the right its value, and after it in quiet what that means."""
    width = size_of(ax)[0]
    after = f" {note}" if note else ""
    taken = fonts.width(after, TEXT) if after else 0.0
    if after:
        write(ax, (width, y), after, ha="right", color=QUIET)
    write(ax, (width - taken - 8, y), value, ha="right", bold=True)
    room = width - taken - fonts.width(value, TEXT, bold=True) - 40
    write(ax, (0, y), shorten(name, room, TEXT))
