"""Charts over time and of how a class is spread, each with the table of its numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.charts.distribution import draw_distribution
from analytics.charts.progress import draw_accuracy, draw_questions, has_accuracy, has_questions
from analytics.exports.blocks import RIGHT, Block, Chart, Column, Heading, Table, Words
from analytics.exports.charts import svg
from analytics.reports.data import TrendPoint
from analytics.wording import count, day_words, interval_words, percent
from analytics.wording.formats import in_period

ACCURACY, QUESTIONS, SPREAD = 480, 330, 330
"""The heights of charts that are 2,200 px wide."""
_NAMES = 56
"""What the names of the periods take of it."""


def period(start: date, by: str, beside: date) -> str:
    """A day, week or month of a table by its first day."""
    words = day_words(start, beside)
    return words if by == "day" else f"{by.capitalize()} from {words}"


def accuracy_chart(points: Sequence[TrendPoint], by: str, alt: str) -> Sequence[Block]:
    """Accuracy over time with its interval and the class; words where there is none."""
    if not has_accuracy(points):
        return [Words("Too little practice to show an accuracy over time.", quiet=True)]
    drawn = svg(ACCURACY, lambda ax: draw_accuracy(ax, points, by, below=_NAMES))
    return [Chart(drawn, alt)]


def class_accuracy(points: Sequence[TrendPoint], by: str, beside: date) -> Sequence[Block]:
    """A class's accuracy over time, drawn and as a table."""
    # The series is the class's own: a line of the class beside it would be the same line.
    own = [replace(point, class_accuracy=None) for point in points]
    alt = over_time_alt(own, by, beside)
    table = [over_time_table(own, by, beside, students=True)] if own else []
    return [Heading(f"Accuracy by {by}"), *accuracy_chart(own, by, alt), *table]


def questions_chart(points: Sequence[TrendPoint], by: str) -> Sequence[Block]:
    """Questions over time; nothing without practice."""
    if not has_questions(points):
        return []
    asked = [point.questions for point in points]
    alt = f"Questions by {by}: {count(min(asked))} to {count(max(asked))}."
    return [Chart(svg(QUESTIONS, lambda ax: draw_questions(ax, points, by)), alt)]


def over_time_alt(
    points: Sequence[TrendPoint], by: str, beside: date, *, name: str = "Accuracy"
) -> str:
    """The first and the last accuracy of a series, and the class beside the last, in words."""
    known = [point for point in points if point.accuracy is not None]
    if not known:
        return f"{name} by {by}: too little practice."
    ends = [known[0], known[-1]] if len(known) > 1 else known
    said = [f"{percent(one.accuracy)} {in_period(one.start, by, beside)}" for one in ends]
    mates = known[-1].class_accuracy
    then = "" if mates is None else f"; the class {percent(mates)} then"
    return f"{name} by {by}: {' to '.join(said)}{then}. The table after it has all of its numbers."


def spread_chart(counts: Sequence[int]) -> Sequence[Block]:
    """How many students lie in each ten points of accuracy, drawn and as a table."""
    if not any(counts):
        return [Words("Too little practice to show how accuracies are spread.", quiet=True)]
    lowest = next(place for place, number in enumerate(counts) if number)
    rows = [(ten(place), count(counts[place])) for place in range(lowest, len(counts))]
    fullest = max(rows[::-1], key=lambda row: int(row[1].replace(",", "")))
    alt = f"Students by accuracy: most, {fullest[1]} of {sum(counts)}, get {fullest[0]} right."
    columns = (Column("Accuracy"), Column("Students", RIGHT))
    return [
        Chart(svg(SPREAD, lambda ax: draw_distribution(ax, counts)), alt),
        Table(columns, tuple(rows)),
    ]


def ten(place: int) -> str:
    """Ten points of accuracy; the last ones hold 100 % too."""
    return f"{10 * place} to {100 if place == 9 else 10 * place + 9} %"


def over_time_table(
    points: Sequence[TrendPoint],
    by: str,
    beside: date,
    *,
    students: bool = False,
    name: str = "Accuracy",
) -> Table:
    """The numbers of charts over time.

    Of a class they are over `students`; of a student over questions, beside the class where it is
    known.
    """
    mates = any(point.class_accuracy is not None for point in points)
    columns = [Column(by.capitalize(), share=1), *_numbers(name, "95 % interval")]
    columns += _numbers("Students" if students else "Questions", *["Class"] * mates)
    rows = []
    for point in points:
        asked = point.students if students else point.questions
        cells = [percent(point.accuracy), interval_words(point.interval), count(asked)]
        beside_it = [percent(point.class_accuracy)] if mates else []
        rows.append((period(point.start, by, beside), *cells, *beside_it))
    return Table(tuple(columns), tuple(rows))


def _numbers(*names: str) -> list[Column]:
    return [Column(name, RIGHT) for name in names]
