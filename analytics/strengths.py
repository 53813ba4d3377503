"""Skills on which a student stands apart (docs/metrics.md, "Strengths and weaknesses").

The student's accuracy on a skill is held against what the classmates' accuracy there would be if
they were as far ahead or behind on everything as the student is. Skills are looked at together, so
that about one student in twenty gets one where there is none (bench/strengths.py).
"""

from collections.abc import Collection, Iterable, Mapping
from math import exp, inf, log
from typing import NamedTuple

from analytics import differences, stats
from analytics.queries.mastery import SkillTotal
from analytics.reports.data import Interval, Strength
from analytics.thresholds import COMPARED_STUDENTS, JUDGED_QUESTIONS

LEVEL = 0.95
_STEPS = 60
_STEP_MOST = 2.0
_SETTLED = 1e-12


class SkillCount(NamedTuple):
    """Questions and right answers on a skill, of how many `students` together."""

    skill: str
    questions: int
    correct: int
    students: int = 1


BySkill = Mapping[int, SkillCount]


def own_and_mates(
    totals: Iterable[SkillTotal], student_id: int, classmates: Collection[int]
) -> tuple[BySkill, BySkill]:
    """By skill, the student's counts, and those of the `classmates` without the student, pooled."""
    own: dict[int, SkillCount] = {}
    mates: dict[int, SkillCount] = {}
    others = set(classmates) - {student_id}
    for one in totals:
        if one.student_id == student_id:
            own[one.skill_id] = SkillCount(one.skill, one.questions, one.correct)
        elif one.student_id in others:
            before = mates.get(one.skill_id, SkillCount(one.skill, 0, 0, 0))
            mates[one.skill_id] = before._replace(
                questions=before.questions + one.questions,
                correct=before.correct + one.correct,
                students=before.students + 1,
            )
    return own, mates


def strengths(own: BySkill, mates: BySkill) -> tuple[tuple[Strength, ...], tuple[Strength, ...]]:
    """Relative strengths and weaknesses, each the widest gap first."""
    found = gaps(own, mates)
    strong = tuple(one for one in found if one.interval.low > 0)
    weak = tuple(one for one in reversed(found) if one.interval.high < 0)
    return strong, weak


def gaps(own: BySkill, mates: BySkill) -> tuple[Strength, ...]:
    """Every skill that can be compared, the furthest ahead first.

    That is one with at least 10 questions of the student and 10 of at least four classmates.
    """
    shared = [key for key in own if key in mates and own[key].questions and _enough(mates[key])]
    compared = [key for key in shared if own[key].questions >= JUDGED_QUESTIONS]
    if not compared:
        return ()
    ahead = overall_gap([own[key] for key in shared], [mates[key] for key in shared])
    level = 1 - (1 - LEVEL) / len(compared)
    found = [_gap(key, own[key], mates[key], ahead, level) for key in compared]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.skill)))


def _enough(mates: SkillCount) -> bool:
    return mates.questions >= JUDGED_QUESTIONS and mates.students >= COMPARED_STUDENTS - 1


def overall_gap(own: Iterable[SkillCount], mates: Iterable[SkillCount]) -> float:
    """How far ahead of the classmates the student is on log odds, skill for skill.

    Shifted by it, the classmates' accuracies give as many right answers to the student's questions
    as the student got. Half a right and half a wrong answer more, on either side, keep it finite
    (Haldane, 1956; Anscombe, 1956). It is the maximum likelihood of a logistic line with the
    classmates' log odds as offset, found by Newton's steps.
    """
    asked, right = 0, 0
    rows: list[tuple[int, float]] = []
    for one, theirs in zip(own, mates, strict=True):
        asked, right = asked + one.questions, right + one.correct
        rows.append((one.questions, _log_odds((theirs.correct + 0.5) / (theirs.questions + 1))))
    wanted, ahead = asked * (right + 0.5) / (asked + 1), 0.0
    for _ in range(_STEPS):
        shares = [(questions, _share(odds + ahead)) for questions, odds in rows]
        short = wanted - sum(questions * share for questions, share in shares)
        step = short / sum(questions * share * (1 - share) for questions, share in shares)
        ahead += max(-_STEP_MOST, min(_STEP_MOST, step))
        if abs(step) < _SETTLED:
            break
    return ahead


def _gap(key: int, own: SkillCount, mates: SkillCount, ahead: float, level: float) -> Strength:
    share, theirs = own.correct / own.questions, mates.correct / mates.questions
    around = stats.wilson(own.correct, own.questions, level=level) or Interval(0, 1)
    beside = stats.wilson(mates.correct, mates.questions, level=level) or Interval(0, 1)
    shifted = shift(theirs, ahead)
    moved = Interval(shift(beside.low, ahead), shift(beside.high, ahead))
    return Strength(
        skill_id=key,
        skill=own.skill,
        accuracy=share,
        questions=own.questions,
        class_accuracy=theirs,
        gap=share - shifted,
        interval=differences.of_shares(share, around, shifted, moved),
    )


def shift(share: float, ahead: float) -> float:
    """A share moved by so much on log odds; 0 and 1 stay where they are."""
    return _share(_log_odds(share) + ahead)


def _log_odds(share: float) -> float:
    if share <= 0 or share >= 1:
        return -inf if share <= 0 else inf
    return log(share / (1 - share))


def _share(log_odds: float) -> float:
    """The inverse of the log odds, without overflow at either end."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    return exp(log_odds) / (1 + exp(log_odds))
