"""A class's figures recomputed from the raw file: DuckDB counts, scipy does the statistics.

Nothing of the project's own code is used here. The class is everyone in the file, enrolled without
dates; a school day is a Monday to Friday that is none of `holidays`. Written from docs/metrics.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import scipy.optimize
import scipy.special
import scipy.stats

from tests.independent.chemistry import FIRST, Chemistry, Figures

Fitted = tuple[float, float, float, int, float]
ENGAGEMENT = """
WITH calendar AS (
    SELECT unnest(generate_series(?::DATE, ?::DATE, INTERVAL 1 DAY))::DATE AS day
), open AS (
    SELECT day FROM calendar WHERE isodow(day) <= 5 AND NOT list_contains(?::DATE[], day)
), rates AS (
    SELECT student, count(DISTINCT open.day) / (SELECT count(*) FROM open) AS rate
    FROM (SELECT DISTINCT student FROM events) LEFT JOIN questions USING (student)
        LEFT JOIN open ON open.day = questions.day
    GROUP BY student
)
SELECT avg(rate) FROM rates
"""
WEEKENDS = """
SELECT count(*) / (SELECT count(DISTINCT student) FROM events) FROM (
    SELECT DISTINCT student, day FROM questions WHERE day BETWEEN ? AND ? AND isodow(day) >= 6
)
"""
SITTINGS = """
SELECT arg_min(day, (moment, row)), sum(seconds), sum(asked), sum(correct::INT)
FROM (
    SELECT e.*, q.row IS NOT NULL AS asked, coalesce(q.correct, false) AS correct,
        min(e.moment) OVER (PARTITION BY e.student, e.session) AS started
    FROM events e LEFT JOIN questions q ON q.row = e.row
    WHERE e.student = ?
)
GROUP BY session, started
HAVING arg_min(day, (moment, row)) BETWEEN ? AND ?
ORDER BY started DESC, session DESC LIMIT 5
"""


@dataclass(frozen=True)
class ClassFigures:
    """What a class's report says of some days."""

    accuracy: float | None
    low: float | None
    high: float | None
    judged: int
    pooled: float | None
    questions: int
    seconds: float
    active: int


class Classroom:
    """The chemistry class as a whole. Days are local, both included."""

    def __init__(self, path: Path, zone: str) -> None:
        self.chemistry = Chemistry(path, zone)
        self.mastery = cache(self.chemistry.mastery)
        self.by_day = cache(self.chemistry.by_day)
        self.overall = cache(self.chemistry.overall)

    def judged(self, start: date, end: date) -> dict[str, float]:
        """The accuracies of those with at least 10 questions."""
        everyone = self.overall(start, end)
        return {
            student: one.correct / one.questions
            for student, one in everyone.items()
            if one.questions >= 10
        }

    def figures(self, start: date, end: date) -> ClassFigures:
        """The class's figures."""
        everyone = list(self.overall(start, end).values())
        accuracies = list(self.judged(start, end).values())
        low, high = _interval(accuracies)
        questions = sum(one.questions for one in everyone)
        correct = sum(one.correct for one in everyone)
        return ClassFigures(
            accuracy=fmean(accuracies) if accuracies else None,
            low=low,
            high=high,
            judged=len(accuracies),
            pooled=correct / questions if questions else None,
            questions=questions,
            seconds=sum(one.seconds for one in everyone),
            active=sum(one.questions > 0 for one in everyone),
        )

    def percentile(self, student: str, start: date, end: date) -> float | None:
        """The mid-rank percentile among those with 10 questions, from five of them on."""
        accuracies = self.judged(start, end)
        if student not in accuracies or len(accuracies) < 5:
            return None
        score = scipy.stats.percentileofscore(
            list(accuracies.values()), accuracies[student], kind="mean"
        )
        return float(score)

    def engagement(self, start: date, end: date, holidays: Collection[date] = ()) -> float | None:
        """The mean of active school days over school days."""
        value = self.chemistry.sql(ENGAGEMENT, start, end, sorted(holidays))[0][0]
        return None if value is None else float(value)

    def weekend_days(self, start: date, end: date) -> float:
        """The mean number of weekend days with practice."""
        return float(self.chemistry.sql(WEEKENDS, start, end)[0][0])

    def weeks(self, start: date, end: date) -> dict[date, list[Figures]]:
        """By Monday, the totals of everyone with practice in that week."""
        found: dict[date, list[Figures]] = {}
        for (_, monday), one in self.chemistry.by_week(start, end).items():
            found.setdefault(monday, []).append(one)
        return found

    def sittings(self, student: str, start: date, end: date) -> list[tuple[Any, ...]]:
        """The last five sessions that began in these days: day, seconds, questions, correct."""
        return self.chemistry.sql(SITTINGS, student, start, end)

    def skills(self, until: date) -> set[str]:
        """The skills that anyone had practised."""
        return {skill for _, skill in self.mastery(until)}

    def mastered(self, student: str, until: date) -> int:
        """How many skills a student had mastered."""
        own = (one for (who, _), one in self.mastery(until).items() if who == student)
        return sum(one.label == "mastered" for one in own)

    def trend(self, student: str, start: date, end: date) -> str:
        """The verdict on a student's weeks, by numpy and scipy."""
        lines: dict[str, Line] = {}
        for (who, monday), one in self.chemistry.by_week(start, end).items():
            week = (monday, one.questions, one.correct)
            lines.setdefault(who, Line([])).weeks.append(week)
        own = lines.get(student, Line([]))
        if len(own.usable()) < 4:
            return "too little to tell"
        if not own.finite():
            return "steady"
        p, points = verdict(own.fitted(), [one.fitted() for one in lines.values() if one.finite()])
        if p >= 0.05 or abs(points) < 0.01:
            return "steady"
        return "improving" if points > 0 else "declining"

    def missed(self, student: str, end: date, until: date, holidays: Collection[date] = ()) -> int:
        """School days after the last practice in or before `end`, up to `until`, one by one."""
        practised = [
            day
            for (who, day), one in self.by_day(FIRST, end).items()
            if who == student and one.questions
        ]
        day = max(practised, default=self.chemistry.days()[0] - timedelta(days=1))
        missed = 0
        while day < until:
            day += timedelta(days=1)
            missed += day.isoweekday() <= 5 and day not in holidays
        return missed


def _interval(values: list[float]) -> tuple[float | None, float | None]:
    if len(values) < 2:
        return None, None
    error = scipy.stats.sem(values)
    low, high = scipy.stats.t.interval(0.95, len(values) - 1, fmean(values), error)
    return max(float(low), 0.0), min(float(high), 1.0)


@dataclass
class Line:
    """A student's weeks and the logistic line through those with at least 5 questions."""

    weeks: list[tuple[date, int, int]]

    def usable(self) -> list[tuple[float, float, float]]:
        """Week number from any start, questions, right ones."""
        return [
            ((monday - date(2024, 1, 1)).days / 7, float(questions), float(correct))
            for monday, questions, correct in sorted(self.weeks)
            if questions >= 5
        ]

    def finite(self) -> bool:
        """Whether four weeks are there, and no week keeps right answers from wrong ones."""
        weeks = self.usable()
        right = [week for week, _, correct in weeks for _ in range(int(correct))]
        wrong = [week for week, asked, correct in weeks for _ in range(int(asked - correct))]
        if len(weeks) < 4 or not right or not wrong:
            return False
        return min(right) < max(wrong) and min(wrong) < max(right)

    def fitted(self) -> Fitted:
        """Slope, its variance at dispersion 1, Pearson's X², freedom, points a week."""
        x, n, y = (np.array(column) for column in zip(*self.usable(), strict=True))
        design = np.column_stack([np.ones_like(x), x - x.mean()])
        best = scipy.optimize.minimize(
            lambda b: np.sum(n * np.logaddexp(0, design @ b) - y * (design @ b)),
            np.zeros(2),
            jac=lambda b: design.T @ (n * scipy.special.expit(design @ b) - y),
        )
        share = scipy.special.expit(design @ best.x)
        spread = n * share * (1 - share)
        covariance = np.linalg.inv(design.T @ (spread[:, None] * design))
        pearson = float(np.sum((y - n * share) ** 2 / spread))
        points = float(best.x[1] * spread.sum() / n.sum())
        return float(best.x[1]), float(covariance[1, 1]), pearson, len(x) - 2, points


def verdict(own: Fitted, everyone: list[Fitted]) -> tuple[float, float]:
    """p of a slope with the dispersion moderated by the class's, and the points a week."""
    slope, variance, pearson, freedom, points = own
    class_freedom = sum(one[3] for one in everyone)
    if class_freedom < 16:
        scale, degrees = max(1.0, pearson / freedom), freedom
    else:
        shared = max(1.0, sum(one[2] for one in everyone) / class_freedom)
        degrees = 20 + freedom
        scale = max(1.0, (20 * shared + pearson) / degrees)
    t = abs(slope) / (scale * variance) ** 0.5
    return float(2 * scipy.stats.t.sf(t, degrees)), points
