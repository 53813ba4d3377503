"""The picture of a student's report: accuracy, questions, and the skills that matter most."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analytics.charts.page import INNER, LINE, MARGIN, heading, new_page, panel, png, title
from analytics.charts.progress import draw_accuracy, draw_questions
from analytics.charts.skills import ROW, draw_skills, those_that_matter
from analytics.charts.words import span
from analytics.reports.data import StudentReport

SKILLS = 6
_TITLE, _HEADING, _GAP = 124, LINE + 18, 52
_ACCURACY, _QUESTIONS = 340, 260


def draw_student_picture(report: StudentReport) -> bytes:
    """One portrait picture as PNG, 1200 px wide."""
    return png(student_figure(report))


def student_figure(report: StudentReport) -> Figure:
    """The page, drawn; its height follows from how many skills there are to show."""
    skills, by = those_that_matter(report.skills, SKILLS), report.progress_by
    rows = max(len(skills), 1) * ROW
    accuracy = MARGIN + _TITLE + _HEADING
    questions = accuracy + _ACCURACY + _GAP + _HEADING
    lowest = questions + _QUESTIONS + _GAP + _HEADING
    figure, page = new_page(lowest + rows + MARGIN / 2)
    title(page, report.student, span(report.range))
    _headings(page, report, (accuracy, questions, lowest), len(skills))
    draw_accuracy(panel(figure, accuracy, _ACCURACY, MARGIN, INNER), report.progress, by)
    draw_questions(panel(figure, questions, _QUESTIONS, MARGIN, INNER), report.progress, by)
    draw_skills(panel(figure, lowest, rows, MARGIN, INNER), skills)
    return figure


def _headings(
    page: Axes, report: StudentReport, tops: tuple[float, float, float], shown: int
) -> None:
    """A heading over each of the panels that begin at `tops`."""
    of = f"{shown} of {len(report.skills)}" if shown < len(report.skills) else ""
    words = (
        (f"Accuracy by {report.progress_by}", "and 95 % interval"),
        (f"Questions by {report.progress_by}", ""),
        ("Skills that matter most", of),
    )
    for top, (text, note) in zip(tops, words, strict=True):
        heading(page, (MARGIN, top - _HEADING + LINE / 2), text, note)
