"""Intervals, differences and trend verdicts by scipy and statsmodels."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import fmean
from typing import Any

import numpy as np
import scipy.optimize
import scipy.stats
from scipy.special import expit, logit
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

Span = tuple[float, float]
Week = tuple[date, int, int]
"""Monday, questions, right ones."""


@cache
def wilson(right: int, asked: int, level: float = 0.95) -> Span | None:
    """Wilson's interval by statsmodels."""
    if not asked:
        return None
    low, high = proportion_confint(right, asked, alpha=1 - level, method="wilson")
    return float(low), float(high)


def t_interval(values: Sequence[float]) -> Span | None:
    """The t interval of a mean by scipy; None for fewer than two."""
    return _t_interval(tuple(values))


@cache
def _t_interval(values: tuple[float, ...]) -> Span | None:
    if len(values) < 2:
        return None
    error = scipy.stats.sem(values)
    if not error:  # All the same: scipy cannot scale by nothing.
        return values[0], values[0]
    low, high = scipy.stats.t.interval(0.95, len(values) - 1, fmean(values), error)
    return float(low), float(high)


def percentile(value: float, everyone: Sequence[float]) -> float:
    """The mid-rank percentile by scipy."""
    return float(scipy.stats.percentileofscore(everyone, value, kind="mean"))


@dataclass(frozen=True)
class Line:
    """The logistic line through usable weeks: None of it where no line is finite."""

    weeks: int
    slope: float
    variance: float
    pearson: float
    points: float
    ends: Span

    @property
    def freedom(self) -> int:
        """Of the dispersion."""
        return self.weeks - 2


def usable(weeks: Sequence[Week]) -> list[Week]:
    """Weeks of at least 5 questions, in order."""
    return sorted(one for one in weeks if one[1] >= 5)


def line(weeks: Sequence[Week]) -> Line | None:
    """The fit by statsmodels; None below 4 usable weeks, or where right and wrong are apart."""
    return _line(tuple(usable(weeks)))


@cache
def _line(rows: tuple[Week, ...]) -> Line | None:
    right = [day for day, _, correct in rows if correct]
    wrong = [day for day, asked, correct in rows if asked > correct]
    if len(rows) < 4 or not right or not wrong:
        return None
    if min(right) >= max(wrong) or min(wrong) >= max(right):
        return None
    n = np.array([float(asked) for _, asked, _ in rows])
    plain = _fit(rows)
    share = plain.fittedvalues
    slope = float(plain.params[1])
    return Line(
        weeks=len(rows),
        slope=slope,
        variance=float(plain.normalized_cov_params[1, 1]),
        pearson=float(plain.pearson_chi2),
        points=slope * float((n * share * (1 - share)).sum() / n.sum()),
        ends=(float(share[0]), float(share[-1])),
    )


def _fit(rows: Sequence[Week], **how: Any) -> Any:
    x = np.array([(day - rows[0][0]).days / 7 for day, _, _ in rows])
    n = np.array([float(asked) for _, asked, _ in rows])
    y = np.array([float(correct) for _, _, correct in rows])
    design = np.column_stack([np.ones_like(x), x])
    with warnings.catch_warnings():
        # Weeks of one and the same share lie on the line, which statsmodels takes for separation.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        model = GLM(y / n, design, family=Binomial(), var_weights=n)
        return model.fit(tol=1e-12, maxiter=200, **how)


def p_alone(weeks: Sequence[Week]) -> float:
    """The p of the slope by statsmodels, with the own dispersion and a t test."""
    return float(_fit(usable(weeks), scale="X2", use_t=True).pvalues[1])


@dataclass(frozen=True)
class Verdict:
    """What can be said of a student's weeks; `moderated` by the class or left alone."""

    direction: str
    weeks: int
    line: Line | None = None
    p: float | None = None
    moderated: bool = False


def verdict(own: Sequence[Week], everyone: Sequence[Sequence[Week]]) -> Verdict:
    """The verdict on one student's weeks among everyone's (the own ones among them)."""
    weeks, fit = len(usable(own)), line(own)
    if weeks < 4:
        return Verdict("too little to tell", weeks)
    if fit is None:
        return Verdict("steady", weeks)
    lines = [one for one in map(line, everyone) if one]
    freedom = sum(one.freedom for one in lines)
    own_phi, degrees = fit.pearson / fit.freedom, fit.freedom
    scale = max(1.0, own_phi)
    if freedom >= 16:
        shared = max(1.0, sum(one.pearson for one in lines) / freedom)
        degrees = 18 + fit.weeks
        scale = max(1.0, (20 * shared + fit.freedom * own_phi) / degrees)
    t = abs(fit.slope) / (scale * fit.variance) ** 0.5
    p = float(2 * scipy.stats.t.sf(t, degrees))
    direction = "steady"
    if p < 0.05 and abs(fit.points) >= 0.01:
        direction = "improving" if fit.points > 0 else "declining"
    return Verdict(direction, weeks, fit, p, moderated=freedom >= 16)


Count = tuple[int, int]
"""Right ones, questions."""


def gaps(own: dict[str, Count], mates: dict[str, Count]) -> dict[str, tuple[float, float, float]]:
    """By skill with 10 own questions the gap to the mates beyond the overall one, and its ends."""
    shared = [skill for skill in own if skill in mates and own[skill][1]]
    compared = [skill for skill in shared if own[skill][1] >= 10]
    if not compared:
        return {}
    ahead = _ahead([own[one] for one in shared], [mates[one] for one in shared])
    level = 1 - 0.05 / len(compared)
    return {one: _gap(own[one], mates[one], ahead, level) for one in compared}


def _ahead(own: list[Count], mates: list[Count]) -> float:
    right, asked = sum(one[0] for one in own), sum(one[1] for one in own)
    wanted = asked * (right + 0.5) / (asked + 1)
    odds = [float(logit((c + 0.5) / (n + 1))) for c, n in mates]

    def over(shift: float) -> float:
        rows = zip(own, odds, strict=True)
        return sum(one[1] * float(expit(each + shift)) for one, each in rows) - wanted

    return float(scipy.optimize.brentq(over, -60, 60, xtol=1e-12))


def _gap(own: Count, mates: Count, ahead: float, level: float) -> tuple[float, float, float]:
    p1 = own[0] / own[1]
    l1, u1 = wilson(*own, level) or (0.0, 1.0)
    p2, l2, u2 = (
        float(expit(logit(min(max(one, 0.0), 1.0)) + ahead))
        for one in (mates[0] / mates[1], *(wilson(*mates, level) or (0.0, 1.0)))
    )
    low = ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5
    high = ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5
    return p1 - p2, p1 - p2 - low, p1 - p2 + high
