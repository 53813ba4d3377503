"""The charts of a printed report: drawn by the functions that draw the pictures, kept as vectors.

A chart is 2,200 px wide where a picture is 1,200, so that its letters of 42 px are about 9 points
on the width of a page. Letters become outlines: a chart's words are in its alt text and its table.
"""

from collections.abc import Callable
from io import StringIO

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

WIDTH = 2200
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


def svg(height: float, draw: Callable[[Axes], None]) -> str:
    """What `draw` puts on a panel of `WIDTH` x `height` px, without a ground, as SVG."""
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(height, 0)
    draw(ax)
    out = StringIO()
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "the same every time"}):
        canvas = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata=_NO_METADATA)  # type: ignore[no-untyped-call]
    return out.getvalue()
