"""How many students are in which state, as one stacked bar; each student's estimate as a bar."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analytics.charts import fonts
from analytics.charts.heatmap import tile
from analytics.charts.page import LINE, TEXT, Point, place_image, say, size_of, write
from analytics.charts.palette import QUIET, TRACK
from analytics.charts.rows import place_bar
from analytics.reports.data import SkillStudent
from analytics.wording.skill import SHORT_STATES, estimate_words, state_words
from school.mastery import Mastery

Distribution = Sequence[tuple[str, int]]

ROW = 62
"""A student's row: a line of text and a little air."""
_BAR, _BELOW = 92, 22
_SWATCH, _AFTER_SWATCH, _BETWEEN = 44, 12, 40
_NAMES_LEAST, _NAMES_MOST = 220, 430
_AIR = 20
_THIN_BAR = 26


def distribution_height(distribution: Distribution, width: float) -> float:
    """The height of the stacked bar with the lines of words below it."""
    lines = 1 + max((line for line, _, _ in _words(distribution, width)), default=0)
    return _BAR + _BELOW + lines * LINE


def draw_distribution_bar(ax: Axes, distribution: Distribution) -> None:
    """One bar over the whole width, a texture for each state, and below it each in words."""
    width = size_of(ax)[0]
    everyone = sum(number for _, number in distribution)
    if not everyone:
        return say(ax, "Nobody is enrolled")
    left = 0.0
    for label, number in distribution:
        right = left + width * number / everyone
        if number:
            pixels = tile(Mastery(label), max(round(right) - round(left), 8), _BAR)
            place_image(ax, round(left), 0, pixels)
        left = right
    for line, x, (label, number) in _words(distribution, width):
        y = _BAR + _BELOW + (line + 0.5) * LINE
        place_image(ax, x, y - _SWATCH / 2, tile(Mastery(label), _SWATCH, _SWATCH))
        write(ax, (x + _SWATCH + _AFTER_SWATCH, y), state_words(label, number))
    return None


def _words(
    distribution: Distribution, width: float
) -> Iterator[tuple[int, float, tuple[str, int]]]:
    """Each state that anyone is in: on which line its words stand, and where they begin."""
    line, x = 0, 0.0
    for label, number in distribution:
        if not number:
            continue
        needed = _SWATCH + _AFTER_SWATCH + fonts.width(state_words(label, number), TEXT)
        if x and x + needed > width:
            line, x = line + 1, 0.0
        yield line, x, (label, number)
        x += needed + _BETWEEN


def draw_estimates(ax: Axes, students: Sequence[SkillStudent]) -> None:
    """One row a student: the name, a bar of the estimate, its value, and the state in words."""
    if not students:
        return
    left, right = _bar_ends(ax, students)
    tracks = []
    for row, one in enumerate(students):
        y = (row + 0.5) * ROW
        _row_words(ax, one, y, left, right)
        tracks.append(_bar(left, right, y))
        if one.estimate is not None and one.mastery != Mastery.TOO_LITTLE:
            end, top = left + (right - left) * one.estimate, y - _THIN_BAR / 2
            place_bar(ax, Mastery(one.mastery), left, end, top, _THIN_BAR)
    # Below the images of the bars, which are drawn first otherwise.
    ax.add_collection(
        PolyCollection(tracks, facecolors=TRACK, linewidths=0, zorder=-1), autolim=False
    )


def _bar_ends(ax: Axes, students: Sequence[SkillStudent]) -> Point:
    """Where the bars begin and end: names and states get the room that they need."""
    widest = max(fonts.width(fonts.clean(one.student), TEXT) for one in students)
    left = min(max(widest, _NAMES_LEAST), _NAMES_MOST) + _AIR
    return left, size_of(ax)[0] - _state_room() - _value_room() - 2 * _AIR


def _state_room() -> float:
    return max(fonts.width(words, TEXT) for words in SHORT_STATES.values())


def _value_room() -> float:
    return fonts.width("100 %", TEXT, bold=True)


def _row_words(ax: Axes, one: SkillStudent, y: float, left: float, right: float) -> None:
    write(ax, (0, y), fonts.shorten_name(one.student, left - _AIR, TEXT))
    value = estimate_words(one.estimate, one.mastery)
    write(ax, (right + _AIR + _value_room(), y), value, bold=True, ha="right")
    state = SHORT_STATES[Mastery(one.mastery)]
    write(ax, (right + 2 * _AIR + _value_room(), y), state, color=QUIET)


def _bar(left: float, right: float, y: float) -> list[Point]:
    top, bottom = y - _THIN_BAR / 2, y + _THIN_BAR / 2
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
