"""Skill reports written by hand, for what only reads them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from analytics.reports.data import (
    Coverage,
    FocusSkill,
    Interval,
    Prerequisite,
    SkillReport,
    SkillStudent,
    Survival,
    TrendPoint,
)
from school.days import DateRange
from school.mastery import Mastery
from tests.analytics.charts.samples import NAMES

MAY = DateRange(date(2024, 5, 1), date(2024, 5, 30), "days")
LAST = date(2024, 5, 12)
SENTENCE = (
    "Understand a fraction a/b with a > 1 as a sum of fractions 1/b, decompose it in more than one "
    "way, recording each decomposition by an equation, and justify decompositions by a model."
)
STATES = (Mastery.MASTERED, Mastery.IN_PROGRESS, Mastery.NEEDS_WORK, Mastery.TOO_LITTLE)


def student(number: int, state: Mastery, cause: str | None = None) -> SkillStudent:
    """A student in a state, with 60 % of 20 questions."""
    practised = state is not Mastery.TOO_LITTLE
    return SkillStudent(
        student_id=number,
        student=NAMES[number] if number < len(NAMES) else f"Student number {number}",
        accuracy=0.6 if practised else None,
        questions=20 if practised else 0,
        interval=Interval(0.39, 0.78) if practised else None,
        mastery=state.value,
        estimate=0.6 if practised else None,
        total_questions=30 if practised else 0,
        last_practised=LAST if practised else None,
        root_cause=cause,
        reason="about 60 % right" if state is Mastery.NEEDS_WORK else None,
    )


def skill_report(
    mastered: int = 8,
    going: int = 6,
    weak: int = 13,
    little: int = 0,
    *,
    causes: tuple[tuple[str, int], ...] = (),
    **changes: Any,
) -> SkillReport:
    """Fractions with so many students in each state; `causes` are shared by those who need work."""
    counts = dict(zip(STATES, (mastered, going, weak, little), strict=True))
    students = _students(counts, causes)
    report = SkillReport(
        class_id=1,
        class_title="Grade 5 Maths",
        skill_id=7,
        skill="Fractions",
        range=MAY,
        timezone="America/New_York",
        coverage=Coverage(datetime(2024, 5, 30, 20, tzinfo=UTC), date(2024, 2, 1), LAST),
        students=students,
        distribution=tuple((state.value, counts[state]) for state in STATES),
        accuracy=0.64,
        interval=Interval(0.58, 0.702),
        judged=20,
        pooled=0.66,
        questions=540,
        survival=Survival(24, 9, 18.0, 6.0, ((18.0, 0.4),)),
        struggling=tuple(one for one in students if one.reason),
        prerequisites=(Prerequisite(5, "Equivalent fractions", 1, 9, 2, 10, 6),),
        root_causes=causes,
        later=("Ratio", "Percentages"),
        focus=(FocusSkill(5, "Equivalent fractions", 13, 4, 65),),
        trends=weeks(4),
        trends_by="week",
        finding="13 of 27 students need work on Fractions.",
        replaying=False,
        not_practised=little,
    )
    return replace(report, **changes)


def _students(
    counts: Mapping[Mastery, int], causes: tuple[tuple[str, int], ...]
) -> tuple[SkillStudent, ...]:
    """So many in each state, those who need work first; the causes go round among these."""
    named = cycle([cause for cause, number in causes for _ in range(number)] or [None])
    order = (Mastery.NEEDS_WORK, Mastery.IN_PROGRESS, Mastery.MASTERED, Mastery.TOO_LITTLE)
    states = [state for state in order for _ in range(counts[state])]
    return tuple(
        student(number, state, next(named) if state is Mastery.NEEDS_WORK else None)
        for number, state in enumerate(states)
    )


def weeks(number: int) -> tuple[TrendPoint, ...]:
    """So many weeks, each with its interval."""
    monday = date(2024, 4, 29)
    return tuple(
        TrendPoint(
            start=monday + timedelta(weeks=week),
            accuracy=0.6 + week / 50,
            questions=120,
            interval=Interval(0.5 + week / 50, 0.7 + week / 50),
            students=12,
        )
        for week in range(number)
    )
