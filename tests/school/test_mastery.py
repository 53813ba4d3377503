"""The mastery estimate and its labels, with their hysteresis."""

from itertools import cycle, islice, permutations

import pytest

from school.mastery import (
    DECAY,
    Mastery,
    after_session,
    classmates_mean,
    estimate,
    label_after,
    prior,
)

TOO_LITTLE, NEEDS_WORK = Mastery.TOO_LITTLE, Mastery.NEEDS_WORK
IN_PROGRESS, MASTERED = Mastery.IN_PROGRESS, Mastery.MASTERED


@pytest.mark.parametrize(
    ("previous", "value", "questions", "label"),
    [
        (TOO_LITTLE, 0.99, 4, TOO_LITTLE),
        (TOO_LITTLE, 0.10, 4, TOO_LITTLE),
        (TOO_LITTLE, 0.64, 5, NEEDS_WORK),
        (TOO_LITTLE, 0.65, 5, IN_PROGRESS),
        (IN_PROGRESS, 0.80, 9, IN_PROGRESS),
        (IN_PROGRESS, 0.80, 10, MASTERED),
        (MASTERED, 0.70, 11, MASTERED),
        (MASTERED, 0.699, 11, IN_PROGRESS),
        (MASTERED, 0.64, 11, NEEDS_WORK),
        (NEEDS_WORK, 0.699, 11, NEEDS_WORK),
        (NEEDS_WORK, 0.70, 11, IN_PROGRESS),
        (NEEDS_WORK, 0.80, 11, MASTERED),
        (IN_PROGRESS, 0.66, 11, IN_PROGRESS),
    ],
)
def test_labels_are_kept_until_the_other_bound(
    previous: Mastery, value: float, questions: int, label: Mastery
) -> None:
    assert label_after(previous, value, questions) is label


@pytest.mark.parametrize(
    ("pattern", "label"),
    [
        ([1] * 9 + [0], MASTERED),
        ([1, 1, 1, 0], IN_PROGRESS),
        ([1, 0, 1, 0, 1], NEEDS_WORK),
    ],
)
def test_steady_practice_ends_in_the_label_of_the_specification(
    pattern: list[int], label: Mastery
) -> None:
    weight_correct = weight_total = 0.0
    seen, accuracy = TOO_LITTLE, sum(pattern) / len(pattern)
    for count, right in enumerate(islice(cycle(pattern), 60), 1):
        weight_correct = DECAY * weight_correct + right
        weight_total = DECAY * weight_total + 1
        seen = label_after(seen, estimate(accuracy, weight_correct, weight_total), count)
    assert seen is label


def test_means_are_shrunk_and_the_prior_is_kept_off_the_ends() -> None:
    assert classmates_mean(0, 0) == 0.5
    assert classmates_mean(6, 8) == 8 / 12
    assert prior(0.5, 2.0, 10) == pytest.approx(0.6)
    assert (prior(0.9, 9.0, 10), prior(0.1, -9.0, 10)) == (0.98, 0.02)


def test_a_session_comes_to_the_mean_over_all_orders_of_its_answers() -> None:
    ends = []
    for order in permutations([1, 1, 1, 0, 0]):
        correct, total = 2.0, 3.0
        for right in order:
            correct, total = DECAY * correct + right, DECAY * total + 1
        ends.append((correct, total))
    means = [sum(values) / len(values) for values in zip(*ends, strict=True)]
    assert after_session(2.0, 3.0, 5, 3) == pytest.approx(tuple(means))
    assert after_session(0.5, 1.0, 1, 1) == pytest.approx((DECAY * 0.5 + 1, DECAY + 1))
