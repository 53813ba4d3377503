"""The statistics that reports rest on (docs/metrics.md, "Intervals" and "Percentile")."""

from collections.abc import Sequence
from math import sqrt

from scipy.special import ndtri, stdtrit

from analytics.reports.data import Interval


def share(correct: int, questions: int) -> float | None:
    """correct / questions; None without a question."""
    return correct / questions if questions else None


def wilson(correct: int, questions: int, *, level: float = 0.95) -> Interval | None:
    """The score interval of a share (Wilson, 1927) at a two-sided `level`; None without a question.

    It stays within 0 to 1 and touches an end only when none or all are right.
    """
    if not questions:
        return None
    z2 = float(ndtri((1 + level) / 2)) ** 2
    centre = correct + z2 / 2
    spread = sqrt(z2 * (correct * (questions - correct) / questions + z2 / 4))
    low = 0.0 if not correct else (centre - spread) / (questions + z2)
    high = 1.0 if correct == questions else (centre + spread) / (questions + z2)
    return Interval(low, high)


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def t_interval(values: Sequence[float], *, level: float = 0.95) -> Interval | None:
    """The t interval of a mean (Student, 1908) at a two-sided `level`; None below two values."""
    count = len(values)
    if count < 2:
        return None
    middle = sum(values) / count
    variance = sum((value - middle) ** 2 for value in values) / (count - 1)
    reach = float(stdtrit(count - 1, (1 + level) / 2)) * sqrt(variance / count)
    return Interval(middle - reach, middle + reach)


def percentile(value: float, values: Sequence[float]) -> float:
    """The mid-rank percentile of `value` among `values`, which hold it: 0 to 100, never its ends.

    100 x (below + ties / 2) / n, the ties including the one asked for
    (`scipy.stats.percentileofscore(kind="mean")`). Raises ValueError where `value` is not among
    them.
    """
    ties = sum(other == value for other in values)
    if not ties:
        raise ValueError("the value is not one of those that it is compared with")
    below = sum(other < value for other in values)
    return 100 * (below + ties / 2) / len(values)


def quarter(percentile: float) -> str:
    """A percentile as a quarter of the class; exactly 25, 50 and 75 belong to the upper one."""
    if percentile >= 75:
        return "top quarter"
    if percentile >= 50:
        return "upper middle"
    return "lower middle" if percentile >= 25 else "bottom quarter"
