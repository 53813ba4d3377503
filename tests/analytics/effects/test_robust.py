"""The covariance analysis against statsmodels, matrix definitions and figures by hand."""

from math import sqrt

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm

from analytics.effects.robust import Floats, Whole, coefficient
from tests.analytics.effects.anew import clustered


def a_design(seed: int, students: int, dates: int) -> tuple[Floats, Floats, Floats, Whole, Whole]:
    """Outcome, treated, two columns beside, dates and students; some rows are missing."""
    chance = np.random.default_rng(seed)
    who, when = np.meshgrid(np.arange(students), np.arange(dates), indexing="ij")
    kept = chance.random(who.size) < (1 if dates == 1 else 0.8)
    strata, clusters = when.ravel()[kept].astype(np.int64), who.ravel()[kept].astype(np.int64)
    treated = (chance.random(strata.size) < 0.3).astype(float)
    for stratum in range(dates):
        treated[np.flatnonzero(strata == stratum)[:2]] = (0.0, 1.0)
    beside = chance.normal(size=(strata.size, 2))
    noise = chance.normal(size=strata.size) * (1 + treated) + chance.normal(size=students)[clusters]
    outcome: Floats = 0.4 * treated + beside @ np.array([0.5, 0.2]) + strata + noise
    return outcome, treated, beside, strata, clusters


def columns(treated: Floats, beside: Floats, strata: Whole) -> Floats:
    """All columns of the model, the treatment's first."""
    dates = [(strata == one).astype(float) for one in np.unique(strata)]
    return np.column_stack([treated, beside, *dates])


@pytest.mark.parametrize("seed", range(4))
def test_one_row_each_is_the_hc2_of_statsmodels(seed: int) -> None:
    outcome, treated, beside, strata, clusters = a_design(seed, 30, 1)
    found = coefficient(outcome, treated, beside, strata, clusters)
    oracle = sm.OLS(outcome, columns(treated, beside, strata)).fit(cov_type="HC2")
    assert found is not None
    assert found.value == pytest.approx(oracle.params[0])
    assert found.error == pytest.approx(oracle.bse[0])


@pytest.mark.parametrize(("students", "dates"), [(12, 1), (30, 1), (25, 4), (40, 3)])
def test_errors_and_freedom_are_those_of_bell_and_mccaffrey(students: int, dates: int) -> None:
    outcome, treated, beside, strata, clusters = a_design(students, students, dates)
    found = coefficient(outcome, treated, beside, strata, clusters)
    expected = clustered(outcome, columns(treated, beside, strata), clusters.astype(float))
    assert found is not None
    assert (found.value, found.error, found.freedom) == pytest.approx(expected)


def test_two_groups_alone_have_welch_s_error_and_the_known_freedom() -> None:
    # Means 6 and 3, variances 4 and 1: the error is sqrt(4 / 3 + 1 / 5). The freedom is that of
    # Imbens and Kolesár (2016), (n + m)^2 (n - 1) (m - 1) / (n^2 (n - 1) + m^2 (m - 1)).
    first, second = [4.0, 6.0, 8.0], [2.0, 2.0, 3.0, 4.0, 4.0]
    treated = np.array([1.0] * 3 + [0.0] * 5)
    found = coefficient(
        np.array(first + second), treated, np.empty((8, 0)), np.zeros(8, int), np.arange(8)
    )
    assert found is not None
    assert found.value == pytest.approx(3)
    assert found.error == pytest.approx(sqrt(4 / 3 + 1 / 5))
    assert found.freedom == pytest.approx(64 * 2 * 4 / (9 * 2 + 25 * 4))
    reach = scipy.stats.t.ppf(0.975, found.freedom) * found.error
    assert found.interval().low == pytest.approx(3 - reach)
    assert found.interval().high == pytest.approx(3 + reach)


def test_columns_that_say_nothing_new_change_nothing() -> None:
    outcome, treated, beside, strata, clusters = a_design(5, 20, 1)
    usual = coefficient(outcome, treated, beside, strata, clusters)
    again = np.column_stack([beside, beside @ np.array([1.0, -2.0]), np.full(20, 0.7)])
    assert usual is not None
    found = coefficient(outcome, treated, again, strata, clusters)
    assert found is not None
    assert (found.value, found.error) == pytest.approx((usual.value, usual.error))
    assert found.freedom == pytest.approx(usual.freedom)


def test_a_row_that_is_fitted_by_itself_has_no_share_in_the_error() -> None:
    outcome, treated, beside, strata, clusters = a_design(6, 20, 1)
    alone = np.zeros(20)
    alone[0] = 1.0
    with_it = coefficient(outcome, treated, np.column_stack([beside, alone]), strata, clusters)
    without = coefficient(outcome[1:], treated[1:], beside[1:], strata[1:], clusters[1:] - 1)
    assert with_it is not None
    assert without is not None
    assert (with_it.value, with_it.error) == pytest.approx((without.value, without.error))


def test_what_the_other_columns_determine_has_no_coefficient() -> None:
    outcome, treated, beside, strata, clusters = a_design(7, 20, 1)
    told = np.column_stack([beside, 3 * treated + 1])
    assert coefficient(outcome, treated, told, strata, clusters) is None
    assert coefficient(outcome, np.ones(20), beside, strata, clusters) is None


def test_where_nothing_scatters_nothing_is_told() -> None:
    _, treated, beside, strata, clusters = a_design(8, 20, 1)
    assert coefficient(np.ones(20), treated, beside, strata, clusters) is None
    assert coefficient(treated + 1, treated, beside, strata, clusters) is None
