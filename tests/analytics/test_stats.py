"""The statistics against independent implementations."""

from statistics import stdev

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from analytics import stats

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SHARES = st.lists(st.fractions(0, 1, max_denominator=40).map(float), min_size=1, max_size=40)


@given(COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_agrees_with_scipy(counts: tuple[int, int], level: float) -> None:
    expected = scipy.stats.binomtest(*counts).proportion_ci(level, method="wilson")
    found = stats.wilson(*counts, level=level)
    assert found is not None
    assert found.low == pytest.approx(expected.low, abs=1e-12)
    assert found.high == pytest.approx(expected.high, abs=1e-12)


@given(COUNTS)
def test_wilson_holds_the_share_and_stays_within_the_scale(counts: tuple[int, int]) -> None:
    found = stats.wilson(*counts)
    assert found is not None
    assert 0 <= found.low <= counts[0] / counts[1] <= found.high <= 1


def test_the_published_example_of_wilson() -> None:
    # Newcombe (1998), table I: 15 of 148 has the score interval .0624 to .1605.
    found = stats.wilson(15, 148)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=2, max_size=60))
def test_the_t_interval_agrees_with_scipy(values: list[float]) -> None:
    found = stats.t_interval(values)
    error = stdev(values) / len(values) ** 0.5
    reach = scipy.stats.t.ppf(0.975, len(values) - 1) * error
    assert found is not None
    assert found.high - found.low == pytest.approx(2 * reach, abs=1e-9)
    assert (found.low + found.high) / 2 == pytest.approx(sum(values) / len(values), abs=1e-9)


@given(SHARES)
def test_the_percentile_agrees_with_scipy(values: list[float]) -> None:
    for value in values:
        expected = scipy.stats.percentileofscore(values, value, kind="mean")
        assert stats.percentile(value, values) == pytest.approx(expected)


@given(SHARES)
def test_percentiles_of_a_class_are_50_on_average(values: list[float]) -> None:
    found = [stats.percentile(value, values) for value in values]
    assert sum(found) / len(found) == pytest.approx(50)
    assert all(0 < one < 100 for one in found)


def test_nobody_is_placed_among_others_without_being_one_of_them() -> None:
    with pytest.raises(ValueError, match="not one of those"):
        stats.percentile(0.5, [0.4, 0.6])


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (99.0, "top quarter"),
        (75.0, "top quarter"),
        (74.9, "upper middle"),
        (50.0, "upper middle"),
        (49.9, "lower middle"),
        (25.0, "lower middle"),
        (24.9, "bottom quarter"),
        (0.5, "bottom quarter"),
    ],
)
def test_a_boundary_belongs_to_the_upper_quarter(percentile: float, words: str) -> None:
    assert stats.quarter(percentile) == words


def test_too_little_has_no_figure() -> None:
    assert stats.share(0, 0) is None
    assert stats.wilson(0, 0) is None
    assert stats.mean([]) is None
    assert stats.t_interval([0.5]) is None
