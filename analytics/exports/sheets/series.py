"""Charts over time and of how a class is spread, each with the table of its numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matplotlib.axes import Axes

from analytics.charts.distribution import draw_distribution
from analytics.charts.progress import draw_accuracy, draw_questions, has_accuracy, has_questions
from analytics.exports.blocks import RIGHT, Block, Chart, Column, Heading, Table, Words
from analytics.exports.charts import svg
from analytics.reports.data import TrendPoint
from analytics.wording import count, percent
from analytics.wording.printed import EN, Printed

ACCURACY, QUESTIONS, SPREAD = 480, 330, 330
"""The heights of charts that are 2,200 px wide."""
_NAMES = 56
"""What the names of the periods take of it."""


def period(start: date, by: str, beside: date, words: Printed = EN) -> str:
    """A day, week or month of a table by its first day."""
    return words.series.rows[by].format(day=words.written.day(start, beside))


def accuracy_chart(
    points: Sequence[TrendPoint], by: str, alt: str, words: Printed = EN
) -> Sequence[Block]:
    """Accuracy over time with its interval and the class; words where there is none."""
    if not has_accuracy(points):
        return [Words(words.series.no_accuracy, quiet=True)]

    def draw(ax: Axes) -> None:
        draw_accuracy(ax, points, by, below=_NAMES, language=words.language)

    return [Chart(svg(ACCURACY, draw), alt)]


def class_accuracy(points: Sequence[TrendPoint], by: str, beside: date) -> Sequence[Block]:
    """A class's accuracy over time, drawn and as a table."""
    # The series is the class's own: a line of the class beside it would be the same line.
    own = [replace(point, class_accuracy=None) for point in points]
    alt = over_time_alt(own, by, beside)
    table = [over_time_table(own, by, beside, students=True)] if own else []
    return [Heading(heading(EN.series.accuracy, by)), *accuracy_chart(own, by, alt), *table]


def heading(name: str, by: str, words: Printed = EN) -> str:
    """What a chart over time is called."""
    return words.series.heading.format(name=name, by=words.series.periods[by])


def questions_chart(points: Sequence[TrendPoint], by: str, words: Printed = EN) -> Sequence[Block]:
    """Questions over time; nothing without practice."""
    if not has_questions(points):
        return []
    asked = [point.questions for point in points]
    ends = {"fewest": count(min(asked)), "most": count(max(asked))}
    alt = words.series.alt_questions.format(by=words.series.periods[by], **ends)

    def draw(ax: Axes) -> None:
        draw_questions(ax, points, by, language=words.language)

    return [Chart(svg(QUESTIONS, draw), alt)]


def over_time_alt(
    points: Sequence[TrendPoint],
    by: str,
    beside: date,
    *,
    name: str = EN.series.accuracy,
    words: Printed = EN,
) -> str:
    """The first and the last accuracy of a series, and the class beside the last, in words."""
    said, of = words.series, {"name": name, "by": words.series.periods[by]}
    known = [point for point in points if point.accuracy is not None]
    if not known:
        return said.alt_nothing.format(**of)
    when = words.written.in_period
    ends = [known[0], known[-1]] if len(known) > 1 else known
    both = said.alt_ends.join(
        f"{percent(one.accuracy)} {when(one.start, by, beside)}" for one in ends
    )
    mates = known[-1].class_accuracy
    then = "" if mates is None else said.alt_then.format(share=percent(mates))
    return said.alt.format(**of, ends=both, then=then)


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
    name: str = EN.series.accuracy,
    words: Printed = EN,
) -> Table:
    """The numbers of charts over time.

    Of a class they are over `students`; of a student over questions, beside the class where it is
    known.
    """
    mates = any(point.class_accuracy is not None for point in points)
    said = words.series
    columns = [Column(said.periods[by].capitalize(), share=1), *_numbers(name, said.interval)]
    columns += _numbers(said.students if students else said.questions, *[said.beside] * mates)
    rows = []
    for point in points:
        asked = point.students if students else point.questions
        interval = words.written.interval(point.interval)
        cells = [percent(point.accuracy), interval, count(asked)]
        beside_it = [percent(point.class_accuracy)] if mates else []
        rows.append((period(point.start, by, beside, words), *cells, *beside_it))
    return Table(tuple(columns), tuple(rows))


def _numbers(*names: str) -> list[Column]:
    return [Column(name, RIGHT) for name in names]
