"""Skills as bars, each with its name, its value and its state in words."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analytics.charts import fonts
from analytics.charts.page import LINE, TEXT, Point, say, size_of, write
from analytics.charts.palette import QUIET, STATE, TRACK
from analytics.reports.data import SkillLine
from analytics.wording.formats import percent
from school.mastery import Mastery

MOST_SKILLS = 12
ROW = 112
"""A line of words, a bar, and air."""
_BAR_TOP, _BAR = 64, 18


def those_that_matter(skills: Sequence[SkillLine], most: int) -> list[SkillLine]:
    """The first `most` skills by rank, at most 12."""
    return sorted(skills, key=lambda skill: skill.rank)[: min(most, MOST_SKILLS)]


def draw_skills(ax: Axes, skills: Sequence[SkillLine]) -> None:
    """One row a skill: name, accuracy and state, and below them a bar of the accuracy."""
    if not skills:
        return say(ax, "No skill practised yet")
    width = size_of(ax)[0]
    bars = [_bar(0, width, row) for row in range(len(skills))]
    ax.add_collection(PolyCollection(bars, facecolors=TRACK, linewidths=0), autolim=False)
    filled = [(skill, row) for row, skill in enumerate(skills) if skill.accuracy]
    ax.add_collection(
        PolyCollection(
            [_bar(0, width * (skill.accuracy or 0), row) for skill, row in filled],
            facecolors=[STATE[Mastery(skill.mastery)] for skill, _row in filled],
            linewidths=0,
        ),
        autolim=False,
    )
    for row, skill in enumerate(skills):
        _words(ax, skill, row * ROW + LINE / 2)
    return None


def _bar(left: float, right: float, row: int) -> list[Point]:
    top = row * ROW + _BAR_TOP
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
