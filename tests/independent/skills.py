"""How the chemistry class stands with a skill, recomputed: DuckDB counts, scipy and statsmodels.

Nothing of the project's own code is used here. Written from docs/metrics.md, "A skill's report".
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import scipy.stats
from statsmodels.duration.survfunc import SurvfuncRight

from tests.independent.chemistry import Chemistry

ASKED = """
SELECT student, skill, correct, day FROM questions
WHERE skill IS NOT NULL AND day <= ? ORDER BY moment, row
"""
COUNTED = """
SELECT student, count(*), count(*) FILTER (correct) FROM questions
WHERE skill = ? AND day BETWEEN ? AND ? GROUP BY student
"""
BY_WEEK = """
SELECT date_trunc('week', day)::DATE, student, count(*), count(*) FILTER (correct) FROM questions
WHERE skill = ? AND day BETWEEN ? AND ? GROUP BY ALL
"""


@dataclass
class Journey:
    """A student's way with a skill: where it stands, and when mastered was first reached."""

    first: date
    last: date
    answers: list[bool] = field(default_factory=list)
    a: float = 0.0
    n: float = 0.0
    estimate: float = 0.5
    label: str = "too little practice"
    reached: tuple[int, date] | None = None

    def take(self, right: bool, s: float, day: date) -> None:
        """One more answer, expected with s."""
        self.answers.append(right)
        self.a, self.n = 0.9 * self.a + right, 0.9 * self.n + 1
        self.estimate, self.last = (4 * s + self.a) / (4 + self.n), day
        self.label = self._label()
        if self.label == "mastered" and self.reached is None:
            self.reached = len(self.answers), day

    def _label(self) -> str:
        asked, value = len(self.answers), self.estimate
        if (value >= 0.80 and asked >= 10) or (self.label == "mastered" and value >= 0.70):
            return "mastered"
        if asked < 5:
            return "too little practice"
        weak = value < 0.65 or (self.label == "needs work" and value < 0.70)
        return "needs work" if weak else "in progress"


def journeys(chemistry: Chemistry, until: date) -> dict[tuple[str, str], Journey]:
    """Everyone's way with every skill, one class as classmates, up to the end of a day."""
    everyone: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    excess: dict[str, list[float]] = defaultdict(lambda: [0.0, 10.0])
    found: dict[tuple[str, str], Journey] = {}
    for student, skill, correct, day in chemistry.sql(ASKED, until):
        own = found.setdefault((student, skill), Journey(day, day))
        asked, right = everyone[skill]
        others = (right - sum(own.answers) + 2) / (asked - len(own.answers) + 4)
        mean_excess = excess[student][0] / excess[student][1]
        own.take(correct, min(max(others + mean_excess, 0.02), 0.98), day)
        everyone[skill] = [asked + 1, right + correct]
        excess[student] = [excess[student][0] + correct - others, excess[student][1] + 1]
    return found


def counted(chemistry: Chemistry, skill: str, start: date, end: date) -> dict[str, tuple[int, int]]:
    """Each student's questions on a skill in some days, and how many of them were right."""
    rows = chemistry.sql(COUNTED, skill, start, end)
    return {student: (asked, right) for student, asked, right in rows}


def by_week(
    chemistry: Chemistry, skill: str, start: date, end: date
) -> dict[date, list[tuple[int, int]]]:
    """The same of each week, by its Monday."""
    found: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for monday, _, asked, right in chemistry.sql(BY_WEEK, skill, start, end):
        found[monday].append((asked, right))
    return found


def mean_accuracy(
    counts: list[tuple[int, int]], least: int
) -> tuple[float | None, float | None, float | None, int]:
    """Mean, t interval cut to the scale, and how many have questions enough."""
    values = [right / asked for asked, right in counts if asked >= least]
    if len(values) < 2:
        return (values[0] if values else None), None, None, len(values)
    error = scipy.stats.sem(values)
    if not error:  # All the same: scipy cannot scale by nothing.
        return values[0], values[0], values[0], len(values)
    low, high = scipy.stats.t.interval(0.95, len(values) - 1, fmean(values), error)
    return fmean(values), max(float(low), 0.0), min(float(high), 1.0), len(values)


def school_days(first: date, last: date) -> int:
    """Mondays to Fridays from one day to another, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day.isoweekday() <= 5 for day in days)


def twenty_back(day: date) -> date:
    """The first of the last 20 Mondays to Fridays up to a day."""
    left = 20 - (day.isoweekday() <= 5)
    while left:
        day -= timedelta(days=1)
        left -= day.isoweekday() <= 5
    return day


def half_there(times: list[tuple[int, bool]]) -> tuple[float | None, list[float]]:
    """The Kaplan-Meier median and curve by statsmodels.

    Where the curve lies at half but for a float's last bits, half are there.
    """
    if not times:
        return None, []
    oracle = SurvfuncRight([time for time, _ in times], [int(there) for _, there in times])
    curve = [float(share) for share in oracle.surv_prob]
    at_half = [at for at, share in zip(oracle.surv_times, curve, strict=True)
               if abs(share - 0.5) < 1e-9]  # fmt: skip
    found = float(at_half[0] if at_half else oracle.quantile(0.5))
    return None if np.isnan(found) else found, curve
