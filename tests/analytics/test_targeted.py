"""The rules of targeted assignments (docs/metrics.md, "Targeted assignment")."""

import pytest

from analytics.targeted import OwnSkill, difficulty_for, most_struggling
from analytics.totals import Totals
from school.mastery import Mastery


@pytest.mark.parametrize(
    ("right", "difficulty"),
    [(0, "easy"), (59, "easy"), (60, "medium"), (74, "medium"), (75, "hard"), (100, "hard")],
)
def test_the_difficulty_goes_by_accuracy(right: int, difficulty: str) -> None:
    assert difficulty_for(Totals(questions=100, correct=right)) == difficulty


def test_without_practice_it_is_easy() -> None:
    assert difficulty_for(Totals()) == "easy"


@pytest.mark.parametrize(
    ("label", "questions", "correct", "struggling"),
    [
        (Mastery.NEEDS_WORK, 0, 0, True),
        (Mastery.NEEDS_WORK, 10, 10, True),
        (Mastery.IN_PROGRESS, 10, 6, True),
        (Mastery.IN_PROGRESS, 10, 7, False),
        (Mastery.IN_PROGRESS, 9, 0, False),
        (Mastery.MASTERED, 20, 13, True),
        (Mastery.TOO_LITTLE, 4, 0, False),
    ],
)
def test_who_struggles(label: Mastery, questions: int, correct: int, struggling: bool) -> None:
    assert OwnSkill(1, "Ratio", label.value, 0.5, questions, correct).struggling is struggling


def test_three_at_most_the_lowest_estimate_first_then_by_name() -> None:
    weak = Mastery.NEEDS_WORK.value
    own = [
        OwnSkill(1, "Time", weak, 0.40),
        OwnSkill(2, "Ratio", weak, 0.50),
        OwnSkill(3, "Money", weak, 0.40),
        OwnSkill(4, "Sums", weak, 0.60),
        OwnSkill(5, "Lines", Mastery.MASTERED.value, 0.10),
    ]
    assert [one.skill for one in most_struggling(own)] == ["Money", "Time", "Ratio"]
