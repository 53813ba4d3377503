"""The picture of a class's report: students x skills, how accuracies are spread, the weeks."""

from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.distribution import draw_distribution
from analytics.charts.heatmap import MOST_STUDENTS, Grid, draw_key
from analytics.charts.page import (
    INNER,
    LINE,
    MARGIN,
    SAID,
    WIDTH,
    heading,
    new_page,
    panel,
    png,
    title,
    write,
)
from analytics.charts.palette import QUIET
from analytics.charts.progress import draw_accuracy, has_accuracy
from analytics.charts.skills import MOST_SKILLS
from analytics.charts.words import span
from analytics.reports.data import ClassReport, Heatmap
from school.mastery import Mastery

_TITLE, _HEADING, _GAP = 124, LINE + 18, 52
_LOWER, _LEFT, _BETWEEN = 380, 480, 64


def draw_class_picture(report: ClassReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(class_figure(report))


def class_figure(report: ClassReport) -> Figure:
    """The page, drawn; its height follows from how many students there are to show."""
    grid = grid_of(report)
    key = MARGIN + _TITLE + LINE / 2
    cells = MARGIN + _TITLE if grid.empty else key + LINE
    lower = cells + grid.height + _note_height(report) + _GAP + _HEADING
    figure, page = new_page(lower + _lower_height(report) + LINE + MARGIN + 8)
    title(page, report.title, span(report.range))
    if not grid.empty:
        draw_key(page, (MARGIN, key))
    grid.draw(panel(figure, cells, grid.height, MARGIN, INNER))
    _note(page, report, cells + grid.height + LINE / 2 + 12)
    _draw_lower(figure, page, report, lower)
    return figure


def _draw_lower(figure: Figure, page: Axes, report: ClassReport, top: float) -> None:
    """The spread and the weeks side by side, each under its heading."""
    right = MARGIN + _LEFT + _BETWEEN
    heading(page, (MARGIN, top - _HEADING + LINE / 2), "Students by accuracy")
    heading(page, (right, top - _HEADING + LINE / 2), f"Accuracy by {report.trends_by}")
    height = _lower_height(report)
    draw_distribution(panel(figure, top, height, MARGIN, _LEFT), report.distribution)
    weeks = panel(figure, top, height, right, WIDTH - MARGIN - right)
    # The series is the class's own: a line of the class beside it would be the same line.
    own = [replace(point, class_accuracy=None) for point in report.trends]
    draw_accuracy(weeks, own, report.trends_by, below=LINE)
    if has_accuracy(own):
        write(page, (right, top + height + LINE / 2 + 14), "band: 95 % interval", color=QUIET)


def _lower_height(report: ClassReport) -> float:
    drawn = any(report.distribution) or has_accuracy(report.trends)
    return _LOWER if drawn else SAID


def _left_out(report: ClassReport) -> int:
    return max(0, len(report.heatmap.students) - MOST_STUDENTS)


def _note_height(report: ClassReport) -> float:
    return LINE + 12 if _left_out(report) else 0


def _note(page: Axes, report: ClassReport, y: float) -> None:
    if left_out := _left_out(report):
        words = f"Those who need you most; {left_out} more in this class"
        write(page, (MARGIN, y), words, color=QUIET)


def grid_of(report: ClassReport) -> Grid:
    """The rows and columns to show: everyone, or those who need attention first."""
    heat = report.heatmap
    rows = _rows(heat, report)
    return Grid(
        [heat.students[row] for row in rows],
        heat.skills[:MOST_SKILLS],
        [heat.labels[row][:MOST_SKILLS] for row in rows],
    )


def _rows(heat: Heatmap, report: ClassReport) -> list[int]:
    """Everyone in the ranking's order; of a large class those who struggle, then who need most."""
    everyone = list(range(len(heat.students)))
    if len(everyone) <= MOST_STUDENTS:
        return everyone
    struggling = {line.student_id for line in report.struggling}
    return sorted(
        everyone,
        key=lambda row: (
            heat.student_ids[row] not in struggling,
            -heat.labels[row].count(Mastery.NEEDS_WORK),
        ),
    )[:MOST_STUDENTS]
