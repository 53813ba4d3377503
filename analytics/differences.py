"""Differences and how sure they are: of two shares, of two means, of several at once.

The formulas with their sources are in docs/metrics.md, "Differences".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtr, stdtrit

from analytics.reports.data import Interval


def of_shares(first: float, around: Interval, second: float, beside: Interval) -> Interval:
    """The interval of `first` - `second`, each share with its own score interval.

    Newcombe (1998, method 10): the ends are as far from the difference as the roots of the squared
    distances of the two intervals' ends, so that it is not symmetric near 0 and 1.
    """
    gap = first - second
    down = sqrt((first - around.low) ** 2 + (beside.high - second) ** 2)
    up = sqrt((around.high - first) ** 2 + (second - beside.low) ** 2)
    return Interval(gap - down, gap + up)


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """The first mean less the second, its interval, and the two-sided p of no difference."""

    gap: float
    interval: Interval
    p: float


def welch(
    first: Sequence[float], second: Sequence[float], *, level: float = 0.95
) -> MeanDifference | None:
    """Two means compared without taking their variances for equal (Welch, 1947).

    None below two values each, and where neither scatters, so that nothing is left to judge by.
    """
    if min(len(first), len(second)) < 2 or len(set(first)) + len(set(second)) == 2:
        return None
    (mean, error), (other, other_error) = _mean_and_error(first), _mean_and_error(second)
    variance = error + other_error
    freedom = variance**2 / (error**2 / (len(first) - 1) + other_error**2 / (len(second) - 1))
    gap, spread = mean - other, sqrt(variance)
    reach = float(stdtrit(freedom, (1 + level) / 2)) * spread
    p = 2 * float(stdtr(freedom, -abs(gap) / spread))
    return MeanDifference(gap, Interval(gap - reach, gap + reach), p)


def _mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and the squared standard error of it."""
    middle = sum(values) / len(values)
    squares = sum((value - middle) ** 2 for value in values)
    return middle, squares / (len(values) - 1) / len(values)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p of each of several tests when all are looked at (Holm, 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, worst = [0.0] * len(p_values), 0.0
    for done, place in enumerate(order):
        worst = max(worst, min(1.0, (len(p_values) - done) * p_values[place]))
        adjusted[place] = worst
    return adjusted
