"""The picture of what works: the gain of each kind of help with its interval, around nothing."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts import fonts
from analytics.charts.dots import (
    ROW,
    Dot,
    Scale,
    draw_axis,
    draw_dots,
    draw_key,
    draw_lines,
    draw_upright,
)
from analytics.charts.page import (
    INNER,
    LINE,
    MARGIN,
    heading,
    new_page,
    panel,
    png,
    size_of,
    title,
)
from analytics.charts.rows import draw_words
from analytics.effects.data import KindEffect, Outcome, Verdict
from analytics.wording.effects import change_words

Named = tuple[str, KindEffect]
"""A kind of help as it is called, with its effect; only such with a gain are drawn."""

_TITLE, _HEADING, _GAP = 124, LINE + 18, 40
_KEY, _AXIS = LINE + 8, LINE
_EDGE = 16
_HEADINGS = {
    Outcome.ACCURACY: ("Accuracy", "points beyond comparable classmates"),
    Outcome.DAYS: ("Days practised of the next 10", "beyond like absences"),
}
_STEPS = {Outcome.ACCURACY: 0.1, Outcome.DAYS: 1.0}


def draw_effects(name: str, effects: Sequence[Named]) -> bytes:
    """One picture as PNG, 1200 px wide. `name` is the class's title."""
    return png(effects_figure(name, effects))


def effects_figure(name: str, effects: Sequence[Named]) -> Figure:
    """The page, drawn: a panel for each outcome, a row for each kind."""
    panels = [(outcome, _of(outcome, effects)) for outcome in Outcome]
    shown = [(outcome, rows) for outcome, rows in panels if rows]
    heights = [_HEADING + len(rows) * ROW + _AXIS + _GAP for _, rows in shown]
    top = float(MARGIN + _TITLE)
    figure, page = new_page(top + sum(heights) + _KEY + MARGIN / 2)
    title(page, name, "what works")
    for (outcome, rows), height in zip(shown, heights, strict=True):
        heading(page, (MARGIN, top + LINE / 2), *_HEADINGS[outcome])
        below = len(rows) * ROW + _AXIS
        _draw(panel(figure, top + _HEADING, below, MARGIN, INNER), outcome, rows)
        top += height
    entries = [("dot", "clear of chance"), ("hollow", "may be chance")]
    draw_key(page, (MARGIN, top + _KEY / 2 - 8), entries)
    return figure


def _of(outcome: Outcome, effects: Sequence[Named]) -> list[Named]:
    """Those of an outcome, the largest gain first."""
    own = [one for one in effects if one[1].outcome is outcome and one[1].gain is not None]
    return sorted(own, key=lambda one: (-(one[1].gain or 0.0), one[0]))


def _draw(ax: Axes, outcome: Outcome, rows: Sequence[Named]) -> None:
    reach = _reach(outcome, rows)
    scale = Scale(-reach, reach, _EDGE, size_of(ax)[0] - _EDGE)
    draw_lines(ax, len(rows), scale)
    draw_upright(ax, scale.at(0), len(rows))
    draw_dots(ax, [_dot(row, one, scale) for row, (_, one) in enumerate(rows)])
    for row, (name, one) in enumerate(rows):
        value = change_words(outcome, one.gain or 0.0)
        y = row * ROW + LINE / 2
        draw_words(ax, y, name, value, one.verdict.value, shorten=fonts.shorten_name)
    ends = [(end, change_words(outcome, end)) for end in (-reach, reach)]
    labels = [ends[0], (0.0, "as without help"), ends[1]]
    draw_axis(ax, scale, labels, len(rows) * ROW + _AXIS / 2)


def _reach(outcome: Outcome, rows: Sequence[Named]) -> float:
    """How far the scale goes to both sides: a whole step that leaves nothing out."""
    ends = [abs(end) for _, one in rows if (at := one.interval) for end in (at.low, at.high)]
    step = _STEPS[outcome]
    return float(-(-max(ends, default=step) // step) * step)


def _dot(row: int, one: KindEffect, scale: Scale) -> Dot:
    interval = one.interval
    low, high = (scale.at(interval.low), scale.at(interval.high)) if interval else (None, None)
    unclear = one.verdict not in (Verdict.HELPED, Verdict.FELL)
    return Dot(row, scale.at(one.gain or 0.0), low, high, hollow=unclear)
