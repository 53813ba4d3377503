"""What is expected of one student: against statsmodels' weighted line, and at the edges."""

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
        after, *rest = (Count(int(c), int(n)) for c, n in zip(right, asked, strict=True))
        made.append(Case(after, tuple(rest)))
    return made


@pytest.mark.parametrize(("number", "seed"), [(10, 1), (20, 2), (40, 3)])
def test_it_is_the_weighted_prediction_of_statsmodels(number: int, seed: int) -> None:
    own, *others = cases(number + 1, seed)
    columns = [[1.0, *(one.good / one.total for one in case.before)] for case in others]
    shares = np.array([one.after.good / one.after.total for one in others])
    total = np.array([one.after.total for one in others])
    first = sm.WLS(shares, columns, weights=total).fit().fittedvalues
    weights = total / np.maximum(first * (1 - first), 0.03)
    line = sm.WLS(shares, columns, weights=weights).fit()
    at = np.array([1.0, *(one.good / one.total for one in own.before)])
    share = float(at @ line.params)
    scale = max(1.0, line.scale)
    of_line = at @ line.normalized_cov_params @ at
    error = sqrt(scale * (share * (1 - share) / own.after.total + of_line))
    found = predict(own, others)
    assert found is not None
    assert found.freedom == line.df_resid
    assert (found.share, found.error) == pytest.approx((share, error))


def test_without_anything_before_it_is_one_case_beside_a_sample() -> None:
    # Crawford and Howell (1998): the mean, and the scatter times sqrt(1 + 1 / n).
    days = [0, 1, 3, 4, 4, 5, 6, 8, 9, 10]
    found = predict(Case(Count(2, 10)), [Case(Count(one, 10)) for one in days])
    assert found is not None
    assert found.share == pytest.approx(0.5)
    assert found.freedom == 9
    assert found.error == pytest.approx(np.std(days, ddof=1) / 10 * sqrt(1 + 1 / 10))


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
def test_everyone_all_right_or_all_wrong_still_leaves_room(
    right: int, number: int, own_right: int
) -> None:
    alike = Count(20 * right, 20)
    own = Case(Count(0, 10), (Count(own_right, 10), Count(own_right, 10)))
    found = predict(own, [Case(alike, (alike, alike))] * number)
    assert found is not None
    assert 0 <= found.share <= 1
    interval = found.interval()
    assert interval.high - interval.low > 0.05


def test_a_level_that_no_classmate_had_makes_the_interval_wider() -> None:
    _, *others = cases(21, 6)
    near, far = (Count(14, 20), Count(0, 20))
    usual, odd = (predict(Case(near, (one, one)), others) for one in (near, far))
    assert usual is not None
    assert odd is not None
    assert odd.error > usual.error


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
