"""The time axis that the panels of a picture share: periods side by side, gaps left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from analytics.charts import fonts
from analytics.charts.page import TEXT, Point, write
from analytics.charts.palette import CLASS, PAPER, QUIET
from analytics.charts.words import period_name
from analytics.reports.data import TrendPoint
from school.languages import ENGLISH

GUTTER_LEFT = 134
"""Room for "100 %" and a gap."""
GUTTER = 138
"""Room for "100 %" in bold."""
GUTTER_CLASS = 240
"""Room for "class 100 %"."""

_DAYS = {"day": 1, "week": 7, "month": 30.44}


@dataclass(frozen=True, slots=True)
class Axis:
    """Where each period lies between the pixels `left` and `right`."""

    first: date
    last: date
    by: str
    left: float
    right: float

    @property
    def slot(self) -> float:
        """The width of one period."""
        periods = (self.last - self.first).days / _DAYS[self.by] + 1
        return (self.right - self.left) / periods

    def at(self, start: date) -> float:
        """The middle of the period that starts on a day."""
        return self.left + self.slot * ((start - self.first).days / _DAYS[self.by] + 0.5)


def axis_for(points: Sequence[TrendPoint], by: str, width: float) -> Axis | None:
    """The axis over all `points` on a panel, between its gutters; None where there are none."""
    wide = any(point.class_accuracy is not None for point in points)
    return axis_over([point.start for point in points], by, width, wide=wide)


def axis_over(starts: Sequence[date], by: str, width: float, *, wide: bool) -> Axis | None:
    """The same over periods by their first days; `wide` where a label of the class stands there."""
    if not starts:
        return None
    right = GUTTER_CLASS if wide else GUTTER
    return Axis(starts[0], starts[-1], by, GUTTER_LEFT, width - right)


def runs(places: Sequence[Point | None], axis: Axis) -> list[list[Point]]:
    """The stretches of neighbouring periods that have a value: a gap is never bridged."""
    found: list[list[Point]] = []
    previous: Point | None = None
    for place in places:
        if place is not None:
            if previous is None or place[0] - previous[0] > 1.5 * axis.slot:
                found.append([])
            found[-1].append(place)
        previous = place
    return found


def label_periods(
    ax: Axes, axis: Axis, points: Sequence[TrendPoint], y: float, language: str = ENGLISH
) -> None:
    """Names of as many periods as have room, counted back from the newest."""
    label_starts(ax, axis, [point.start for point in points], y, language)


def label_starts(
    ax: Axes, axis: Axis, starts: Sequence[date], y: float, language: str = ENGLISH
) -> None:
    """The same by the first days of the periods."""
    names = [period_name(start, axis.by, language) for start in starts]
    widest = max(fonts.width(name, TEXT) for name in names)
    step = max(1, -int(-(widest + 20) // axis.slot))
    for index in range(len(starts) - 1, -1, -step):
        write(ax, (axis.at(starts[index]), y), names[index], color=QUIET, ha="center")


def draw_class_line(
    ax: Axes, stretches: Sequence[Sequence[Point]], *, over_bars: bool = False
) -> None:
    """The class's dashed line; a lone period gets a dash. Over bars it lies on a strip of paper."""
    lines = [_widened(stretch) for stretch in stretches]
    if over_bars:
        ax.add_collection(LineCollection(lines, colors=PAPER, linewidths=10), autolim=False)
    ax.add_collection(
        LineCollection(lines, colors=CLASS, linewidths=4, linestyles=(0, (5, 2.5))), autolim=False
    )


def _widened(stretch: Sequence[Point]) -> Sequence[Point]:
    if len(stretch) > 1:
        return stretch
    x, y = stretch[0]
    return [(x - 14, y), (x + 14, y)]
