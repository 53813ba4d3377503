"""The trend verdict against statsmodels' figures, an independent fit, and its own promises."""

from math import sqrt
from random import Random

import numpy as np
import pytest
import scipy.optimize
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.data import DECLINING, IMPROVING, STEADY, TOO_LITTLE
from analytics.trend import Fit, Week, class_dispersion, fit, judge, significance, usable

STATSMODELS = [
    (
        [(0, 54, 37), (2, 28, 18), (4, 24, 17), (5, 32, 26)],
        0.10355498533325921,
        0.07287829210774206,
        0.6258119735764418,
        0.0211190673363192,
    ),
    (
        [(0, 48, 37), (1, 19, 17), (2, 19, 10), (6, 54, 28), (7, 15, 6)],
        -0.21380080443538169,
        0.08146522943046895,
        1.7425197724542703,
        -0.045696553159724644,
    ),
    (
        [
            (1, 14, 10),
            (2, 35, 26),
            (5, 44, 37),
            (6, 42, 27),
            (7, 25, 12),
            (8, 19, 9),
            (9, 30, 9),
            (10, 59, 20),
        ],
        -0.26656023185841543,
        0.06940705435924036,
        1.9117580964313632,
        -0.05805807045908492,
    ),
    (
        [
            (0, 12, 1),
            (1, 10, 3),
            (2, 53, 15),
            (3, 26, 6),
            (4, 7, 1),
            (5, 44, 14),
            (6, 53, 21),
            (7, 47, 24),
            (9, 39, 22),
            (10, 55, 29),
            (11, 12, 10),
            (12, 49, 39),
            (13, 11, 11),
            (14, 19, 16),
            (15, 44, 37),
            (17, 44, 41),
            (19, 21, 21),
            (20, 44, 41),
            (21, 15, 15),
            (22, 58, 57),
        ],
        0.24916694630796798,
        0.019469187802821766,
        0.8971466981437981,
        0.03877378314346807,
    ),
    # Newton's full step overshoots here.
    (
        [(3, 53, 1), (17, 186, 1), (18, 113, 0), (37, 7, 7)],
        0.3462640503651354,
        0.8450691459207225,
        149.47363815530542,
        0.003292438436427113,
    ),
]
"""Weeks, then slope, standard error, dispersion and average marginal slope by statsmodels 0.15:
`GLM(y / n, X, Binomial(), var_weights=n).fit(scale="X2", use_t=True)`."""

WEEKS = st.lists(
    st.tuples(st.integers(5, 60), st.floats(0.05, 0.95)).map(
        lambda one: (one[0], round(one[0] * one[1]))
    ),
    min_size=4,
    max_size=14,
).map(lambda counts: [Week(number, *one) for number, one in enumerate(counts)])


def line(weeks: list[Week]) -> Fit:
    """The line through weeks that have one."""
    found = fit(weeks)
    assert found is not None
    return found


@pytest.mark.parametrize(("weeks", "slope", "error", "dispersion", "marginal"), STATSMODELS)
def test_the_line_is_that_of_statsmodels(
    weeks: list[tuple[int, int, int]],
    slope: float,
    error: float,
    dispersion: float,
    marginal: float,
) -> None:
    found = line([Week(*one) for one in weeks])
    assert found.slope == pytest.approx(slope, abs=1e-7)
    assert found.pearson / found.freedom == pytest.approx(dispersion, abs=1e-7)
    assert sqrt(found.variance * dispersion) == pytest.approx(error, abs=1e-7)
    assert found.marginal == pytest.approx(marginal, abs=1e-8)


@given(WEEKS)
def test_no_other_line_is_likelier(weeks: list[Week]) -> None:
    found = fit(weeks)
    if found is None:
        return
    x, n, y = (np.array([one[place] for one in weeks], float) for place in range(3))

    def loss(line: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        eta = line[0] + line[1] * (x - x.mean())
        return float(np.sum(n * np.logaddexp(0, eta) - y * eta))

    best = scipy.optimize.minimize(loss, [0.0, 0.0], method="Nelder-Mead", tol=1e-10)
    assert found.slope == pytest.approx(best.x[1], abs=1e-3)
    assert found.start == pytest.approx(
        1 / (1 + np.exp(-best.x[0] - best.x[1] * (x[0] - x.mean()))), abs=1e-3
    )


@given(WEEKS)
def test_time_turned_round_turns_the_verdict_round(weeks: list[Week]) -> None:
    back = [Week(-one.number, one.questions, one.correct) for one in weeks]
    turned = {IMPROVING: DECLINING, DECLINING: IMPROVING, STEADY: STEADY}
    assert judge(back, [back]).direction == turned[judge(weeks, [weeks]).direction]


def test_the_dispersion_leans_on_the_class() -> None:
    own = line([Week(*one) for one in STATSMODELS[2][0]])
    k = own.freedom + 2
    moderated = max(1, (20 * 1.7 + (k - 2) * own.pearson / (k - 2)) / (18 + k))
    t = own.slope / sqrt(moderated * own.variance)
    assert significance(own, 1.7, 16) == pytest.approx(2 * scipy.stats.t.sf(abs(t), 18 + k))


def test_a_small_class_leaves_the_student_s_own_dispersion() -> None:
    own = line([Week(*one) for one in STATSMODELS[2][0]])
    t = own.slope / sqrt(max(1, own.pearson / own.freedom) * own.variance)
    expected = 2 * scipy.stats.t.sf(abs(t), own.freedom)
    assert significance(own, 1.7, 15) == pytest.approx(expected)


def test_the_class_s_dispersion_is_pooled_and_at_least_one() -> None:
    lines = [line([Week(*one) for one in case[0]]) for case in STATSMODELS]
    expected = sum(one.pearson for one in lines) / sum(one.freedom for one in lines)
    dispersion, freedom = class_dispersion(lines)
    assert (dispersion, freedom) == (max(1, expected), sum(one.freedom for one in lines))
    assert class_dispersion([]) == (1.0, 0)


@pytest.mark.parametrize(
    "correct",
    [(20, 20, 20, 20), (0, 0, 0, 0), (0, 0, 20, 20), (20, 20, 0, 0), (0, 7, 20, 20)],
)
def test_weeks_without_a_finite_line_are_steady(correct: tuple[int, ...]) -> None:
    weeks = [Week(number, 20, right) for number, right in enumerate(correct)]
    assert fit(weeks) is None
    found = judge(weeks, [weeks])
    assert (found.direction, found.weeks, found.p) == (STEADY, 4, None)


def test_weeks_whose_fitted_share_is_too_near_one_to_be_told_from_it_are_judged() -> None:
    counts = [(0, 5, 5), (2, 20, 20), (5, 5, 5), (20, 6, 6), (21, 200, 183), (22, 5, 3)]
    line = fit([Week(*one) for one in counts])
    assert line is not None
    assert (line.start, line.slope < 0) == (1.0, True)
    assert 0 <= line.pearson < 1


def test_fewer_than_four_usable_weeks_are_too_little_to_tell() -> None:
    weeks = [Week(0, 20, 10), Week(1, 4, 0), Week(2, 20, 15), Week(3, 20, 19)]
    assert len(usable(weeks)) == 3
    assert judge(weeks, [weeks]).direction == TOO_LITTLE


def test_a_clear_rise_is_improving_with_the_ends_of_its_line() -> None:
    weeks = [Week(number, 40, 20 + 2 * number) for number in (0, 1, 2, 3, 5, 7)]
    found = judge(weeks, [weeks])
    assert (found.direction, found.weeks, found.span) == (IMPROVING, 6, 8)
    assert found.slope == pytest.approx(0.05, abs=0.005)
    assert (found.start, found.end) == pytest.approx((0.5, 0.85), abs=0.03)


def test_a_slope_below_a_point_a_week_is_steady_however_sure() -> None:
    weeks = [Week(number, 20000, 12000 + 100 * number) for number in range(8)]
    found = judge(weeks, [weeks])
    assert found.p is not None
    assert (found.direction, found.p < 0.001) == (STEADY, True)


def test_verdicts_are_rarely_false_and_mostly_found() -> None:
    chance = Random(3)

    def weeks(points: float) -> list[Week]:
        shares = [0.6 + points / 100 * (number - 3.5) for number in range(8)]
        return [
            Week(number, 20, sum(chance.random() < share for _ in range(20)))
            for number, share in enumerate(shares)
        ]

    classmates = [weeks(0) for _ in range(20)]
    false = sum(judge(weeks(0), classmates).direction != STEADY for _ in range(200))
    found = sum(judge(weeks(6), classmates).direction == IMPROVING for _ in range(100))
    assert false <= 20  # 5 % expected; 20 of 200 would come once in a thousand such runs
    assert found >= 80
