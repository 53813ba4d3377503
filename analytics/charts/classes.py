"""The picture of a class's report: students x skills, how accuracies are spread, the weeks."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.distribution import draw_distribution
from analytics.charts.heatmap import MOST_STUDENTS, Grid, draw_key
from analytics.charts.page import (
    INNER,
    LINE,
    MARGIN,
    WIDTH,
    heading,
    new_page,
    panel,
    png,
    title,
    write,
)
from analytics.charts.palette import QUIET
from analytics.charts.progress import draw_accuracy
from analytics.charts.skills import MOST_SKILLS
from analytics.charts.words import span
from analytics.reports.data import ClassReport, Heatmap

_TITLE, _HEADING, _GAP = 124, LINE + 18, 52
_LOWER, _LEFT, _BETWEEN = 380, 480, 64


def draw_class_picture(report: ClassReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(class_figure(report))


def class_figure(report: ClassReport) -> Figure:
    """The page, drawn; its height follows from how many students there are to show."""
    grid = grid_of(report)
    key = MARGIN + _TITLE + LINE / 2
    cells = key + LINE
    lower = cells + grid.height + _note_height(report) + _GAP + _HEADING
    figure, page = new_page(lower + _LOWER + MARGIN)
    title(page, report.title, span(report.range))
    draw_key(page, (MARGIN, key))
    grid.draw(panel(figure, cells, grid.height, MARGIN, INNER))
    _note(page, report, cells + grid.height + LINE / 2 + 12)
    _draw_lower(figure, page, report, lower)
    return figure


def _draw_lower(figure: Figure, page: Axes, report: ClassReport, top: float) -> None:
    """The spread and the weeks side by side, each under its heading."""
    right = MARGIN + _LEFT + _BETWEEN
    heading(page, (MARGIN, top - _HEADING + LINE / 2), "Students by accuracy")
    heading(page, (right, top - _HEADING + LINE / 2), "Class by week")
    draw_distribution(panel(figure, top, _LOWER, MARGIN, _LEFT), report.distribution)
    weeks = panel(figure, top, _LOWER, right, WIDTH - MARGIN - right)
    draw_accuracy(weeks, report.trends, "week", below=LINE)


def _left_out(report: ClassReport) -> int:
    return max(0, len(report.heatmap.students) - MOST_STUDENTS)


def _note_height(report: ClassReport) -> float:
    return LINE + 12 if _left_out(report) else 0


def _note(page: Axes, report: ClassReport, y: float) -> None:
    if left_out := _left_out(report):
        words = f"… and {left_out} more in the table: those who need you come first here"
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
    if len(heat.students) <= MOST_STUDENTS:
        return list(range(len(heat.students)))
    struggling = {line.student_id for line in report.struggling}
    worst_first = range(len(heat.students) - 1, -1, -1)
    return sorted(worst_first, key=lambda row: heat.student_ids[row] not in struggling)[
        :MOST_STUDENTS
    ]
