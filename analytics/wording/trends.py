"""A trend report in words: its one sentence, its alt text, and how each metric is written.

The rules of the sentence stand in docs/metrics.md, "Trends". A verdict is given where there is one:
on a student's accuracy. All else is said as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from analytics.reports.data import DECLINING, IMPROVING, TOO_LITTLE, CompletionPoint, Trend
from analytics.reports.data.trends import Metric, SeriesPoint, TrendReport
from analytics.thresholds import COMPARED_STUDENTS, JUDGED_STUDENTS
from analytics.wording.formats import (
    MISSING,
    count,
    day_words,
    days_a_week,
    hours,
    in_period,
    interval_words,
    percent,
    percent_span,
    period_words,
    plural,
)

SCHOOL_WEEK = 5
LEAST_WEEKS = 4
"""Usable weeks that a verdict needs (analytics/trend.py)."""

METRIC_NAMES: Mapping[Metric, str] = {
    Metric.ACCURACY: "Accuracy",
    Metric.QUESTIONS: "Questions",
    Metric.TIME: "Time",
    Metric.XP: "XP",
    Metric.ENGAGEMENT: "Engagement",
    Metric.COMPLETION: "Assignments done",
    Metric.ACTIVE_DAYS: "Active days",
}


def metric_name(metric: Metric) -> str:
    """The metric as a heading says it."""
    return METRIC_NAMES[metric]


def value_words(metric: Metric, value: float | None) -> str:
    """A value of the metric with its unit; "–" where there is none."""
    if value is None:
        return MISSING
    return _WRITTEN[metric](value)


_WRITTEN: Mapping[Metric, Callable[[float], str]] = {
    Metric.ACCURACY: percent,
    Metric.QUESTIONS: count,
    Metric.TIME: hours,
    Metric.XP: lambda value: f"{count(value)} XP",
    Metric.ENGAGEMENT: lambda value: days_a_week(SCHOOL_WEEK * value),
    Metric.COMPLETION: percent,
    Metric.ACTIVE_DAYS: lambda value: f"{value:.1f} days",
}


def trend_finding(
    report: TrendReport, given_name: str | None = None, *, as_of: date | None = None
) -> str:
    """The one sentence; `given_name` is what it calls a student.

    `as_of` is the last day that it is about, where that is not about today.
    """
    if not report.questions and report.metric is not Metric.COMPLETION:
        return _nothing(report, given_name or report.name)
    if report.student_id is not None:
        return _of_student(report, given_name or report.name, "is" if as_of is None else "was")
    if not report.students:
        return f"Nobody is enrolled {period_words(report.range)}."
    return _OF_CLASS[report.metric](report)


def _nothing(report: TrendReport, name: str) -> str:
    last, period = report.coverage.last_day, period_words(report.range)
    if report.student_id is None and not report.students:
        return f"Nobody is enrolled {period}."
    if last is None:
        who = name if report.student_id is not None else "Nobody"
        return f"{who} has {'not ' if who == name else ''}practised yet."
    return f"No practice {period}. Last practice {day_words(last, report.range.end)}."


def _of_student(report: TrendReport, name: str, verb: str) -> str:
    if report.metric is Metric.ACCURACY and report.trend is not None:
        return _verdict(report, report.trend, f"{name} {verb}")
    did, period = _did(name, report), period_words(report.range)
    return f"{did} {period}, on {plural(report.rests_on, 'day')}{_mean_beside(report)}."


def _did(who: str, report: TrendReport) -> str:
    """What somebody did in all: practised so long, earned so much, answered so many questions."""
    if report.metric is Metric.TIME:
        return f"{who} practised {value_words(Metric.TIME, report.total)}"
    if report.metric is Metric.XP:
        return f"{who} earned {value_words(Metric.XP, report.total)}"
    return f"{who} answered {plural(round(report.total or 0), 'question')}"


def _mean_beside(report: TrendReport) -> str:
    if report.class_total is None:
        return ""
    return f"; the class’s mean is {value_words(report.metric, report.class_total)}"


def _verdict(report: TrendReport, trend: Trend, who: str) -> str:
    """The verdict of METRICS in words, with what it rests on."""
    right, weeks = percent(report.total), plural(trend.weeks, "week")
    if trend.direction == TOO_LITTLE:
        few = f"{weeks} with 5 questions or more, and a verdict needs {LEAST_WEEKS}"
        return f"Too little to tell whether {who} improving or declining: {few}."
    if trend.direction in (IMPROVING, DECLINING):
        ends = percent_span(trend.start, trend.end)
        return f"{who} {trend.direction}: {ends} in {plural(trend.span, 'week')}."
    return f"{who} steady: {right} right, and no clear rise or fall over {weeks}."


def _class_accuracy(report: TrendReport) -> str:
    """The first and the last period with their intervals: no verdict is defined for a class."""
    known = [one for one in report.points if one.interval is not None]
    if not known:
        return _too_few(report)
    shown = _telling(known)
    if len(shown) == 1:
        return f"Class accuracy was {_judged(shown[0], report)}."
    first, last = shown[0], shown[-1]
    return f"Class accuracy was {_judged(first, report)}, and {_judged(last, report)}."


def _telling(known: Sequence[SeriesPoint]) -> Sequence[SeriesPoint]:
    """Whole periods of 5 judged students, where there are two; else whole ones; else all."""
    whole = [one for one in known if not one.partial]
    many = [one for one in whole if one.rests_on >= COMPARED_STUDENTS]
    return next((some for some in (many, whole) if len(some) > 1), known)


def _judged(point: SeriesPoint, report: TrendReport) -> str:
    when = in_period(point.start, report.by, report.range.end)
    return f"{percent(point.value)} ({interval_words(point.interval)}) {when}"


def _too_few(report: TrendReport) -> str:
    """That the class cannot be judged, in these days or in none of the periods by itself."""
    if report.students == 1:
        return "With 1 student there is no class to judge."
    if report.rests_on >= JUDGED_STUDENTS:
        return f"Too little to judge by {report.by}: in none did 2 students answer 10 questions."
    few = f"{report.rests_on or 'none'} of {plural(report.students, 'student')}"
    return f"Too little to judge: {few} answered 10 questions {period_words(report.range)}."


def _class_amount(report: TrendReport) -> str:
    did, period = _did("The class", report), period_words(report.range)
    if report.students == 1:
        return f"{did} {period}, all from its only student."
    return f"{did} {period}, from {report.rests_on} of {plural(report.students, 'student')}."


def _class_engagement(report: TrendReport) -> str:
    period = period_words(report.range)
    if report.total is None:
        return f"There was no school day to judge {period}."
    days = value_words(Metric.ENGAGEMENT, report.total)
    return f"Students practised {days} {period}, the mean of {report.rests_on}."


def _class_completion(report: TrendReport) -> str:
    period = period_words(report.range)
    if not report.rests_on:
        return f"No assignment was due {period}."
    done = sum(one.completed for one in report.completion)
    late = sum(one.late for one in report.completion)
    share = f"{percent(report.total)} of what was due {period} has been done"
    return f"{share}: {done:,} of {report.rests_on:,}{f', {late:,} of them late' if late else ''}."


_OF_CLASS: Mapping[Metric, Callable[[TrendReport], str]] = {
    Metric.ACCURACY: _class_accuracy,
    Metric.QUESTIONS: _class_amount,
    Metric.TIME: _class_amount,
    Metric.XP: _class_amount,
    Metric.ENGAGEMENT: _class_engagement,
    Metric.COMPLETION: _class_completion,
}


def trend_alt_text(report: TrendReport) -> str:
    """The sentence, then what is drawn: the first, the last, the lowest and the highest value."""
    known = [one for one in report.points if one.value is not None]
    if not known:
        return report.finding
    drawn = f"{metric_name(report.metric)} by {report.by}"
    ends = known if len(known) == 1 else (known[0], known[-1])
    span = " to ".join(_at(one, report) for one in ends)
    return f"{report.finding} {drawn}: {span}{_ends(report, known)}."


def _at(point: SeriesPoint, report: TrendReport) -> str:
    when = in_period(point.start, report.by, report.range.end)
    return f"{value_words(report.metric, point.value)} {when}"


def _ends(report: TrendReport, known: Sequence[SeriesPoint]) -> str:
    values = [one.value for one in known if one.value is not None]
    low, high = (value_words(report.metric, end) for end in (min(values), max(values)))
    return f"; between {low} and {high}" if len(values) > 2 else ""


def completion_words(point: CompletionPoint) -> str:
    """What was done of what was due: `24 of 30 done, 3 late`."""
    late = f", {point.late} late" if point.late else ""
    return f"{point.completed} of {point.assigned} done{late}"
