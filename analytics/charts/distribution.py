"""How a class's students are spread over accuracy, ten points a bar."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analytics.charts.page import LINE, rules, say, size_of, write
from analytics.charts.palette import BARS, QUIET
from analytics.wording.formats import percent

LEAST_BARS = 4
"""Fewer would look like a verdict; more than all ten do not fit their numbers."""


def draw_distribution(ax: Axes, counts: Sequence[int]) -> None:
    """One bar per ten points of accuracy, with how many students it holds.

    The empty tens below the lowest student are left out, as far as four tens remain.
    """
    if not any(counts):
        return say(ax, "Too little practice")
    lowest = next(place for place, count in enumerate(counts) if count)
    first = min(lowest, len(counts) - LEAST_BARS)
    low, counts = first / len(counts), counts[first:]
    width, height = size_of(ax)
    slot, bottom = width / len(counts), height - LINE
    tallest = bottom - LINE
    shapes = []
    for place, count in enumerate(counts):
        left, top = place * slot + 3, bottom - tallest * count / max(counts)
        right = left + slot - 6
        shapes.append([(left, bottom), (right, bottom), (right, top), (left, top)])
        if count:
            write(ax, ((left + right) / 2, top - 26), str(count), ha="center")
    ax.add_collection(PolyCollection(shapes, facecolors=BARS, linewidths=0), autolim=False)
    rules(ax, [((0, bottom), (width, bottom))], QUIET, 2)
    for share, ha in ((0.0, "left"), (0.5, "center"), (1.0, "right")):
        words = percent(low + share * (1 - low))
        write(ax, (share * width, bottom + LINE / 2), words, color=QUIET, ha=ha)
    return None
