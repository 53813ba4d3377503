"""What would be expected of one student without help, and how far off that may be.

The outcome of classmates without help is regressed on what was before, and the student's predicted
with the interval for a new case (Crawford and Garthwaite 2006): its error holds the scatter of
single students as well as that of the line. Right answers out of questions count quasi-binomially,
so that few questions scatter more than many, and students more than chance alone would have it. The
line is straight in shares and not in log odds: on log odds a few classmates who all did the same
have no line, or one that promises far too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from analytics.reports.data import Interval

LEAST_CASES = 10
"""Classmates without help that a prediction needs."""
LEAST_VARIANCE = 0.03
"""p (1 - p) of an answer at 3 % or 97 %: nobody is surer to be right, or wrong, than that."""
Floats = NDArray[np.float64]


class Count(NamedTuple):
    """So many of so many: right answers of questions, or days practised of ten."""

    good: int
    total: int

    @property
    def share(self) -> float:
        """good / total."""
        return self.good / self.total


class Case(NamedTuple):
    """One student's count after, and those before that it is expected from, if any."""

    after: Count
    before: tuple[Count, ...] = ()


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
    """The share expected of `own` after, out of as many as there were.

    Only the total of `own.after` matters. None with fewer than 10 `others`.
    """
    if len(others) < LEAST_CASES:
        return None
    columns = np.array([_columns(one) for one in others])
    shares = np.array([one.after.share for one in others])
    total = np.array([float(one.after.total) for one in others])
    first, _ = _line(columns, shares, total)
    weights = total / _variance(columns @ first)
    line, covariance = _line(columns, shares, weights)
    freedom = len(others) - int(np.linalg.matrix_rank(columns))
    squares = float(weights @ (shares - columns @ line) ** 2)
    at = np.array(_columns(own))
    share = float(np.clip(at @ line, 0.0, 1.0))
    alone = float(_variance(np.array(share))) / own.after.total
    variance = max(1.0, squares / freedom) * (alone + float(at @ covariance @ at))
    return Prediction(share, sqrt(variance), freedom)


def _columns(one: Case) -> list[float]:
    return [1.0, *(count.share for count in one.before)]


def _line(columns: Floats, shares: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The weighted least-squares line and its covariance where a weight is one over a variance."""
    information = columns.T @ (weights[:, None] * columns)
    covariance = np.asarray(np.linalg.pinv(information, hermitian=True), dtype=np.float64)
    return covariance @ (columns.T @ (weights * shares)), covariance


def _variance(shares: Floats) -> Floats:
    """p (1 - p) of a single answer, never below that of 3 %."""
    inside = np.clip(shares, 0.0, 1.0)
    found: Floats = np.maximum(inside * (1 - inside), LEAST_VARIANCE)
    return found
