"""A picture of panels below one another, each under its heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.page import INNER, LINE, MARGIN, heading, new_page, panel, title

_TITLE, _HEADING, _GAP = 124, LINE + 18, 52


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading with a quiet note, and what draws on axes of that height."""

    heading: str
    note: str
    height: float
    draw: Callable[[Axes], None]


def stacked_figure(name: str, when: str, panels: Sequence[Panel]) -> Figure:
    """The page, drawn; its height follows from the panels."""
    tops, y = [], float(MARGIN + _TITLE)
    for one in panels:
        tops.append(y + _HEADING)
        y += _HEADING + one.height + _GAP
    figure, page = new_page(y - _GAP + MARGIN)
    title(page, name, when)
    for top, one in zip(tops, panels, strict=True):
        heading(page, (MARGIN, top - _HEADING + LINE / 2), one.heading, one.note)
        one.draw(panel(figure, top, one.height, MARGIN, INNER))
    return figure
