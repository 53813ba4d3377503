"""Whether a student's accuracy rises or falls over weeks (docs/metrics.md, "Trend").

A logistic slope of right answers on the week, judged by quasi-likelihood whose dispersion leans on
the class's (moderated, after Smyth 2004 and Lund and others 2012): a student's answers of one week
resemble each other, so that plain logistic regression would see trends where there are none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from typing import NamedTuple, TypeVar

from scipy.special import stdtr

from analytics.reports.data import DECLINING, IMPROVING, STEADY, TOO_LITTLE, Trend

USABLE_QUESTIONS, USABLE_WEEKS = 5, 4
"""Questions that make a week usable, and usable weeks that make a verdict possible."""
SIGNIFICANT, LEAST_SLOPE = 0.05, 0.01
"""A verdict needs p below the one and an average slope of at least the other (a point a week)."""
CLASS_WEIGHT, LEAST_CLASS_FREEDOM = 20, 16
"""Degrees of freedom that the class's dispersion counts as, and has to rest on."""
ROUNDS, CLOSE = 100, 1e-8
"""Newton's steps at most, and a step so small that the next one changes nothing."""
Key = TypeVar("Key")


class Week(NamedTuple):
    """The questions of one calendar week, weeks being numbered one by one."""

    number: int
    questions: int
    correct: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic line through weeks: its slope with the variance of it at dispersion 1.

    `pearson` is X², `freedom` the weeks less 2; `marginal` the slope in accuracy a week, averaged
    over questions; `start` and `end` the ends of the fitted line.
    """

    slope: float
    variance: float
    pearson: float
    freedom: int
    marginal: float
    start: float
    end: float


def usable(weeks: Iterable[Week]) -> list[Week]:
    """The weeks with questions enough, in order."""
    return sorted(week for week in weeks if week.questions >= USABLE_QUESTIONS)


def fit(weeks: Sequence[Week]) -> Fit | None:
    """The maximum-likelihood line through usable weeks; None where no finite one exists.

    That is so when all is right or wrong, or when a week separates the wrong from the right.
    """
    if _separated(weeks):
        return None
    middle = sum(week.number for week in weeks) / len(weeks)
    places = [week.number - middle for week in weeks]
    level, slope = _maximum(weeks, places)
    lines = [level + slope * place for place in places]
    shares = [_logistic(line) for line in lines]
    spreads = [week.questions * _spread(line) for week, line in zip(weeks, lines, strict=True)]
    offs = [week.correct - week.questions * p for week, p in zip(weeks, shares, strict=True)]
    pearson = sum(off * off / spread for off, spread in zip(offs, spreads, strict=True) if spread)
    return Fit(
        slope=slope,
        variance=_variance(spreads, places),
        pearson=pearson,
        freedom=len(weeks) - 2,
        marginal=slope * sum(spreads) / sum(week.questions for week in weeks),
        start=shares[0],
        end=shares[-1],
    )


def _separated(weeks: Sequence[Week]) -> bool:
    right = [week.number for week in weeks if week.correct]
    wrong = [week.number for week in weeks if week.correct < week.questions]
    if not right or not wrong:
        return True
    return max(wrong) <= min(right) or max(right) <= min(wrong)


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))


def _spread(value: float) -> float:
    """p (1 - p) of a line's value; not 0 where p is too near 1 to be told from it."""
    small = exp(-abs(value))
    return small / (1 + small) ** 2


def _maximum(weeks: Sequence[Week], places: Sequence[float]) -> tuple[float, float]:
    """Level and slope by Newton's steps, each halved while the likelihood would fall."""
    right = sum(week.correct for week in weeks)
    level, slope = log(right / (sum(week.questions for week in weeks) - right)), 0.0
    worst = _loss(weeks, places, level, slope)
    for _ in range(ROUNDS):
        up, along = _step(weeks, places, level, slope)
        while (loss := _loss(weeks, places, level + up, slope + along)) > worst + CLOSE:
            up, along = up / 2, along / 2
        level, slope, worst = level + up, slope + along, loss
        if max(abs(up), abs(along)) < CLOSE:
            break
    return level, slope


def _loss(weeks: Sequence[Week], places: Sequence[float], level: float, slope: float) -> float:
    """Minus the log-likelihood."""
    lines = [level + slope * place for place in places]
    return sum(
        week.questions * (max(line, 0.0) + log1p(exp(-abs(line)))) - week.correct * line
        for week, line in zip(weeks, lines, strict=True)
    )


def _step(
    weeks: Sequence[Week], places: Sequence[float], level: float, slope: float
) -> tuple[float, float]:
    """Newton's step: the information's inverse times the score."""
    lines = [level + slope * place for place in places]
    offs = [w.correct - w.questions * _logistic(x) for w, x in zip(weeks, lines, strict=True)]
    spreads = [w.questions * _spread(x) for w, x in zip(weeks, lines, strict=True)]
    score, tilt = sum(offs), sum(off * x for off, x in zip(offs, places, strict=True))
    a, b, c = _information(spreads, places)
    determinant = a * c - b * b
    return (c * score - b * tilt) / determinant, (a * tilt - b * score) / determinant


def _information(spreads: Sequence[float], places: Sequence[float]) -> tuple[float, float, float]:
    pairs = list(zip(spreads, places, strict=True))
    return sum(spreads), sum(w * x for w, x in pairs), sum(w * x * x for w, x in pairs)


def _variance(spreads: Sequence[float], places: Sequence[float]) -> float:
    a, b, c = _information(spreads, places)
    return a / (a * c - b * b)


def class_dispersion(fits: Iterable[Fit]) -> tuple[float, int]:
    """The dispersion of all these lines together, at least 1, and the freedom it rests on."""
    pearson, freedom = 0.0, 0
    for one in fits:
        pearson, freedom = pearson + one.pearson, freedom + one.freedom
    return max(1.0, pearson / freedom) if freedom else 1.0, freedom


def significance(own: Fit, dispersion: float, class_freedom: int) -> float:
    """The two-sided p of a slope, its dispersion leaning on the class's where that rests on enough.

    The class's counts as 20 degrees of freedom beside the student's own; below 16 of its own it is
    left out, and the student's own dispersion (at least 1) stands alone.
    """
    alone = own.pearson / own.freedom
    if class_freedom < LEAST_CLASS_FREEDOM:
        scale, freedom = max(1.0, alone), own.freedom
    else:
        freedom = CLASS_WEIGHT + own.freedom
        scale = max(1.0, (CLASS_WEIGHT * dispersion + own.freedom * alone) / freedom)
    return 2 * float(stdtr(freedom, -abs(own.slope) / sqrt(scale * own.variance)))


def judge(own: Iterable[Week], everyone: Iterable[Iterable[Week]]) -> Trend:
    """The verdict on one student's weeks, among those of `everyone` in the class (own included)."""
    weeks = usable(own)
    line = _line(weeks)
    if line is None:
        return _without_line(weeks)
    lines = (_line(usable(one)) for one in everyone)
    return _verdict(weeks, line, *class_dispersion(one for one in lines if one is not None))


def judge_all(weeks: Mapping[Key, Iterable[Week]]) -> dict[Key, Trend]:
    """The same for everyone in a class at once, each line fitted once."""
    kept = {key: usable(own) for key, own in weeks.items()}
    lines = {key: _line(own) for key, own in kept.items()}
    among = class_dispersion(one for one in lines.values() if one is not None)
    return {
        key: _without_line(kept[key]) if line is None else _verdict(kept[key], line, *among)
        for key, line in lines.items()
    }


def least_p(weeks: Sequence[Week]) -> float:
    """The least that p can be for usable weeks, whatever the class's dispersion; 1 without a line.

    Dispersion counts as 1 at least and freedom as 20 more than the student's own at most.
    """
    line = _line(weeks)
    if line is None:
        return 1.0
    return 2 * float(stdtr(CLASS_WEIGHT + line.freedom, -abs(line.slope) / sqrt(line.variance)))


def _line(weeks: Sequence[Week]) -> Fit | None:
    """The line through usable weeks where they are enough for one."""
    return fit(weeks) if len(weeks) >= USABLE_WEEKS else None


def _without_line(weeks: Sequence[Week]) -> Trend:
    return Trend(STEADY if len(weeks) >= USABLE_WEEKS else TOO_LITTLE, len(weeks))


def _verdict(weeks: Sequence[Week], line: Fit, dispersion: float, freedom: int) -> Trend:
    p = significance(line, dispersion, freedom)
    span = weeks[-1].number - weeks[0].number + 1
    return Trend(_direction(line, p), len(weeks), span, line.marginal, p, line.start, line.end)


def _direction(line: Fit, p: float) -> str:
    if p >= SIGNIFICANT or abs(line.marginal) < LEAST_SLOPE:
        return STEADY
    return IMPROVING if line.slope > 0 else DECLINING
