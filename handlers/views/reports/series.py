"""What the charts of a picture draw, in numbers: accuracy over time, and how a class is spread."""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import ClassReport, StudentReport, TrendPoint
from analytics.wording import MISSING, day_words, interval_words, percent, plural
from handlers.views.blocks import Block, bold, divider, line

TOGETHER = 25
"""Lines in one block, so that it stays within Slack's 3,000 characters."""


def student_series(report: StudentReport, today: date) -> Sequence[Block]:
    """Accuracy and questions of each day, week or month, beside the class."""
    beside = any(point.class_accuracy is not None for point in report.progress)
    lines = [_of_student(point, today, beside=beside) for point in report.progress]
    return titled(f"Accuracy and questions by {report.progress_by}", lines)


def class_series(report: ClassReport, today: date) -> Sequence[Block]:
    """The class accuracy of each week or month, with its interval."""
    lines = [class_point(point, today) for point in report.trends]
    return titled(f"Accuracy by {report.trends_by}", lines)


def class_spread(report: ClassReport) -> Sequence[Block]:
    """How many students lie in each ten points of accuracy, from the lowest student on."""
    counts = report.distribution
    lowest = next((place for place, number in enumerate(counts) if number), len(counts))
    lines = [f"{_ten(place)}: {counts[place]}" for place in range(lowest, len(counts))]
    return titled("Students by accuracy", lines)


def _ten(place: int) -> str:
    """Ten points of accuracy; the last ones hold 100 % too."""
    return f"{10 * place} to {100 if place == 9 else 10 * place + 9} %"


def _of_student(point: TrendPoint, today: date, *, beside: bool) -> str:
    asked = f" of {plural(point.questions, 'question')}" if point.questions else ""
    interval = f" (95 % interval {interval_words(point.interval)})" if point.interval else ""
    mates = f", class {percent(point.class_accuracy)}" if beside else ""
    day = day_words(point.start, today)
    return f"{day}: {percent(point.accuracy)}{asked}{interval}{mates}"


def class_point(point: TrendPoint, today: date) -> str:
    """A class's accuracy of one week or month, with its interval and how many it rests on."""
    day = day_words(point.start, today)
    if point.accuracy is None:
        return f"{day}: {MISSING}"
    parts = [
        percent(point.accuracy),
        f"95 % interval {interval_words(point.interval)}" if point.interval else "",
        "" if point.students is None else plural(point.students, "student"),
    ]
    return f"{day}: {', '.join(part for part in parts if part)}"


def titled(title: str, lines: Sequence[str]) -> Sequence[Block]:
    """The lines under their title, many in each block; nothing where there are none."""
    if not lines:
        return ()
    starts = range(0, len(lines), TOGETHER)
    blocks = [line("\n".join(lines[start : start + TOGETHER])) for start in starts]
    return (divider(), line(bold(title)), *blocks)
