"""The mastery estimate and its labels, with the hysteresis of METRICS."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.mastery import Mastery, classmates_mean, estimate, label_after, prior

SHARES = st.floats(0, 1)


def test_without_any_answer_everything_stands_at_a_half() -> None:
    assert classmates_mean(0, 0) == 0.5
    assert prior(0.5, 0.0, 0) == 0.5
    assert estimate(0.5, 0.0, 0.0) == 0.5


def test_a_prior_never_is_certain() -> None:
    assert prior(0.95, 50.0, 10) == 0.98
    assert prior(0.05, -50.0, 10) == 0.02


def test_excess_is_shrunk_by_ten_answers() -> None:
    assert prior(0.5, 2.0, 10) == pytest.approx(0.6)


@given(SHARES, st.lists(st.booleans(), min_size=1, max_size=60))
def test_an_estimate_stays_between_nothing_and_certainty(start: float, answers: list[bool]) -> None:
    right = total = 0.0
    for answer in answers:
        right, total = 0.9 * right + answer, 0.9 * total + 1
        assert 0 <= estimate(start, right, total) <= 1


@pytest.mark.parametrize(
    ("before", "value", "questions", "after"),
    [
        (Mastery.TOO_LITTLE, 0.95, 4, Mastery.TOO_LITTLE),
        (Mastery.TOO_LITTLE, 0.95, 9, Mastery.IN_PROGRESS),
        (Mastery.IN_PROGRESS, 0.80, 10, Mastery.MASTERED),
        (Mastery.IN_PROGRESS, 0.799, 10, Mastery.IN_PROGRESS),
        (Mastery.MASTERED, 0.70, 30, Mastery.MASTERED),
        (Mastery.MASTERED, 0.699, 30, Mastery.IN_PROGRESS),
        (Mastery.MASTERED, 0.64, 30, Mastery.NEEDS_WORK),
        (Mastery.IN_PROGRESS, 0.66, 30, Mastery.IN_PROGRESS),
        (Mastery.TOO_LITTLE, 0.649, 5, Mastery.NEEDS_WORK),
        (Mastery.NEEDS_WORK, 0.69, 30, Mastery.NEEDS_WORK),
        (Mastery.NEEDS_WORK, 0.70, 30, Mastery.IN_PROGRESS),
    ],
)
def test_labels_turn_where_the_metrics_say(
    before: Mastery, value: float, questions: int, after: Mastery
) -> None:
    assert label_after(before, value, questions) is after


@pytest.mark.parametrize(
    ("share", "label"),
    [(0.9, Mastery.MASTERED), (0.75, Mastery.IN_PROGRESS), (0.6, Mastery.NEEDS_WORK)],
)
def test_steady_practice_ends_where_the_specification_says(share: float, label: Mastery) -> None:
    """90 % is mastered, 75 % in progress, 60 % needs work."""
    now = Mastery.TOO_LITTLE
    values = [estimate(share, share * n, n) for n in (10 * (1 - 0.9**k) for k in range(1, 41))]
    assert all(abs(b - a) < 1e-9 for a, b in pairwise(values))
    for questions, value in enumerate(values, 1):
        now = label_after(now, value, questions)
    assert now is label
