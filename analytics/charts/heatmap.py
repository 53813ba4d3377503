"""Students x skills: a grid of states, each with its own colour and its own texture.

The cells are one image, put together from a tile per state: a hundred times cheaper than as many
hatched rectangles, and exact to the pixel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from analytics.charts import fonts
from analytics.charts.page import INNER, SAID, TEXT, Pixels, Point, place_image, say, write
from analytics.charts.palette import PALE, PAPER, QUIET, STATE
from school.mastery import Mastery

MOST_STUDENTS = 30
ROW = 52
"""A student's row: a line of text and a little air."""
SLANT = 60
_NAMES_LEAST, _NAMES_MOST = 300, 416
"""Names get the room that they need; cells stay wide enough for a slanted name above each."""
_AIR = 20
_CELL_WIDEST = 120
_LABEL_LONGEST = 430
_GAP = 4
_KEY = 46
_DOTS = 15
_SHORT = {Mastery.TOO_LITTLE: "too little"}


@dataclass(frozen=True, slots=True)
class Grid:
    """What a heatmap shows: names down the side, skills along the top, a label in each cell."""

    students: Sequence[str]
    skills: Sequence[str]
    labels: Sequence[Sequence[str]]

    @property
    def empty(self) -> bool:
        """Whether there is nobody or nothing to show."""
        return not (self.students and self.skills)

    @property
    def cell(self) -> int:
        """The width of a cell in pixels."""
        widest = max(fonts.width(fonts.clean(name), TEXT) for name in self.students) + _AIR
        names = min(max(widest, _NAMES_LEAST), _NAMES_MOST)
        return int(min(_CELL_WIDEST, (INNER - names) // len(self.skills)))

    @property
    def left(self) -> int:
        """Where the cells begin."""
        return INNER - self.cell * len(self.skills)

    @property
    def head(self) -> float:
        """How much height the slanted names of the skills take."""
        widest = max((fonts.width(name, TEXT) for name in self._heads()), default=0)
        return widest * float(np.sin(np.radians(SLANT))) + TEXT

    @property
    def height(self) -> float:
        """The height of the whole panel."""
        if self.empty:
            return SAID
        return self.head + ROW * len(self.students)

    def _heads(self) -> list[str]:
        return [fonts.shorten(skill, _LABEL_LONGEST, TEXT) for skill in self.skills]

    def draw(self, ax: Axes) -> None:
        """Draw it on a panel of its height."""
        if self.empty:
            return say(ax, "No skill practised yet" if self.students else "Nobody is enrolled")
        place_image(ax, self.left, self.head, cells(self.labels, self.cell, ROW))
        for row, name in enumerate(self.students):
            shown = fonts.shorten_name(name, self.left - _AIR, TEXT)
            write(ax, (0, self.head + (row + 0.5) * ROW), shown)
        for column, name in enumerate(self._heads()):
            at = (self.left + (column + 0.62) * self.cell, self.head - 30)
            write(ax, at, name, ha="right", rotation=-SLANT, rotation_mode="anchor")
        return None


def cells(labels: Sequence[Sequence[str]], width: int, height: int) -> Pixels:
    """The image of a grid in RGBA, `width` x `height` pixels a cell."""
    states = list(Mastery)
    tiles = np.stack([tile(state, width, height) for state in states])
    index = np.array([[states.index(Mastery(label)) for label in row] for row in labels])
    rows, columns = index.shape
    picked: Pixels = tiles[index].swapaxes(1, 2)
    return picked.reshape(rows * height, columns * width, 4)


def tile(state: Mastery, width: int, height: int) -> Pixels:
    """One cell: solid where mastered, dotted in progress, striped where work is needed.

    Too little practice is a blank with a dot.
    """
    strong = _texture(state, width - _GAP, height - _GAP)[..., None]
    pixels = np.empty((height, width, 4), dtype=np.uint8)
    pixels[:] = _rgba(PAPER)
    pixels[_GAP:, _GAP:] = np.where(strong, _rgba(STATE[state]), _rgba(PALE[state]))
    return pixels


def _texture(state: Mastery, width: int, height: int) -> NDArray[np.bool_]:
    """Where in a cell a state's strong colour goes."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    if state is Mastery.MASTERED:
        return np.ones(x.shape, dtype=np.bool_)
    if state is Mastery.NEEDS_WORK:
        striped: NDArray[np.bool_] = (x + y) % 14 < 8
        return striped
    pitch = _DOTS if state is Mastery.IN_PROGRESS else 2 * max(width, height)
    radius = 5 if state is Mastery.IN_PROGRESS else 4.5
    dotted: NDArray[np.bool_] = (
        _to_nearest(x, width, pitch) ** 2 + _to_nearest(y, height, pitch) ** 2 <= radius**2
    )
    return dotted


def _to_nearest(place: NDArray[np.float64], length: int, pitch: float) -> NDArray[np.float64]:
    """The distance to the nearest of the even places in a length that lie about `pitch` apart."""
    step = length / max(1, round(length / pitch))
    distance: NDArray[np.float64] = place % step - step / 2
    return distance


def _rgba(color: str) -> NDArray[np.float64]:
    return np.round(np.array(to_rgba(color)) * 255)


KEY = (Mastery.MASTERED, Mastery.IN_PROGRESS, Mastery.NEEDS_WORK, Mastery.TOO_LITTLE)


def draw_key(ax: Axes, at: Point, names: Mapping[Mastery, str] | None = None) -> None:
    """One line from `at` on: each texture and what it means, by itself or by `names`."""
    x, y = at
    for state, name in (names or {one: _SHORT.get(one, one.value) for one in KEY}).items():
        place_image(ax, x, y - _KEY / 2, tile(state, _KEY, _KEY)[_GAP:, _GAP:])
        write(ax, (x + _KEY + 8, y), name, color=QUIET)
        x += _KEY + 8 + fonts.width(name, TEXT) + 28
