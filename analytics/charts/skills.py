"""Skills as bars, each with its name, its value and its state in words."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analytics.charts import fonts
from analytics.charts.page import LINE, SAID, TEXT, Point, say, size_of, write
from analytics.charts.palette import QUIET, TRACK
from analytics.charts.rows import place_bar
from analytics.reports.data import SkillLine
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording.formats import percent
from school.mastery import Mastery

MOST_SKILLS = 12
ROW = 112
"""A line of words, a bar, and air."""
KEY = "Right in these days, and the state at their end"
"""The figure is of the range, the state a running estimate: one may be high and the other low."""
_BAR_TOP, _BAR = 64, 24


def those_that_matter(skills: Sequence[SkillLine], most: int) -> list[SkillLine]:
    """The first `most` skills by rank, at most 12; the last place is the greatest strength's.

    That is the mastered skill with the highest accuracy of those with enough questions to judge.
    """
    ranked, most = sorted(skills, key=lambda skill: skill.rank), min(most, MOST_SKILLS)
    first, others = ranked[:most], ranked[most:]
    strong = [one for one in others if one.mastery == Mastery.MASTERED and _is_judged(one)]
    if not strong or any(one.mastery == Mastery.MASTERED for one in first):
        return first
    return [*first[:-1], max(strong, key=lambda one: (one.accuracy or 0.0, -one.rank))]


def _is_judged(skill: SkillLine) -> bool:
    return skill.questions >= JUDGED_QUESTIONS


def height_of(shown: int) -> float:
    """The height of the panel for so many skills: what figures and states are, then the rows."""
    return LINE + shown * ROW if shown else SAID


def draw_skills(ax: Axes, skills: Sequence[SkillLine]) -> None:
    """One row a skill: name, accuracy and state, and below them a bar of the accuracy.

    The bar has its state's colour and texture.
    """
    if not skills:
        return say(ax, "No skill practised yet")
    width = size_of(ax)[0]
    write(ax, (0, LINE / 4), KEY, color=QUIET)
    bars = [_bar(0, width, row) for row in range(len(skills))]
    # Below the images of the bars, which are drawn first otherwise.
    ax.add_collection(
        PolyCollection(bars, facecolors=TRACK, linewidths=0, zorder=-1), autolim=False
    )
    for row, skill in enumerate(skills):
        place_bar(ax, Mastery(skill.mastery), 0, width * (skill.accuracy or 0), _top(row), _BAR)
        _words(ax, skill, LINE + row * ROW + LINE / 2)
    return None


def _top(row: int) -> float:
    return LINE + row * ROW + _BAR_TOP


def _bar(left: float, right: float, row: int) -> list[Point]:
    top = _top(row)
    return [(left, top), (right, top), (right, top + _BAR), (left, top + _BAR)]


def _words(ax: Axes, skill: SkillLine, y: float) -> None:
    width = size_of(ax)[0]
    state, value = f" {skill.mastery}", percent(skill.accuracy)
    state_width = fonts.width(state, TEXT)
    value_width = fonts.width(value, TEXT, bold=True)
    write(ax, (width, y), state, ha="right", color=QUIET)
    write(ax, (width - state_width - 8, y), value, ha="right", bold=True)
    room = width - state_width - value_width - 40
    write(ax, (0, y), fonts.shorten(skill.skill, room, TEXT))
