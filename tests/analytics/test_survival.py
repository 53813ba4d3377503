"""Time to mastery, against statsmodels on the same data."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.calendar import SchoolCalendar
from analytics.survival import Attempt, attempt, kaplan_meier, median, survival
from tests.analytics.school import day

Times = list[tuple[int, bool]]
LENT = SchoolCalendar.of([day("05-15")])


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=40))
def test_curve_and_median_equal_those_of_statsmodels(times: Times) -> None:
    oracle = SurvfuncRight([time for time, _ in times], [int(reached) for _, reached in times])
    curve = kaplan_meier(times)
    assert [at for at, _ in curve] == list(oracle.surv_times)
    assert [float(share) for _, share in curve] == pytest.approx(list(oracle.surv_prob))
    if all(share != Fraction(1, 2) for _, share in curve):
        expected = oracle.quantile(0.5)
        assert median(curve) == (None if np.isnan(expected) else expected)


def test_exactly_half_there_is_half_there() -> None:
    # A float's last bit decides this in statsmodels; lifelines says 12 as well.
    assert median(kaplan_meier([(10, True), (12, True), (20, False), (30, False)])) == 12
    assert median(kaplan_meier([(1, True), (2, True), (3, True), (4, True)])) == 2


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([], None),
        ([(14, False)], None),
        ([(14, True)], 14),
        ([(10, False), (12, False), (30, False)], None),
        ([(10, True)] * 5, 10),
        ([(10, True), (20, False), (20, False)], None),
        ([(5, False), (10, True), (20, True)], 10),
        ([(10, True), (10, False), (11, True)], 11),
    ],
    ids=[
        "nobody", "one on the way", "one there", "all on the way", "all at once",
        "fewer than half", "who leaves before is not waited for", "at one time both",
    ],
)  # fmt: skip
def test_the_median_is_when_half_are_there(times: Times, expected: float | None) -> None:
    assert median(kaplan_meier(times)) == expected


def test_questions_and_school_days_run_from_the_first_answer_to_mastered() -> None:
    # Friday the 10th to Thursday the 16th, without the weekend and the holiday.
    found = attempt(day("05-10"), day("05-31"), 40, (17, day("05-16")), LENT)
    assert found == Attempt(17, 4, mastered=True)


def test_mastered_on_the_first_day_takes_one_school_day() -> None:
    assert attempt(day("05-10"), day("05-31"), 12, (10, day("05-10")), LENT).days == 1


def test_who_is_not_there_yet_counts_as_far_as_seen() -> None:
    found = attempt(day("05-10"), day("05-14"), 23, None, LENT)
    assert found == Attempt(23, 3, mastered=False)


def test_a_class_has_both_medians_and_the_curve_by_questions() -> None:
    found = survival([Attempt(10, 2, True), Attempt(14, 9, True), Attempt(20, 3, False)])
    assert (found.started, found.mastered) == (3, 2)
    assert (found.median_questions, found.median_days) == (14, 9)
    assert [at for at, _ in found.curve] == [10, 14]
    assert [share for _, share in found.curve] == pytest.approx([2 / 3, 1 / 3])


def test_nobody_has_started() -> None:
    found = survival([])
    assert (found.started, found.mastered) == (0, 0)
    assert (found.median_questions, found.median_days, found.curve) == (None, None, ())
