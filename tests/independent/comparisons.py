"""Comparisons and what motivates, recomputed from the raw file: statsmodels and scipy do the maths.

Nothing of the project's own code is used here. Written from docs/metrics.md; the class is everyone
in the file, enrolled without dates, and XP are 10 for a right answer and 2 for a wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

import scipy.optimize
import scipy.stats
from scipy.special import expit, logit
from statsmodels.stats.proportion import proportion_confint

from tests.independent.chemistry import FIRST, Figures
from tests.independent.classroom import Classroom

NOTHING = Figures(0, 0, None, 0.0, 0.0, 0)


@dataclass(frozen=True)
class Gap:
    """How far a student is ahead on a skill beyond the overall gap, and its interval."""

    gap: float
    low: float
    high: float


class Beside:
    """The class beside which each student stands, from `start` to `end`."""

    def __init__(self, truth: Classroom, start: date, end: date) -> None:
        self.truth, self.start, self.end = truth, start, end
        self.students = truth.chemistry.students()
        self.by_skill = truth.chemistry.by_skill(start, end)

    def figures(self, name: str) -> dict[str, float]:
        """One figure of everyone."""
        totals = self.truth.overall(self.start, self.end)
        return {one: self._figure(name, one, totals.get(one, NOTHING)) for one in self.students}

    def _figure(self, name: str, student: str, of: Figures) -> float:
        if name == "skills_mastered":
            return self.truth.mastered(student, self.end)
        return {
            "questions": of.questions,
            "time": of.seconds,
            "xp": 10 * of.correct + 2 * (of.questions - of.correct),
            "active_days": of.active_days,
        }[name]

    def places(self) -> dict[str, int]:
        """The places by XP of those who have any."""
        running = {one: xp for one, xp in self.figures("xp").items() if xp}
        ranks = scipy.stats.rankdata([-xp for xp in running.values()], method="min")
        return {one: int(rank) for one, rank in zip(running, ranks, strict=True)}

    def gaps(self, student: str) -> dict[str, Gap]:
        """By skill, of those that can be compared."""
        own = {k: (one.correct, one.questions) for (who, k), one in self._of(student).items()}
        mates = self._mates(student)
        shared = [skill for skill in own if skill in mates]
        compared = [skill for skill in shared if own[skill][1] >= 10]
        if not compared:
            return {}
        ahead = _ahead([own[skill] for skill in shared], [mates[skill] for skill in shared])
        level = 0.05 / len(compared)
        return {skill: _gap(own[skill], mates[skill], ahead, level) for skill in compared}

    def _of(self, student: str) -> Mapping[tuple[str, str], Figures]:
        return {k: one for k, one in self.by_skill.items() if k[0] == student and one.questions}

    def _mates(self, student: str) -> dict[str, tuple[int, int]]:
        """By skill, right and asked of at least four classmates with 10 questions together."""
        found: dict[str, list[Figures]] = {}
        for (who, skill), one in self.by_skill.items():
            if who != student and one.questions:
                found.setdefault(skill, []).append(one)
        sums = {
            skill: (sum(one.correct for one in each), sum(one.questions for one in each))
            for skill, each in found.items()
            if len(each) >= 4
        }
        return {skill: both for skill, both in sums.items() if both[1] >= 10}


def _ahead(own: list[tuple[int, int]], mates: list[tuple[int, int]]) -> float:
    right, asked = sum(one[0] for one in own), sum(one[1] for one in own)
    wanted = asked * (right + 0.5) / (asked + 1)
    odds = [logit((c + 0.5) / (n + 1)) for c, n in mates]

    def over(shift: float) -> float:
        rows = zip(own, odds, strict=True)
        return sum(one[1] * float(expit(each + shift)) for one, each in rows) - wanted

    return float(scipy.optimize.brentq(over, -40, 40, xtol=1e-12))


def _gap(own: tuple[int, int], mates: tuple[int, int], ahead: float, level: float) -> Gap:
    p1 = own[0] / own[1]
    l1, u1 = proportion_confint(*own, alpha=level, method="wilson")
    raw = (mates[0] / mates[1], *proportion_confint(*mates, alpha=level, method="wilson"))
    p2, l2, u2 = (float(expit(logit(one) + ahead)) for one in raw)
    gap = p1 - p2
    low = ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5
    high = ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5
    return Gap(gap, gap - low, gap + high)


class Pleasing:
    """Streaks and achievements of each student up to `end`, walked day by day.

    `over` is the last day that is over and covered by the data; there are no holidays.
    """

    def __init__(self, truth: Classroom, end: date, over: date) -> None:
        self.truth, self.end, self.over = truth, end, over

    def _questions(self, student: str) -> dict[date, int]:
        days = self.truth.by_day(FIRST, self.end)
        found = {day: one.questions for (who, day), one in days.items() if who == student}
        return {day: found[day] for day in sorted(found) if found[day]}

    def streaks(self, student: str) -> tuple[int, int]:
        """The one that goes on, and the longest."""
        runs = list(self._lengths(student).values())
        return (runs[-1] if runs else 0), max(runs, default=0)

    def _lengths(self, student: str) -> dict[date, int]:
        """By school day from the first practised one on, how long the streak is at its end."""
        practised = self._questions(student)
        found: dict[date, int] = {}
        day, length = min(practised, default=self.end), 0
        while day <= max(self.over, self.end if practised.get(self.end) else self.over):
            if day.isoweekday() <= 5:
                if day in practised:
                    length += 1
                elif day <= self.over:
                    length = 0
                found[day] = length
            day += timedelta(days=1)
        return found

    def achievements(self, student: str) -> set[tuple[str, date]]:
        """Each with its day."""
        found: set[tuple[str, date]] = set()
        so_far = 0
        for day, questions in self._questions(student).items():
            for wanted in (100, 500, 1000):
                if so_far < wanted <= so_far + questions:
                    found.add((f"First {wanted:,} questions", day))
            so_far += questions
        lengths = self._lengths(student)
        for wanted in (5, 10, 20):
            reached = [day for day, length in lengths.items() if length == wanted]
            found |= {(f"{wanted}-day streak", min(reached))} if reached else set()
        return found | self._mastery(student)

    def _mastery(self, student: str) -> set[tuple[str, date]]:
        """Mastery looked at anew at the end of each practised day."""
        found: set[tuple[str, date]] = set()
        ever: set[str] = set()
        weak: set[str] = set()
        for day in self._questions(student):
            standing = self.truth.mastery(day)
            labels = {skill: one.label for (who, skill), one in standing.items() if who == student}
            new = {skill for skill, label in labels.items() if label == "mastered"} - ever
            for wanted, words in ((1, "First skill mastered"), (5, "5 skills mastered")):
                if len(ever) < wanted <= len(ever | new):
                    found.add((words, day))
            if len(ever) < 10 <= len(ever | new):
                found.add(("10 skills mastered", day))
            found |= {(skill, day) for skill in new & weak}
            weak |= {skill for skill, label in labels.items() if label == "needs work"} - new
            ever |= new
        return found


def mean_interval(values: list[float]) -> tuple[float, float, float]:
    """A mean and the ends of its t interval, cut at 0."""
    middle, reach = fmean(values), scipy.stats.t.ppf(0.975, len(values) - 1)
    error = float(reach * scipy.stats.sem(values))
    return middle, max(middle - error, 0.0), middle + error
