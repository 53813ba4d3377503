"""Reports written by hand, for what only reads them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from analytics.reports.data import (
    ClassOverall,
    ClassReport,
    Comparison,
    Coverage,
    Heatmap,
    Interval,
    Overall,
    SkillLine,
    StudentLine,
    StudentReport,
)
from school.days import DateRange

MAY = DateRange(date(2024, 5, 1), date(2024, 5, 30), "days")
COVERAGE = Coverage(datetime(2024, 5, 30, 20, tzinfo=UTC), date(2024, 2, 1), date(2024, 5, 12))


def skill(name: str, mastery: str, estimate: float = 0.5) -> SkillLine:
    """One skill with a label."""
    return SkillLine(name, estimate, mastery, 20, 1, estimate, 20, date(2024, 5, 12), 0)


def student_report(**changes: Any) -> StudentReport:
    """Maya, with 68 % of 277 beside a class of 66 %."""
    report = StudentReport(
        student_id=1,
        student="Maya Okafor",
        class_id=1,
        class_title="Grade 5 Maths",
        range=MAY,
        timezone="America/New_York",
        coverage=COVERAGE,
        overall=overall(277, 188),
        previous=None,
        skills=(),
        trends=(),
        progress=(),
        progress_by="week",
        comparison=Comparison(0.66, 72.0, 25, "upper middle", False),
        recent=(),
        finding="",
        replaying=False,
    )
    return replace(report, **changes)


def overall(questions: int, correct: int, interval: Interval | None = None) -> Overall:
    """Totals of a student with 8 of 15 skills mastered."""
    share = correct / questions if questions else None
    return Overall(
        accuracy=share,
        questions=questions,
        time=22200,
        skills_mastered=8,
        skills_total=15,
        correct=correct,
        interval=interval or (Interval(share - 0.05, share + 0.05) if share else None),
        time_estimated=0,
        active_days=20,
    )


def class_report(**changes: Any) -> ClassReport:
    """Four of today's students, and 66 % over 25 of 27."""
    report = ClassReport(
        class_id=1,
        title="Grade 5 Maths",
        range=MAY,
        timezone="America/New_York",
        coverage=COVERAGE,
        overall=class_overall(),
        previous=None,
        ranking=tuple(student_line(number) for number in range(4)),
        distribution=(0,) * 10,
        heatmap=heatmap("in progress", "in progress"),
        trends=(),
        top=(),
        struggling=(),
        finding="",
        replaying=False,
    )
    return replace(report, **changes)


def class_overall(**changes: Any) -> ClassOverall:
    """66 % over 25 of 27 students."""
    figures = ClassOverall(
        accuracy=0.66,
        interval=Interval(0.61, 0.712),
        judged=25,
        pooled=0.64,
        questions=4000,
        time=100000,
        students=27,
        active_students=26,
        engagement=0.62,
        days_a_week=3.1,
        weekend_days=0.5,
    )
    return replace(figures, **changes)


def student_line(number: int, missed: int = 0) -> StudentLine:
    """One student of the ranking."""
    return StudentLine(
        student_id=number,
        student=f"Student {number}",
        accuracy=0.7,
        questions=30,
        place=1,
        percentile=50,
        skills_mastered=0,
        needs_work=(),
        last_practised=None,
        missed_school_days=missed,
    )


def heatmap(*labels: str) -> Heatmap:
    """One skill, Fractions, with a label for each student."""
    return Heatmap(
        students=tuple(f"Student {number}" for number in range(len(labels))),
        student_ids=tuple(range(len(labels))),
        skills=("Fractions",),
        skill_ids=(1,),
        labels=tuple((label,) for label in labels),
        estimates=tuple((0.5,) for _ in labels),
    )
