"""Trend reports written by hand, for what only reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from analytics.reports.data import IMPROVING, CompletionPoint, Coverage, Interval, Trend
from analytics.reports.data.trends import (
    MasteryShare,
    Metric,
    MetricSeries,
    SeriesPoint,
    SkillMove,
    TrendReport,
)
from analytics.series import period_end, period_start
from analytics.stats import wilson
from school.days import DateRange

DAYS = DateRange(date(2026, 9, 24), date(2026, 11, 22), "days")
COVERAGE = Coverage(datetime(2026, 11, 22, 20, tzinfo=UTC), date(2026, 2, 1), date(2026, 11, 20))
WEEKS = ((6, 10), (22, 34), (0, 0), (19, 28), (30, 41), (25, 36), (31, 40), (2, 3), (27, 36))
"""Right ones and questions."""


def period_point(
    start: date, by: str, value: float | None, questions: int = 30, **more: Any
) -> SeriesPoint:
    """One whole period."""
    days = DateRange(start, period_end(start, by))
    return SeriesPoint(start, days, value, questions, questions, **{"partial": False, **more})


def starts(by: str, number: int, last: date = DAYS.end) -> list[date]:
    """The first days of so many periods up to the one that holds the last day."""
    found = [period_start(last, by)][:number]
    while len(found) < number:
        found.insert(0, period_start(found[0] - timedelta(days=1), by))
    return found


def accuracies(
    weeks: Sequence[tuple[int, int]] = WEEKS, by: str = "week", mates: float | None = 0.66
) -> tuple[SeriesPoint, ...]:
    """Accuracies with their intervals, the first and the last period being a part."""
    return tuple(
        period_point(
            start,
            by,
            right / asked if asked else None,
            asked,
            interval=wilson(right, asked),
            class_value=None if mates is None else min(1.0, mates + 0.01 * (number % 4)),
            partial=number in (0, len(weeks) - 1),
        )
        for number, (start, (right, asked)) in enumerate(
            zip(starts(by, len(weeks)), weeks, strict=True)
        )
    )


def amounts(
    values: Sequence[float | None], by: str = "week", mates: float | None = None
) -> tuple[SeriesPoint, ...]:
    """Amounts, the first and the last period being a part."""
    return tuple(
        period_point(start, by, value, class_value=mates, partial=number in (0, len(values) - 1))
        for number, (start, value) in enumerate(zip(starts(by, len(values)), values, strict=True))
    )


def moves(count: int = 8) -> tuple[SkillMove, ...]:
    """Skills in all states, of which one was not known before."""
    known = [
        ("Fractions with unlike denominators, compared and ordered", 0.61, 0.55, "needs work"),
        ("Ratio", None, 0.62, "needs work"),
        ("Division", 0.58, 0.75, "in progress"),
        ("Place value", 0.7, 0.86, "mastered"),
        ("Multiplication", 0.82, 0.9, "mastered"),
        ("Decimals", 0.66, 0.71, "in progress"),
        ("Area", 0.5, 0.52, "needs work"),
        ("Angles", None, 0.6, "too little practice"),
    ]
    return tuple(
        SkillMove(number, name, before, now, "in progress", label, 20)
        for number, (name, before, now, label) in enumerate(known[:count])
    )


def student_trend(metric: Metric = Metric.ACCURACY, **changes: Any) -> TrendReport:
    """Maya over sixty days, by week."""
    questions = amounts([float(asked) for _, asked in WEEKS], mates=27.4)
    report = TrendReport(
        metric=metric,
        by="week",
        student_id=1,
        student="Maya Okafor",
        class_id=1,
        class_title="Grade 5 Maths",
        range=DAYS,
        timezone="America/New_York",
        coverage=COVERAGE,
        points=accuracies(),
        total=162 / 228,
        interval=Interval(0.65, 0.77),
        questions=228,
        rests_on=228,
        finding="Maya is improving: 61 to 74 % in 8 weeks.",
        replaying=False,
        students=27,
        class_total=0.66,
        trend=Trend(IMPROVING, 7, 8, 0.016, 0.01, 0.61, 0.74),
        beside=(MetricSeries(Metric.QUESTIONS, "week", questions),),
        skills=moves(),
    )
    return replace(report, **changes)


def student_amount(metric: Metric, values: Sequence[float | None], **changes: Any) -> TrendReport:
    """An amount of Maya's, its accuracy and active days beside it."""
    days = amounts([2.0, 4, 0, 3, 5, 4, 4, 1, 3], mates=3.2)
    parts = {
        "points": amounts(values, mates=sum(one or 0 for one in values) / max(1, len(values))),
        "total": sum(one or 0 for one in values),
        "class_total": 240.0,
        "rests_on": 26,
        "interval": None,
        "trend": None,
        "skills": (),
        "beside": (
            MetricSeries(Metric.ACCURACY, "week", accuracies()),
            MetricSeries(Metric.ACTIVE_DAYS, "week", days),
        ),
    }
    return student_trend(metric, **{**parts, **changes})


def shares() -> tuple[MasteryShare, ...]:
    """A class's skills before and now."""
    labels = ("mastered", "in progress", "needs work", "too little practice")
    return (
        MasteryShare(date(2026, 9, 23), tuple(zip(labels, (80, 90, 120, 115), strict=True))),
        MasteryShare(DAYS.end, tuple(zip(labels, (150, 120, 95, 40), strict=True))),
    )


def class_trend(metric: Metric = Metric.ACCURACY, **changes: Any) -> TrendReport:
    """The class over the same days."""
    questions = amounts([310.0, 680, 0, 590, 742, 655, 801, 212, 640])
    points = tuple(
        replace(one, interval=Interval((one.value or 0) - 0.05, (one.value or 0) + 0.05))
        for one in accuracies([(60, 100), (62, 100), (64, 100), (66, 100), (71, 100)], mates=None)
    )
    parts: dict[str, Any] = {
        "student_id": None,
        "student": None,
        "points": points,
        "rests_on": 25,
        "total": 0.66,
        "questions": 4630,
        "finding": "Class accuracy was 62 % and 66 %.",
        "class_total": None,
        "trend": None,
        "skills": (),
        "shares": shares(),
        "beside": (MetricSeries(Metric.QUESTIONS, "week", questions),),
    }
    return student_trend(metric, **{**parts, **changes})


def completion(number: int = 5) -> tuple[CompletionPoint, ...]:
    """So many weeks of assignments."""
    counts = [(54, 50, 3), (27, 27, 0), (54, 30, 12), (27, 4, 0), (81, 70, 1)] * 4
    return tuple(
        CompletionPoint(start, assigned, done, late, done / assigned)
        for start, (assigned, done, late) in zip(
            starts("week", number), counts[:number], strict=True
        )
    )


def class_completion(number: int = 5) -> TrendReport:
    """What was done of what was due."""
    points = completion(number)
    return class_trend(
        Metric.COMPLETION,
        points=tuple(period_point(one.start, "week", one.rate) for one in points),
        completion=points,
        total=0.81,
        interval=None,
        rests_on=sum(one.assigned for one in points),
        shares=(),
    )


def class_engagement() -> TrendReport:
    """School days practised."""
    points = amounts([0.3, 0.62, None, 0.55, 0.7, 1.0, 0.48, 0.5, 0.61])
    return class_trend(
        Metric.ENGAGEMENT, points=points, total=0.58, rests_on=27, interval=None, shares=()
    )


def trends() -> dict[str, TrendReport]:
    """One of each kind, and those that are hard to draw."""
    busy = [10.0, 34, 0, 28, 41, 36, 40, 3, 36]
    half_a_year = [float(number * 3 % 41) for number in range(26)]
    return {
        "accuracy": student_trend(),
        "questions": student_amount(Metric.QUESTIONS, busy),
        "time in hours": student_amount(Metric.TIME, [600 * one for one in busy]),
        "time in minutes": student_amount(Metric.TIME, [60 * one for one in busy]),
        "xp": student_amount(Metric.XP, [32 * one for one in busy]),
        "of a class": class_trend(),
        "completion": class_completion(),
        "long completion": class_completion(14),
        "completion of nothing": class_completion(0),
        "engagement": class_engagement(),
        "half a year": student_trend(
            student="Maximiliana-Theodora Wolfeschlegelsteinhausenbergerdorff",
            points=accuracies([(number % 7 + 3, 10) for number in range(26)]),
            beside=(MetricSeries(Metric.QUESTIONS, "week", amounts(half_a_year, mates=20.0)),),
        ),
        "one day": student_trend(
            by="day",
            points=accuracies([(3, 4)], "day"),
            beside=(MetricSeries(Metric.QUESTIONS, "day", amounts([4.0], "day")),),
            skills=moves(1),
        ),
        "months": student_amount(
            Metric.QUESTIONS, busy, by="month", points=amounts([1000.0, 3400, 0, 900], "month")
        ),
        "none right at first": student_trend(
            points=accuracies([(0, 1), (0, 0), (0, 0), (20, 30), (0, 3), (18, 30)])
        ),
        "all right": student_trend(points=accuracies([(40, 40)] * 8, mates=1.0)),
        "class thousands": class_trend(
            Metric.XP, points=amounts([12345.0, 0, 98765, 54321] * 3), shares=()
        ),
        "no practice": student_trend(
            points=(), beside=(MetricSeries(Metric.QUESTIONS, "week", ()),), skills=()
        ),
    }
