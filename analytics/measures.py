"""One metric in one day, week or month, of a student and of a class (docs/metrics.md, "Trends").

Pure functions over totals; what a value rests on stands beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics import stats, totals
from analytics.reports.data import CompletionPoint, Interval
from analytics.reports.data.trends import Metric, SeriesPoint
from analytics.series import period_end, period_starts
from analytics.thresholds import JUDGED_STUDENTS
from analytics.totals import Totals
from school.days import DateRange
from school.errors import InvalidInput

AMOUNTS: Mapping[Metric, Callable[[Totals], float]] = {
    Metric.QUESTIONS: lambda one: float(one.questions),
    Metric.TIME: lambda one: one.seconds,
    Metric.XP: lambda one: one.xp,
    Metric.ACTIVE_DAYS: lambda one: float(one.active_days),
}
"""What is added up, and is 0 without practice."""
PERIODS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Period:
    """One day, week or month: its first day, those of its days that are looked at, if not all."""

    start: date
    days: DateRange
    partial: bool


def periods(shown: DateRange, by: str, today: date) -> Iterator[Period]:
    """The periods that `shown` touches. A day that is still running is not whole; a week or month
    is, from the morning of its last day on."""
    for start in period_starts(shown, by):
        last = period_end(start, by)
        inside = DateRange(max(start, shown.start), min(last, shown.end))
        over = last < today or (by != "day" and last == today)
        whole = inside.start == start and inside.end == last and over
        yield Period(start, inside, not whole)


def known_metric(word: str, known: Sequence[Metric]) -> Metric:
    """The metric of that name. Raises InvalidInput (field `metric`) with those that there are."""
    if word not in known:
        names = ", ".join(known)
        raise InvalidInput("metric", f"There is no metric {word} here. There are: {names}.")
    return Metric(word)


def known_period(word: str) -> str:
    """`day`, `week` or `month`. Raises InvalidInput (field `by`) for anything else."""
    if word not in PERIODS:
        raise InvalidInput("by", f"A series goes by {', '.join(PERIODS)}; not by {word}.")
    return word


def student_point(
    metric: Metric, period: Period, own: Totals, mates: Sequence[Totals], enrolled: DateRange | None
) -> SeriesPoint:
    """A student's value, beside those of the `mates` (the student among them) enrolled then.

    `enrolled`: those of the period's days on which the student is in the class and data exist;
    without any, and without practice, nothing is known.
    """
    known = enrolled is not None or own.questions > 0
    part = enrolled is not None and enrolled != period.days
    if metric is Metric.ACCURACY:
        value, rests_on, interval = own.accuracy, own.questions, _wilson(own)
    else:
        value, rests_on, interval = AMOUNTS[metric](own), own.active_days, None
    return SeriesPoint(
        start=period.start,
        days=period.days,
        value=value if known else None,
        questions=own.questions,
        rests_on=rests_on,
        partial=period.partial or part,
        interval=interval,
        class_value=class_beside(metric, mates),
    )


def _wilson(own: Totals) -> Interval | None:
    return stats.wilson(own.correct, own.questions)


def class_beside(metric: Metric, mates: Sequence[Totals]) -> float | None:
    """The class beside a student: its accuracy, or the mean amount of each; None below two."""
    if metric is Metric.ACCURACY:
        judged = totals.judged_accuracies(mates)
        return stats.mean(judged) if len(judged) >= JUDGED_STUDENTS else None
    if len(mates) < JUDGED_STUDENTS:
        return None
    return stats.mean([AMOUNTS[metric](one) for one in mates])


def class_point(
    metric: Metric, period: Period, everyone: Sequence[Totals], *, known: bool
) -> SeriesPoint:
    """The class's accuracy, or what everyone's amounts add up to; of active days the mean.

    `known`: whether the data reach any day of the period.
    """
    questions = sum(one.questions for one in everyone)
    interval, rests_on = None, sum(one.questions > 0 for one in everyone)
    if metric is Metric.ACCURACY:
        average = totals.class_accuracy(everyone)
        value, interval, rests_on = average.mean, average.interval, average.judged
    elif metric is Metric.ACTIVE_DAYS:
        value, rests_on = stats.mean([float(one.active_days) for one in everyone]), len(everyone)
    else:
        value = sum(AMOUNTS[metric](one) for one in everyone)
    return SeriesPoint(
        start=period.start,
        days=period.days,
        value=value if known or questions else None,
        questions=questions,
        rests_on=rests_on,
        partial=period.partial,
        interval=interval,
    )


def engagement_point(period: Period, rates: Sequence[float], questions: int) -> SeriesPoint:
    """The mean of the students' active school days / school days in the period."""
    return SeriesPoint(
        start=period.start,
        days=period.days,
        value=stats.mean(rates),
        questions=questions,
        rests_on=len(rates),
        partial=period.partial,
    )


def completion_point(period: Period, due: CompletionPoint | None, questions: int) -> SeriesPoint:
    """What was completed of what was due in the period; a gap where nothing was."""
    return SeriesPoint(
        start=period.start,
        days=period.days,
        value=due.rate if due else None,
        questions=questions,
        rests_on=due.assigned if due else 0,
        partial=period.partial,
    )
