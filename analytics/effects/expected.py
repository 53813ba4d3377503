"""What would be expected of one student without help, and how far off that may be.

The outcome of classmates without help is regressed on what was before, and the student's predicted
with the interval for a new case (Crawford and Garthwaite 2006): its error holds the scatter of
single students as well as that of the line. Right answers out of questions are counted
quasi-binomially, so that students scatter more than chance alone would have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, stdtr, stdtrit

from analytics.reports.data import Interval

LEAST_CASES = 10
"""Classmates without help that a prediction needs."""
ROUNDS, CLOSE, LONGEST = 50, 1e-9, 2.0
"""Newton's steps at most, one so small that it changes nothing, and the longest."""
Floats = NDArray[np.float64]


class Count(NamedTuple):
    """So many of so many: right answers of questions, or days practised of ten."""

    good: int
    total: int

    @property
    def log_odds(self) -> float:
        """The log odds, half a one added on each side so that they are finite."""
        return log((self.good + 0.5) / (self.total - self.good + 0.5))


class Case(NamedTuple):
    """One student's counts in the three windows."""

    after: Count
    before: Count
    earlier: Count


@dataclass(frozen=True, slots=True)
class Prediction:
    """An expected share with the error and the degrees of freedom of a single student's."""

    share: float
    error: float
    freedom: int

    def interval(self, level: float = 0.95) -> Interval:
        """Between which shares the student's may lie, cut at 0 and 1."""
        reach = float(stdtrit(self.freedom, (1 + level) / 2)) * self.error
        return Interval(max(self.share - reach, 0.0), min(self.share + reach, 1.0))

    def chance_above(self, share: float) -> float:
        """How likely a share above this one is."""
        return float(stdtr(self.freedom, (self.share - share) / self.error))


def predict(own: Case, others: Sequence[Case]) -> Prediction | None:
    """The share expected of `own` after, of as many questions as there were.

    Only the total of `own.after` matters. None with fewer than 10 `others`.
    """
    if len(others) < LEAST_CASES:
        return None
    columns = np.array([_columns(one) for one in others])
    good = np.array([float(one.after.good) for one in others])
    total = np.array([float(one.after.total) for one in others])
    slopes, covariance = _line(columns, good, total)
    freedom = len(others) - int(np.linalg.matrix_rank(columns))
    dispersion = _dispersion(good, total, expit(columns @ slopes), freedom)
    at = np.array(_columns(own))
    share = 1 / (1 + exp(-float(at @ slopes)))
    spread = share * (1 - share)
    variance = spread / own.after.total + spread**2 * float(at @ covariance @ at)
    return Prediction(share, sqrt(dispersion * variance), freedom)


def _columns(one: Case) -> tuple[float, float, float]:
    return 1.0, one.before.log_odds, one.earlier.log_odds


def _line(columns: Floats, good: Floats, total: Floats) -> tuple[Floats, Floats]:
    """The logistic line of most likelihood and its covariance at dispersion 1.

    A finite one always: as many answers as it has slopes are added in all, with the share of
    everyone together (Clogg and others 1991), a sliver to each student.
    """
    sliver = columns.shape[1] / len(total)
    usual = (good.sum() + 0.5) / (total.sum() + 1)
    good, total = good + sliver * usual, total + sliver
    slopes: Floats = np.zeros(columns.shape[1])
    slopes[0] = log(usual / (1 - usual))
    for _ in range(ROUNDS):
        step = _step(columns, good, total, slopes)
        slopes = slopes + step
        if np.abs(step).max() < CLOSE:
            break
    return slopes, _inverse_information(columns, total, expit(columns @ slopes))


def _step(columns: Floats, good: Floats, total: Floats, slopes: Floats) -> Floats:
    """Newton's step, cut where it is so long that it may lead astray."""
    shares = expit(columns @ slopes)
    score = columns.T @ (good - total * shares)
    step: Floats = np.clip(_inverse_information(columns, total, shares) @ score, -LONGEST, LONGEST)
    return step


def _inverse_information(columns: Floats, total: Floats, shares: Floats) -> Floats:
    weights = total * shares * (1 - shares)
    information = columns.T @ (weights[:, None] * columns)
    return np.asarray(np.linalg.pinv(information, hermitian=True), dtype=np.float64)


def _dispersion(good: Floats, total: Floats, shares: Floats, freedom: int) -> float:
    """Pearson's X² by its degrees of freedom, at least 1."""
    pearson = float(((good - total * shares) ** 2 / (total * shares * (1 - shares))).sum())
    return max(1.0, pearson / freedom)
