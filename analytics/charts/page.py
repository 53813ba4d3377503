"""The page that every picture is drawn on: its size, its panels, its text, and the PNG it becomes.

One point is one pixel (72 dots an inch), so sizes everywhere are pixels of a 1200 px wide picture.
A panel's axes count pixels too, from its top left corner: whoever draws needs no layout engine.
"""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray
from PIL import Image

from analytics.charts import fonts
from analytics.charts.palette import EDGE, INK, PAPER, QUIET

WIDTH = 1200
MARGIN = 44
INNER = WIDTH - 2 * MARGIN
TEXT = 42
"""The smallest size: its capitals and figures are 30 px high."""
CAPITALS = 0.714
"""The height of Noto Sans's capitals and figures as a part of the size."""
TITLE = 46
NAME = 58
LINE = 56
"""From one line of text to the next."""
SAID = 2 * LINE
"""The height of a panel in which words stand instead of a drawing."""

COLORS = 256
"""More than a page uses: with a palette the PNG is half as large and no dearer."""

Point = tuple[float, float]
Pixels = NDArray[np.uint8]


def new_page(height: float) -> tuple[Figure, Axes]:
    """An empty page of our own paper, opaque in light and in dark, with a quiet edge.

    The axes cover all of it, for titles; axes are dear, so only drawings get their own.
    """
    height = ceil(height)
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=PAPER)
    figure.patches.append(
        Rectangle(
            (0, 0), 1, 1, transform=figure.transFigure, fill=False, edgecolor=EDGE, linewidth=6
        )
    )
    return figure, panel(figure, 0, height, 0, WIDTH)


def panel(figure: Figure, top: float, height: float, left: float, width: float) -> Axes:
    """Axes over a part of the page, in pixels from the page's and then its own top left corner."""
    page_height = figure.get_figheight() * 72
    ax = figure.add_axes(
        (left / WIDTH, 1 - (top + height) / page_height, width / WIDTH, height / page_height)
    )
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    return ax


def size_of(ax: Axes) -> Point:
    """Width and height of a panel."""
    return ax.get_xlim()[1], ax.get_ylim()[0]


def write(ax: Axes, at: Point, text: str, **style: Any) -> None:
    """Write one line of cleaned text: its capitals are centred on `at`, its left end is there.

    `style`: `size`, `bold`, `color`, and what matplotlib's `text()` takes, such as `ha`.
    """
    text = fonts.dashed(text)
    size, bold = style.pop("size", TEXT), style.pop("bold", False)
    defaults: dict[str, Any] = {"ha": "left", "va": "baseline", "color": INK}
    ax.text(
        at[0],
        at[1] + size * CAPITALS / 2,
        text,
        fontproperties=fonts.font(text, size, bold=bold),
        parse_math=False,
        **(defaults | style),
    )


def rules(ax: Axes, lines: Sequence[tuple[Point, Point]], color: str, width: float) -> None:
    """Straight lines, all of one kind."""
    ax.add_collection(LineCollection(lines, colors=color, linewidths=width), autolim=False)


def heading(ax: Axes, at: Point, text: str, note: str = "") -> None:
    """A panel's title with its left end at `at`, and a quiet note after it."""
    write(ax, at, text, size=TITLE, bold=True)
    if note:
        start = at[0] + fonts.width(text, TITLE, bold=True) + 18
        write(ax, (start, at[1]), note, color=QUIET)


def title(ax: Axes, name: str, when: str) -> None:
    """The first line of a page: who it is about, large if it fits, and when."""
    room = INNER - fonts.width(when, TEXT) - 40
    size = NAME if fonts.width(fonts.clean(name), NAME, bold=True) <= room else TITLE
    middle = MARGIN + NAME * 0.62
    shown = fonts.shorten(name, room, size, bold=True)
    write(ax, (MARGIN, middle), shown, size=size, bold=True)
    write(ax, (WIDTH - MARGIN, middle), when, color=QUIET, ha="right")


class PixelArtist(Artist):
    """An image drawn pixel for pixel.

    matplotlib's own images are resampled, masked and coloured first: ten times dearer, for nothing.
    """

    def __init__(self, pixels: Pixels) -> None:
        super().__init__()
        self._pixels = pixels

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self._pixels.shape[1])

    def draw(self, renderer: RendererBase) -> None:
        """Draw it with its bottom left corner where the transform puts the origin."""
        gc = renderer.new_gc()
        x, y = self.get_transform().transform((0, 0))
        renderer.draw_image(gc, round(x), round(y), self._pixels[::-1])
        gc.restore()


def place_image(ax: Axes, left: float, top: float, pixels: Pixels) -> None:
    """Put an image of RGBA pixels on a panel, its top left corner there."""
    artist = PixelArtist(pixels)
    artist.set_transform(Affine2D().translate(left, top + len(pixels)) + ax.transData)
    ax.add_artist(artist)


def say(ax: Axes, text: str) -> None:
    """Words in place of a drawing, where there is nothing to draw."""
    width, height = size_of(ax)
    write(ax, (width / 2, height / 2), text, color=QUIET, ha="center")


def png(figure: Figure) -> bytes:
    """The page as a PNG without transparency."""
    size = round(figure.get_figwidth() * 72), round(figure.get_figheight() * 72)
    # Not a canvas: it and the figure hold each other, and the pixels with them, until collected.
    renderer = RendererAgg(*size, 72)  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    pixels = renderer.buffer_rgba()  # type: ignore[no-untyped-call]
    page = Image.frombuffer("RGBA", size, pixels).convert("RGB")
    out = BytesIO()
    page.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=1
    )
    return out.getvalue()
