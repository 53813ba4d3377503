"""The picture of a student's report: accuracy, questions, and the skills that matter most."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.page import INNER, LINE, MARGIN, SAID, heading, new_page, panel, png, title
from analytics.charts.progress import draw_accuracy, draw_questions, has_accuracy, has_questions
from analytics.charts.skills import draw_skills, height_of, those_that_matter
from analytics.charts.words import span
from analytics.reports.data import StudentReport

SKILLS = 6
_TITLE, _HEADING, _GAP = 124, LINE + 18, 52
_ACCURACY, _QUESTIONS = 340, 260


def draw_student_picture(report: StudentReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(student_figure(report))


def student_figure(report: StudentReport) -> Figure:
    """The page, drawn; its height follows from what there is to show."""
    skills, by = those_that_matter(report.skills, SKILLS), report.progress_by
    heights = _heights(report, len(skills))
    tops = _tops(heights)
    figure, page = new_page(tops[-1] + heights[-1] + MARGIN / 2)
    title(page, report.student, span(report.range))
    _headings(page, report, tops, len(skills))
    panels = [
        panel(figure, top, height, MARGIN, INNER) for top, height in zip(tops, heights, strict=True)
    ]
    draw_accuracy(panels[0], report.progress, by)
    draw_questions(panels[1], report.progress, by)
    draw_skills(panels[2], skills)
    return figure


def _heights(report: StudentReport, skills: int) -> tuple[float, float, float]:
    """The heights of the three panels: small where there are but words to show."""
    return (
        _ACCURACY if has_accuracy(report.progress) else SAID,
        _QUESTIONS if has_questions(report.progress) else SAID,
        height_of(skills),
    )


def _tops(heights: tuple[float, ...]) -> list[float]:
    """Where the panels begin, each below its heading."""
    tops, y = [], float(MARGIN + _TITLE)
    for height in heights:
        tops.append(y + _HEADING)
        y += _HEADING + height + _GAP
    return tops


def _headings(page: Axes, report: StudentReport, tops: Sequence[float], shown: int) -> None:
    """A heading over each of the panels that begin at `tops`."""
    of = f"{shown} of {len(report.skills)}" if shown < len(report.skills) else ""
    words = (
        (f"Accuracy by {report.progress_by}", "and 95 % interval"),
        (f"Questions by {report.progress_by}", ""),
        ("Skills that matter most", of),
    )
    for top, (text, note) in zip(tops, words, strict=True):
        heading(page, (MARGIN, top - _HEADING + LINE / 2), text, note)
