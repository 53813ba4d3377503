"""Differences against scipy's and statsmodels' own."""

import gc
from collections.abc import Sequence

import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from analytics import stats
from analytics.differences import holm, of_shares, welch
from analytics.reports.data import Interval

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ACCURACIES = st.lists(st.fractions(0, 1, max_denominator=40).map(float), min_size=2, max_size=30)


def newcombe(first: tuple[int, int], second: tuple[int, int], *, level: float = 0.95) -> Interval:
    """Two shares with their Wilson intervals, put together."""
    around, beside = stats.wilson(*first, level=level), stats.wilson(*second, level=level)
    assert around is not None
    assert beside is not None
    return of_shares(first[0] / first[1], around, second[0] / second[1], beside)


@given(COUNTS, COUNTS, st.sampled_from([0.9, 0.95, 0.995]))
def test_two_shares_agree_with_statsmodels(
    first: tuple[int, int], second: tuple[int, int], level: float
) -> None:
    found = newcombe(first, second, level=level)
    expected = confint_proportions_2indep(
        *first, *second, method="newcomb", compare="diff", alpha=1 - level
    )
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_the_published_example_of_newcombe() -> None:
    # Newcombe (1998), table II, method 10: 56 of 70 less 48 of 80.
    found = newcombe((56, 70), (48, 80))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, where one class is all alike
@given(ACCURACIES, ACCURACIES)
def test_two_means_agree_with_scipy(first: Sequence[float], second: Sequence[float]) -> None:
    assume(len(set(first)) > 1 or len(set(second)) > 1)
    found = welch(first, second)
    expected = scipy.stats.ttest_ind(first, second, equal_var=False)
    ends = expected.confidence_interval(0.95)
    assert found is not None
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(ends), abs=1e-9)


def test_means_with_nothing_to_judge_them_by_are_not_compared() -> None:
    assert welch([0.5], [0.4, 0.6]) is None
    assert welch([0.4, 0.6], []) is None
    assert welch([0.1, 0.1, 0.1], [0.6, 0.6]) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_several_tests_at_once_agree_with_statsmodels(p_values: list[float]) -> None:
    gc.freeze()  # theirs collects garbage in each call: a second, with all that other tests hold
    try:
        expected = multipletests(p_values, method="holm")[1]
    finally:
        gc.unfreeze()
    assert holm(p_values) == pytest.approx(list(expected))


def test_no_tests_have_nothing_to_adjust() -> None:
    assert holm([]) == []
