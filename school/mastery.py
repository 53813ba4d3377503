"""The mastery estimate and its labels (docs/metrics.md, "Mastery"): pure arithmetic.

A discounted beta-binomial estimate (compare R-PFA, Galyardt and Goldin) of a student's chance of
answering the next question on a skill right.
"""

from enum import StrEnum

DECAY = 0.9
LIMIT = 10.0
"""1 / (1 - DECAY): what N comes to after many questions."""
PRIOR_WEIGHT = 4.0
MASTERED_FROM, MASTERED_KEPT, MASTERED_QUESTIONS = 0.80, 0.70, 10
NEEDS_WORK_BELOW, NEEDS_WORK_UNTIL, LABEL_QUESTIONS = 0.65, 0.70, 5
CLASS_SHRINK, EXCESS_SHRINK = 4.0, 10.0
PRIOR_LOW, PRIOR_HIGH = 0.02, 0.98


class Mastery(StrEnum):
    """How far a student is with a skill."""

    MASTERED = "mastered"
    IN_PROGRESS = "in progress"
    NEEDS_WORK = "needs work"
    TOO_LITTLE = "too little practice"


def classmates_mean(correct: float, questions: float) -> float:
    """Classmates' share of right answers on a skill, shrunk by 4 answers to 0.5."""
    return (correct + CLASS_SHRINK * 0.5) / (questions + CLASS_SHRINK)


def prior(mean: float, excess_sum: float, excess_count: int) -> float:
    """s: the classmates' mean plus the student's own mean excess, shrunk by 10; in .02–.98."""
    return min(max(mean + excess_sum / (excess_count + EXCESS_SHRINK), PRIOR_LOW), PRIOR_HIGH)


def estimate(prior: float, weight_correct: float, weight_total: float) -> float:
    """(4s + A) / (4 + N)."""
    return (PRIOR_WEIGHT * prior + weight_correct) / (PRIOR_WEIGHT + weight_total)


def after_session(
    weight_correct: float, weight_total: float, questions: int, correct: int
) -> tuple[float, float]:
    """A and N after a session of `questions`, `correct` of them right, in an unknown order.

    A becomes 0.9ⁿA + 10(1 − 0.9ⁿ)c/n and N becomes 0.9ⁿN + 10(1 − 0.9ⁿ): what every order of the
    answers comes to when each counts for their mean.
    """
    kept = DECAY**questions
    added = LIMIT * (1 - kept)
    return kept * weight_correct + added * correct / questions, kept * weight_total + added


def label_after(previous: Mastery, value: float, questions: int) -> Mastery:
    """The label after an answer that brought the estimate to `value` with `questions` in all.

    Mastered is kept until the estimate falls below 0.70, needs work until it reaches 0.70.
    """
    if value >= MASTERED_FROM and questions >= MASTERED_QUESTIONS:
        return Mastery.MASTERED
    if previous is Mastery.MASTERED and value >= MASTERED_KEPT:
        return Mastery.MASTERED
    if questions < LABEL_QUESTIONS:
        return Mastery.TOO_LITTLE
    if value < NEEDS_WORK_BELOW or (previous is Mastery.NEEDS_WORK and value < NEEDS_WORK_UNTIL):
        return Mastery.NEEDS_WORK
    return Mastery.IN_PROGRESS
