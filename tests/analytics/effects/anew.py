"""The effect of help computed anew, by numbers of school days and n x n matrices.

Nothing of the estimator is used here. Written from docs/metrics.md, for a class without holidays,
weekend practice and late arrivals, whose practice is known throughout.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy.linalg
import scipy.stats
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Given = list[tuple[int, int]]


@dataclass
class Anew:
    """The verdict with its figures, None where it is too few to tell."""

    verdict: str
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    treated: int = 0


def share(asked: Whole, right: Whole, student: int, first: int, last: int) -> float | None:
    """The accuracy from one day to before another; None below ten questions."""
    questions = int(asked[student, first:last].sum())
    return int(right[student, first:last].sum()) / questions if questions >= 10 else None


def table(asked: Whole, right: Whole, given: Given) -> Floats:
    """Rows of student, day, helped, after, before, earlier, helped in the days after."""
    rows = []
    for day in sorted({when for _, when in given}):
        part = []
        for student in range(len(asked)):
            own = [when for who, when in given if who == student]
            spans = ((day + 1, day + 11), (day - 10, day), (day - 20, day - 10))
            shares = [share(asked, right, student, *span) for span in spans]
            if None in shares or any(day - 20 <= when < day for when in own):
                continue
            later = any(day < when <= day + 10 for when in own)
            part.append([student, day, day in own, *shares, later])
        helped = sum(bool(row[2]) for row in part)
        if 0 < helped < len(part):
            rows += part
    return np.array(rows, float)


def judged(asked: Whole, right: Whole, given: Given) -> Anew:
    """The verdict on help that was given to these students on these days."""
    rows = table(asked, right, given)
    treated, others = rows[rows[:, 2] == 1], rows[rows[:, 2] == 0]
    unhelped = {one[0] for one in others if not one[6]}
    count = len(set(treated[:, 0]))
    if count < 5 or len(unhelped) < 20:
        return Anew("too few to tell", treated=count)
    dates = [rows[:, 1] == day for day in np.unique(rows[:, 1])]
    x = np.column_stack([rows[:, 2], rows[:, 4], rows[:, 5], *dates]).astype(float)
    gain, error, freedom = clustered(rows[:, 3], x, rows[:, 0])
    reach = scipy.stats.t.ppf(0.975, freedom) * error
    found = Anew("no clear change", gain, gain - reach, gain + reach, count)
    if gain - reach > 0:
        found.verdict = "helped"
    elif gain + reach < 0 and fell(rows):
        found.verdict = "fell"
    return found


def fell(rows: Floats) -> bool:
    """Whether Welch's test on after less earlier says so, a student being one number."""
    changes: dict[tuple[bool, float], list[float]] = {}
    for student, day, helped, after, _, earlier, _ in rows:
        beside = rows[(rows[:, 1] == day) & (rows[:, 2] == 0)]
        usual = float((beside[:, 3] - beside[:, 5]).mean())
        changes.setdefault((bool(helped), student), []).append(after - earlier - usual)
    groups = [[np.mean(own) for (who, _), own in changes.items() if who == one] for one in (1, 0)]
    test = scipy.stats.ttest_ind(*groups, equal_var=False)
    return bool(test.statistic < 0 and test.pvalue < 0.05)


def clustered(outcome: Floats, x: Floats, clusters: Floats) -> tuple[float, float, float]:
    """The first coefficient, its CR2 error and the degrees of freedom of Bell and McCaffrey."""
    inverse = np.linalg.inv(x.T @ x)
    make = np.eye(len(x)) - x @ inverse @ x.T
    residuals = make @ outcome
    meat, gs = np.zeros_like(inverse), []
    for one in np.unique(clusters):
        rows = np.flatnonzero(clusters == one)
        root = np.linalg.inv(np.real(scipy.linalg.sqrtm(make[np.ix_(rows, rows)])))
        score = x[rows].T @ root @ residuals[rows]
        meat += np.outer(score, score)
        gs.append(make[:, rows] @ root @ x[rows] @ inverse[:, 0])
    g = np.array(gs).T
    weights = np.linalg.eigvalsh(g.T @ g)
    freedom = float(weights.sum() ** 2 / (weights**2).sum())
    gain = float((inverse @ x.T @ outcome)[0])
    return gain, sqrt((inverse @ meat @ inverse)[0, 0]), freedom
