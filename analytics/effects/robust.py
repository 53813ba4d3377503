"""How much a treatment adds in a linear model, with an error that small groups do not deceive.

HC2 standard errors with the degrees of freedom of Bell and McCaffrey (2002), as Imbens and Kolesár
(2016) recommend. Rows of one student resemble each other and are taken together: where every one
has a single row this is HC2, else its form for clusters (CR2, Pustejovsky and Tipton 2018).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from analytics.reports.data import Interval

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
NOTHING = 1e-9
"""Relative length below which what is left of a column counts as rounding."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient, its standard error, and the degrees of freedom of its t."""

    value: float
    error: float
    freedom: float

    def interval(self, level: float = 0.95) -> Interval:
        """The two-sided t interval."""
        reach = float(stdtrit(self.freedom, (1 + level) / 2)) * self.error
        return Interval(self.value - reach, self.value + reach)


def coefficient(
    outcome: Floats, treated: Floats, beside: Floats, strata: Whole, clusters: Whole
) -> Coefficient | None:
    """The coefficient of `treated` beside the columns of `beside` and an effect of each stratum.

    `outcome`, `treated`, `strata` and `clusters` have n entries, `beside` n rows; strata and
    clusters are numbered from 0. Columns of `beside` that say nothing new are left out. None where
    the others determine `treated`, and where nothing scatters.
    """
    steps = _stratum_columns(strata)
    rest = _basis(_less(steps, beside), np.linalg.norm(beside, axis=0))
    alone = _less(rest, _less(steps, treated))
    length = float(np.linalg.norm(alone))
    if length <= NOTHING * float(np.linalg.norm(treated)):
        return None
    space = np.column_stack([steps, rest, alone / length])
    return _sandwich(outcome, alone / length**2, space, clusters)


def _stratum_columns(strata: Whole) -> Floats:
    """An orthonormal column for each stratum."""
    columns = (strata[:, None] == np.arange(strata.max() + 1)[None, :]).astype(np.float64)
    scaled: Floats = columns / np.sqrt(columns.sum(axis=0))
    return scaled


def _less(basis: Floats, columns: Floats) -> Floats:
    """What is left of columns after an orthonormal basis."""
    left: Floats = columns - basis @ (basis.T @ columns)
    return left


def _basis(columns: Floats, lengths: Floats) -> Floats:
    """An orthonormal basis of the columns, those left out of which only rounding is left."""
    kept = columns[:, np.linalg.norm(columns, axis=0) > NOTHING * lengths]
    if not kept.shape[1]:
        return kept
    left, sizes, _ = np.linalg.svd(kept / np.linalg.norm(kept, axis=0), full_matrices=False)
    found: Floats = left[:, sizes > NOTHING * sizes[0]]
    return found


def _sandwich(
    outcome: Floats, weights: Floats, space: Floats, clusters: Whole
) -> Coefficient | None:
    """The coefficient `weights` · `outcome`; `space` is an orthonormal basis of all columns."""
    residuals = _less(space, outcome)
    count = int(clusters.max()) + 1
    scores, sizes, across = np.zeros(count), np.zeros(count), np.zeros((count, space.shape[1]))
    for number in range(count):
        rows = clusters == number
        own = space[rows]
        adjusted = _root_of_inverse(np.eye(len(own)) - own @ own.T) @ weights[rows]
        scores[number] = adjusted @ residuals[rows]
        sizes[number] = adjusted @ adjusted
        across[number] = own.T @ adjusted
    error = sqrt(float(scores @ scores))
    if error <= NOTHING:
        return None
    products = np.diag(sizes) - across @ across.T
    freedom = float(np.trace(products)) ** 2 / float((products**2).sum())
    return Coefficient(float(weights @ outcome), error, freedom)


def _root_of_inverse(matrix: Floats) -> Floats:
    """The symmetric root of the inverse, of the part that has one."""
    values, vectors = np.linalg.eigh(matrix)
    kept = values > NOTHING
    found: Floats = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
    return found
