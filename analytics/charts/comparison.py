"""The pictures of comparisons: a student beside the class, and a class beside others."""

from collections.abc import Sequence
from math import floor

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts import fonts
from analytics.charts.dots import (
    ROW,
    Dot,
    Scale,
    draw_averages,
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
    SAID,
    TEXT,
    heading,
    new_page,
    panel,
    png,
    say,
    size_of,
    title,
)
from analytics.charts.rows import draw_words
from analytics.charts.words import span
from analytics.reports.data import (
    ABOVE,
    BELOW,
    ClassBeside,
    ClassComparison,
    Interval,
    Measure,
    Strength,
    StudentComparison,
)
from analytics.wording.comparison import (
    LABELS,
    class_side_words,
    figure_words,
    gap_side,
    gap_words,
)
from analytics.wording.formats import MISSING, percent, plural

MOST_SKILLS = 8
_TITLE, _HEADING, _GAP = 124, LINE + 18, 52
_KEY, _AXIS = LINE + 8, LINE
_EDGE = 16
"""Room for half a dot at both ends of a line."""
_NAME = 380


def draw_student_comparison(found: StudentComparison) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(student_comparison_figure(found))


def student_comparison_figure(found: StudentComparison) -> Figure:
    """The page, drawn; its height follows from how many skills there are to show."""
    gaps = gaps_shown(found.gaps)
    measures = len(found.measures) * ROW
    first = MARGIN + _TITLE + _HEADING + _KEY
    second = first + measures + _GAP + _HEADING
    below = len(gaps) * ROW + _KEY + _AXIS if gaps else SAID
    figure, page = new_page(second + below + MARGIN / 2)
    title(page, found.student, span(found.range))
    _head(page, first - _KEY, "Beside the class")
    own = fonts.shorten_name(found.student, _NAME, TEXT)
    entries = [("dot", own), ("tick", "class average, 95 % interval")]
    draw_key(page, (MARGIN, first - _KEY + LINE / 2 - 8), entries)
    draw_measures(panel(figure, first, measures, MARGIN, INNER), found.measures)
    _head(page, second, "Skills beside the class", _note(found, len(gaps)))
    draw_gaps(panel(figure, second, below, MARGIN, INNER), gaps)
    return figure


def _note(found: StudentComparison, shown: int) -> str:
    """What the gaps are, and how many of them are shown."""
    of = f"{shown} of {len(found.gaps)}, " if shown < len(found.gaps) else ""
    return f"{of}overall gap removed" if shown else ""


def _head(page: Axes, top: float, text: str, note: str = "") -> None:
    """A heading over the panel that begins at `top`."""
    heading(page, (MARGIN, top - _HEADING + LINE / 2), text, note)


def draw_measures(ax: Axes, measures: Sequence[Measure]) -> None:
    """A row a figure: the student's dot, and the class's average with its interval."""
    scales = [_scale_of(one, size_of(ax)[0]) for one in measures]
    draw_lines(ax, len(measures), _scale_of(measures[0], size_of(ax)[0]))
    rows = list(enumerate(zip(measures, scales, strict=True)))
    draw_averages(ax, [_average(row, one, scale) for row, (one, scale) in rows if _has(one)])
    draw_dots(ax, [_own(row, one, scale) for row, (one, scale) in rows if one.own is not None])
    for row, one in enumerate(measures):
        class_ = "" if one.average is None else f"class {figure_words(one.name, one.average)}"
        _words(ax, row, LABELS[one.name], figure_words(one.name, one.own), class_)


def _words(ax: Axes, row: int, name: str, value: str, note: str) -> None:
    """The line of words over a row's dots; an id in brackets stays whole."""
    y = row * ROW + LINE / 2
    draw_words(ax, y, name, value, note, shorten=fonts.shorten_name)


def _has(one: Measure) -> bool:
    return one.average is not None


def _scale_of(one: Measure, width: float) -> Scale:
    """From 0 to 100 %, or to a little beyond the largest that is shown."""
    if one.name == "accuracy":
        return Scale(0, 1, _EDGE, width - _EDGE)
    ends = [one.own, one.average, one.interval.high if one.interval else None]
    most = max([value for value in ends if value is not None], default=0.0)
    return Scale(0, (most or 1) * 1.05, _EDGE, width - _EDGE)


def _average(row: int, one: Measure, scale: Scale) -> Dot:
    return Dot(row, scale.at(one.average or 0.0), *_ends(one.interval, scale))


def _own(row: int, one: Measure, scale: Scale) -> Dot:
    return Dot(row, scale.at(one.own or 0.0), *_ends(one.around, scale))


def _ends(interval: Interval | None, scale: Scale) -> tuple[float | None, float | None]:
    """Where an interval begins and ends."""
    if interval is None:
        return None, None
    return scale.at(interval.low), scale.at(interval.high)


def gaps_shown(gaps: Sequence[Strength]) -> list[Strength]:
    """At most 8 skills: those clear of chance, then the widest gaps; the furthest ahead first."""
    first = sorted(gaps, key=lambda one: (gap_side(one) == "not clear", -abs(one.gap)))
    return sorted(first[:MOST_SKILLS], key=lambda one: (-one.gap, one.skill))


def draw_gaps(ax: Axes, gaps: Sequence[Strength]) -> None:
    """A row a skill: how far the student is ahead of, or behind, what was to be expected."""
    if not gaps:
        return say(ax, "Too little practice on any one skill")
    ends = [abs(end) for one in gaps for end in (one.interval.low, one.interval.high)]
    reach = -(-max(ends) // 0.1) / 10
    scale = Scale(-reach, reach, _EDGE, size_of(ax)[0] - _EDGE)
    rows, bottom = len(gaps), len(gaps) * ROW
    draw_lines(ax, rows, scale)
    draw_upright(ax, scale.at(0), rows)
    draw_dots(ax, [_gap(row, one, scale) for row, one in enumerate(gaps)])
    for row, one in enumerate(gaps):
        _words(ax, row, one.skill, gap_words(one.gap), gap_side(one))
    labels = [(-reach, gap_words(-reach)), (0.0, "as expected"), (reach, gap_words(reach))]
    draw_axis(ax, scale, labels, bottom + _AXIS / 2)
    entries = [("dot", "clear of chance"), ("hollow", "may be chance")]
    draw_key(ax, (0, bottom + _AXIS + _KEY / 2), entries)
    return None


def _gap(row: int, one: Strength, scale: Scale) -> Dot:
    low, high = _ends(one.interval, scale)
    return Dot(row, scale.at(one.gap), low, high, hollow=gap_side(one) == "not clear")


def draw_class_comparison(found: ClassComparison) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(class_comparison_figure(found))


def class_comparison_figure(found: ClassComparison) -> Figure:
    """The page, drawn: a row a class, the one asked about first."""
    classes = [found.own, *found.others]
    top = MARGIN + _TITLE + _HEADING
    height = len(classes) * ROW + _AXIS
    figure, page = new_page(top + height + MARGIN / 2)
    title(page, found.title, span(found.range))
    _head(page, top, "Accuracy", "and 95 % interval")
    draw_classes(panel(figure, top, height, MARGIN, INNER), classes)
    return figure


def draw_classes(ax: Axes, classes: Sequence[ClassBeside]) -> None:
    """A row a class on one scale; hollow dots do not clearly differ from the first."""
    width = size_of(ax)[0]
    low = _lowest(classes)
    scale = Scale(low, 1, _EDGE, width - _EDGE)
    draw_lines(ax, len(classes), scale)
    if classes[0].accuracy is not None:
        draw_upright(ax, scale.at(classes[0].accuracy), len(classes))
    known = [(row, one) for row, one in enumerate(classes) if one.accuracy is not None]
    draw_dots(ax, [_mean(row, one, scale) for row, one in known])
    for row, one in enumerate(classes):
        note = class_side_words(one) if row else plural(one.judged, "student")
        _words(ax, row, one.title, _value(one), note)
    ticks = [(share, percent(share)) for share in (low, (1 + low) / 2, 1.0)]
    draw_axis(ax, scale, ticks, len(classes) * ROW + _AXIS / 2)


def _lowest(classes: Sequence[ClassBeside]) -> float:
    """0, 25 or 50 %: the highest that leaves nothing out."""
    ends = [one.interval.low if one.interval else one.accuracy for one in classes]
    lowest = min((end for end in ends if end is not None), default=0.0)
    return min(floor(lowest * 4) / 4, 0.5)


def _value(one: ClassBeside) -> str:
    return MISSING if one.accuracy is None else percent(one.accuracy)


def _mean(row: int, one: ClassBeside, scale: Scale) -> Dot:
    low, high = _ends(one.interval, scale)
    unclear = row > 0 and one.side not in (ABOVE, BELOW)
    return Dot(row, scale.at(one.accuracy or 0.0), low, high, hollow=unclear)
