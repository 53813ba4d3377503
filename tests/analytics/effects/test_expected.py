"""What is expected of one student: against statsmodels' quasi-binomial fit, and at the edges."""

from math import sqrt

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from analytics.effects.expected import Case, Count, Prediction, predict


def cases(number: int, seed: int, spread: float = 0.5) -> list[Case]:
    """Students whose levels differ, and whose windows scatter beyond chance."""
    chance = np.random.default_rng(seed)
    made = []
    for level in chance.normal(0.8, 0.7, number):
        odds = level + chance.normal(0, spread, 3)
        asked = chance.integers(10, 60, 3)
        right = chance.binomial(asked, 1 / (1 + np.exp(-odds)))
        made.append(Case(*(Count(int(c), int(n)) for c, n in zip(right, asked, strict=True))))
    return made


def columns(found: list[Case]) -> list[list[float]]:
    """The constant and the log odds before and earlier, as of the definition."""
    return [
        [1.0, *(np.log((w.good + 0.5) / (w.total - w.good + 0.5)) for w in one[1:])]
        for one in found
    ]


@pytest.mark.parametrize(("number", "seed"), [(10, 1), (20, 2), (40, 3)])
def test_it_is_the_quasi_binomial_prediction_of_statsmodels(number: int, seed: int) -> None:
    own, *others = cases(number + 1, seed)
    good = np.array([one.after.good for one in others], float)
    total = np.array([one.after.total for one in others], float)
    # The slivers that keep the line finite, three answers in all.
    usual = (good.sum() + 0.5) / (total.sum() + 1)
    n, y = total + 3 / number, good + 3 / number * usual
    fit = sm.GLM(y / n, columns(others), sm.families.Binomial(), var_weights=n).fit()
    shares = fit.fittedvalues
    pearson = ((good - total * shares) ** 2 / (total * shares * (1 - shares))).sum()
    scale = max(1, pearson / (number - 3))
    at = np.array(columns([own])[0])
    share = 1 / (1 + np.exp(-at @ fit.params))
    line = at @ fit.cov_params() @ at
    error = sqrt(
        scale * (share * (1 - share) / own.after.total + (share * (1 - share)) ** 2 * line)
    )
    found = predict(own, others)
    assert found is not None
    assert found.freedom == number - 3
    assert (found.share, found.error) == pytest.approx((share, error), rel=1e-6)


def test_the_interval_is_t_s_and_ends_at_0_and_1() -> None:
    reach = scipy.stats.t.ppf(0.975, 12) * 0.1
    usual = Prediction(0.5, 0.1, 12).interval()
    assert (usual.low, usual.high) == pytest.approx((0.5 - reach, 0.5 + reach))
    assert Prediction(0.95, 0.1, 12).interval().high == 1.0
    assert Prediction(0.05, 0.1, 12).interval().low == 0.0
    chance = scipy.stats.t.sf(1.5, 12)
    assert Prediction(0.5, 0.1, 12).chance_above(0.65) == pytest.approx(chance)


def test_ten_classmates_are_needed() -> None:
    own, *others = cases(11, 4)
    assert predict(own, others) is not None
    assert predict(own, others[1:]) is None


def test_fewer_questions_make_a_wider_interval() -> None:
    own, *others = cases(21, 5)
    few, many = (predict(own._replace(after=Count(0, n)), others) for n in (10, 100))
    assert few is not None
    assert many is not None
    assert few.share == many.share
    assert few.error > many.error


@given(st.sampled_from([0, 1]), st.integers(10, 30), st.integers(0, 10))
def test_everyone_all_right_or_all_wrong_still_gives_a_finite_share(
    right: int, number: int, own_right: int
) -> None:
    all_alike = Case(*[Count(20 * right, 20)] * 3)
    own = Case(Count(0, 10), Count(own_right, 10), Count(own_right, 10))
    found = predict(own, [all_alike] * number)
    assert found is not None
    assert 0 < found.share < 1
    assert found.error > 0
    assert abs(found.share - right) < 0.3


def test_classmates_who_are_separated_by_what_came_before_give_a_finite_line() -> None:
    low = Case(Count(0, 20), Count(2, 20), Count(2, 20))
    high = Case(Count(20, 20), Count(18, 20), Count(18, 20))
    found = predict(high, [low, high] * 8)
    assert found is not None
    assert found.share > 0.9
    assert found.interval().low > 0.5


def test_new_students_lie_within_the_interval_as_often_as_it_says() -> None:
    inside = 0
    for seed in range(300):
        own, *others = cases(21, 100 + seed)
        found = predict(own, others)
        assert found is not None
        interval = found.interval()
        inside += interval.low <= own.after.good / own.after.total <= interval.high
    # 285 are expected; fewer than 272 would come once in a thousand such runs.
    assert inside >= 272
