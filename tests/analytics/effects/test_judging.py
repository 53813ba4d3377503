"""When a kind of help is said to have helped, and when it is too few or too early to tell."""

from datetime import date, timedelta

import numpy as np
import pytest
import statsmodels.api as sm

from analytics.effects.data import LeftOut, Outcome, Verdict, Why
from analytics.effects.judging import effect, gain_of
from analytics.effects.rows import Found, Row, Standing

DAY = date(2024, 3, 4)


def rows(
    treated: int = 8, others: int = 20, gain: float = 0.0, seed: int = 1, classes: int = 1
) -> list[Row]:
    """One date: everyone around 70 %, the helped higher after by a gain."""
    chance = np.random.default_rng(seed)
    made = []
    for student in range(treated + others):
        helped = student < treated
        level = 0.7 + chance.normal(0, 0.08)
        after, before, earlier = level + chance.normal(0, 0.04, 3)
        after += gain * helped
        made.append(Row(student, 1 + student % classes, DAY, helped, after, before, earlier))
    return made


def found_of(made: list[Row], **more: object) -> Found:
    """The same as found, everyone helped being counted."""
    standings = {row.student_id: Standing.COUNTED for row in made if row.treated}
    return Found(made, standings, **more)  # type: ignore[arg-type]


def test_a_clear_gain_helped_and_says_how_much() -> None:
    found = effect("message", Outcome.ACCURACY, [1], found_of(rows(gain=0.2)))
    assert (found.verdict, found.why) == (Verdict.HELPED, None)
    assert found.gain == pytest.approx(0.2, abs=0.05)
    assert found.interval is not None
    assert 0 < found.interval.low < 0.2 < found.interval.high
    assert (found.students, found.treated, found.comparable) == (8, 8, 20)


def test_no_gain_is_no_clear_change() -> None:
    found = effect("message", Outcome.ACCURACY, [1], found_of(rows()))
    assert (found.verdict, found.why) == (Verdict.NO_CLEAR_CHANGE, None)


def test_a_fall_that_the_changes_show_too_fell() -> None:
    assert effect("m", Outcome.ACCURACY, [1], found_of(rows(gain=-0.2))).verdict == Verdict.FELL


def test_a_fall_beside_classmates_alone_is_no_clear_change() -> None:
    # The helped were low when they were helped and are as before: they only did not come back.
    made = [
        row._replace(earlier=row.earlier - 0.25, after=row.after - 0.25) if row.treated else row
        for row in rows()
    ]
    steady = [row._replace(before=row.before) for row in made]
    found = gain_of(steady)
    assert found is not None
    assert found.interval().high < 0
    assert effect("m", Outcome.ACCURACY, [1], found_of(steady)).verdict == Verdict.NO_CLEAR_CHANGE


def test_the_gain_is_that_of_ordinary_least_squares_with_classes_and_dates() -> None:
    second = [
        row._replace(stratum="later", after=row.after + 0.1) for row in rows(seed=2, classes=3)
    ]
    both = rows(classes=3) + second
    columns = np.column_stack(
        [
            [float(row.treated) for row in both],
            [row.before for row in both],
            [row.earlier for row in both],
            *([float(row.class_id == one) for row in both] for one in (2, 3)),
            *([float(row.stratum == one) for row in both] for one in (DAY, "later")),
        ]
    )
    oracle = sm.OLS([row.after for row in both], columns).fit()
    found = gain_of(both)
    assert found is not None
    assert found.value == pytest.approx(oracle.params[0])


@pytest.mark.parametrize(("treated", "why"), [(4, Why.TREATED), (5, None)])
def test_a_verdict_needs_five_students(treated: int, why: Why | None) -> None:
    found = effect("message", Outcome.ACCURACY, [1], found_of(rows(treated=treated)))
    assert found.why == why
    assert (found.gain is None) == (found.verdict == Verdict.TOO_FEW) == (why is not None)


@pytest.mark.parametrize(("others", "why"), [(19, Why.COMPARABLE), (20, None)])
def test_a_verdict_needs_twenty_classmates(others: int, why: Why | None) -> None:
    assert effect("m", Outcome.ACCURACY, [1], found_of(rows(others=others))).why == why


def test_classmates_who_get_help_later_do_not_make_up_the_twenty() -> None:
    made = [row._replace(mixed=row.student_id == 27) for row in rows()]
    found = effect("message", Outcome.ACCURACY, [1], found_of(made))
    assert (found.why, found.comparable, found.helped_later) == (Why.COMPARABLE, 19, 1)


def test_the_same_student_on_two_dates_is_one() -> None:
    twice = rows(others=19) + [row._replace(stratum="later") for row in rows(others=19)]
    found = effect("message", Outcome.ACCURACY, [1], found_of(twice))
    assert (found.treated, found.comparable, found.why) == (8, 19, Why.COMPARABLE)


def test_while_enough_are_waited_for_it_is_too_early() -> None:
    found = found_of(rows(treated=3))
    for place in range(3):
        found.waits(100 + place, DAY + timedelta(days=place))
    early = effect("message", Outcome.ACCURACY, [1], found)
    assert (early.verdict, early.why, early.waiting) == (Verdict.TOO_FEW, Why.EARLY, 3)
    # Two more make five: the data have to reach the second one's days.
    assert early.known_from == DAY + timedelta(days=1)
    del found.standings[101], found.standings[102]
    few = effect("message", Outcome.ACCURACY, [1], found)
    assert (few.why, few.known_from) == (Why.TREATED, None)


def test_once_decided_the_next_student_s_day_is_told() -> None:
    found = found_of(rows())
    found.waits(100, DAY)
    assert effect("message", Outcome.ACCURACY, [1], found).known_from == DAY


def test_nobody_at_all_is_too_few() -> None:
    nothing = effect("message", Outcome.ACCURACY, [1], Found())
    assert (nothing.verdict, nothing.why, nothing.students) == (Verdict.TOO_FEW, Why.TREATED, 0)
    assert (nothing.before, nothing.others_after) == (None, None)
    assert nothing.left_out == LeftOut()


def test_perfect_accuracy_everywhere_tells_nothing() -> None:
    made = [row._replace(after=1.0, before=1.0, earlier=1.0) for row in rows()]
    found = effect("message", Outcome.ACCURACY, [1], found_of(made))
    assert (found.verdict, found.why) == (Verdict.TOO_FEW, Why.NO_SPREAD)
    assert (found.before, found.after) == (1.0, 1.0)


def test_perfect_helped_beside_others_who_scatter_are_judged() -> None:
    made = [row._replace(after=1.0) if row.treated else row for row in rows()]
    found = effect("message", Outcome.ACCURACY, [1], found_of(made))
    assert found.verdict == Verdict.HELPED


def test_a_level_before_that_tells_the_helped_apart_tells_nothing_of_the_help() -> None:
    made = [row._replace(before=float(row.treated)) for row in rows()]
    assert effect("message", Outcome.ACCURACY, [1], found_of(made)).why == Why.NO_SPREAD


def test_the_same_before_and_earlier_count_once() -> None:
    made = [row._replace(earlier=row.before) for row in rows(gain=0.2)]
    found = effect("message", Outcome.ACCURACY, [1], found_of(made))
    assert found.verdict == Verdict.HELPED


def test_days_practised_are_told_in_days() -> None:
    made = rows(gain=0.2)
    shares = effect("message", Outcome.ACCURACY, [1], found_of(made))
    days = effect("message", Outcome.DAYS, [1], found_of(made))
    for one, other in (
        (days.gain, shares.gain),
        (days.before, shares.before),
        (days.others_after, shares.others_after),
    ):
        assert one is not None
        assert other is not None
        assert one == pytest.approx(10 * other)


def test_means_beside_are_those_of_the_helped_students_dates() -> None:
    made = [
        Row(1, 1, "a", True, 0.5, 0.4, 0.4),
        Row(2, 1, "a", False, 0.6, 0.8, 0.4),
        Row(3, 1, "b", True, 0.5, 0.4, 0.4),
        Row(2, 1, "b", False, 0.9, 0.2, 0.4),
        Row(4, 1, "b", False, 0.7, 0.4, 0.4),
    ]
    found = effect("message", Outcome.ACCURACY, [1], found_of(made))
    assert (found.before, found.after) == pytest.approx((0.4, 0.5))
    assert found.others_before == pytest.approx((0.8 + 0.3) / 2)
    assert found.others_after == pytest.approx((0.6 + 0.8) / 2)


def test_claims_are_rare_where_there_is_no_effect() -> None:
    claimed = [
        effect("m", Outcome.ACCURACY, [1], found_of(rows(seed=seed))).verdict
        in (Verdict.HELPED, Verdict.FELL)
        for seed in range(200)
    ]
    # 5 % at most are expected; 20 of 200 would come once in a thousand such runs.
    assert sum(claimed) <= 20
