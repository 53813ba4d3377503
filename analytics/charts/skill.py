"""The picture of a skill's report: where the class stands, each student's estimate, the weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts import fonts
from analytics.charts.page import (
    INNER,
    LINE,
    MARGIN,
    SAID,
    TEXT,
    TITLE,
    WIDTH,
    heading,
    new_page,
    panel,
    png,
    write,
)
from analytics.charts.palette import QUIET
from analytics.charts.progress import draw_accuracy, has_accuracy
from analytics.charts.states import (
    ROW,
    distribution_height,
    draw_distribution_bar,
    draw_estimates,
)
from analytics.charts.words import span
from analytics.reports.data import SkillReport
from analytics.wording.formats import plural

MOST_STUDENTS = 30
_TITLE_LINES = 3
ESTIMATE = "chance of a right answer"
"""What an estimate is of: the next answer."""
_HEADING, _GAP, _ACCURACY = LINE + 18, 48, 340


@dataclass(frozen=True, slots=True)
class _Part:
    """A panel of some height under a heading with a quiet note."""

    heading: str
    note: str
    height: float


def draw_skill_picture(report: SkillReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(skill_figure(report))


def skill_figure(report: SkillReport) -> Figure:
    """The page, drawn; its height follows from how many students there are to show."""
    titles = wrapped(report.skill, INNER, TITLE, _TITLE_LINES)
    top = float(MARGIN + (len(titles) + 1) * LINE + _GAP)
    parts = _parts(report)
    below = sum(_HEADING + part.height + _GAP for part in parts)
    figure, page = new_page(top + below)
    _title(page, titles, report)
    panels = []
    for part in parts:
        heading(page, (MARGIN, top + LINE / 2), part.heading, part.note)
        panels.append(panel(figure, top + _HEADING, part.height, MARGIN, INNER))
        top += _HEADING + part.height + _GAP
    draw_distribution_bar(panels[0], report.distribution)
    draw_estimates(panels[1], report.students[:MOST_STUDENTS])
    draw_accuracy(panels[2], report.trends, report.trends_by, below=LINE)
    return figure


def _parts(report: SkillReport) -> tuple[_Part, _Part, _Part]:
    everyone = len(report.students)
    shown = min(everyone, MOST_STUDENTS)
    of = "" if shown == everyone else f"{shown} of "
    weeks = has_accuracy(report.trends)
    return (
        _Part("Where the class stands", "", distribution_height(report.distribution, INNER)),
        _Part(f"{of}{plural(everyone, 'student')}", ESTIMATE, shown * ROW or SAID),
        _Part(
            f"Accuracy by {report.trends_by}",
            "mean of students, 95 % interval" if weeks else "",
            _ACCURACY + LINE if weeks else SAID,
        ),
    )


def _title(page: Axes, titles: Sequence[str], report: SkillReport) -> None:
    """The skill's name, on as many lines as it needs; then the class and the days."""
    y = MARGIN + LINE / 2
    for line in titles:
        write(page, (MARGIN, y), line, size=TITLE, bold=True)
        y += LINE
    when = span(report.range)
    room = INNER - fonts.width(when, TEXT) - 40
    write(page, (MARGIN, y), fonts.shorten(report.class_title, room, TEXT), color=QUIET)
    write(page, (WIDTH - MARGIN, y), when, color=QUIET, ha="right")


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """A text in bold on at most `most` lines, broken between words; the last one is cut to fit."""
    lines = [""]
    for word in fonts.clean(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if len(lines) == most or not lines[-1] or fonts.width(longer, size, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fonts.shorten(line, room, size, bold=True) for line in lines]
