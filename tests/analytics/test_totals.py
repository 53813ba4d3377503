"""Totals of practice, and what a class's totals say together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.queries.practice import PracticeDay
from analytics.totals import (
    NOTHING,
    Totals,
    class_accuracy,
    pooled_accuracy,
    standing,
    total,
    total_within,
)
from school.days import DateRange
from tests.analytics.school import day

EVERYONE = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: Totals(max(two), min(two))),
    max_size=30,
)


def test_totals_add_up_and_time_alone_makes_no_active_day() -> None:
    practice = [
        PracticeDay(day("05-13"), 10, 7, 100.5, 20.0),
        PracticeDay(day("05-14"), 0, 0, 30.0, 30.0),
        PracticeDay(day("05-20"), 5, 5, 10.0, 0.0),
    ]
    assert total(practice) == Totals(15, 12, 140.5, 50.0, 2)
    week = DateRange(day("05-13"), day("05-14"))
    assert total_within(practice, week) == Totals(10, 7, 130.5, 50.0, 1)
    assert total([]) == NOTHING


def test_the_class_accuracy_leaves_out_those_below_ten_questions() -> None:
    everyone = [Totals(10, 10), Totals(40, 20), Totals(9, 0), NOTHING]
    found = class_accuracy(everyone)
    assert (found.mean, found.judged) == (0.75, 2)
    assert pooled_accuracy(everyone) == pytest.approx(30 / 59)


def test_nobody_judged_has_no_class_accuracy() -> None:
    found = class_accuracy([Totals(9, 9), NOTHING])
    assert (found.mean, found.interval, found.judged) == (None, None, 0)
    assert pooled_accuracy([NOTHING]) is None


def test_one_judged_student_has_no_interval() -> None:
    assert class_accuracy([Totals(10, 4)]).interval is None


@given(EVERYONE)
def test_the_interval_holds_the_mean_and_stays_within_the_scale(everyone: list[Totals]) -> None:
    found = class_accuracy(everyone)
    if found.interval is not None and found.mean is not None:
        slack = 1e-12
        assert 0 <= found.interval.low <= found.mean + slack
        assert found.mean - slack <= found.interval.high <= 1


def test_a_standing_needs_ten_questions_and_five_judged() -> None:
    four = [Totals(10, 5)] * 4
    assert standing(four[0], four) is None
    assert standing(Totals(9, 5), [*four, Totals(10, 6), Totals(9, 5)]) is None
    five = [*four, Totals(10, 9)]
    assert standing(five[4], five) == 90
    assert standing(five[0], five) == 40
