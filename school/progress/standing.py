"""Where students stand with skills: the mastery estimate, question by question in order of time.

The estimate's prior moves with classmates' earlier answers on the skill and with the student's own
mean excess over such means (docs/metrics.md, "Mastery"). Classmates' sums are whole numbers, and a
student's own sums are added up in the order of their questions: a replay from any day on ends in
the very same figures.
"""

from collections import defaultdict
from datetime import date

from school.mastery import (
    DECAY,
    Mastery,
    after_session,
    classmates_mean,
    estimate,
    label_after,
    prior,
)
from school.progress.books import DayBook, Part
from school.progress.classmates import Classmates

_ONE_QUESTION = 1 << 32
"""Sums of a group hold questions in the high and right answers in the low 32 bits."""
_RIGHT = _ONE_QUESTION - 1


class OnSkillSoFar:
    """One student's standing on one skill."""

    __slots__ = (
        "correct",
        "estimate",
        "label",
        "mastered_at_question",
        "mastered_on",
        "prior",
        "questions",
        "weight_correct",
        "weight_total",
    )

    def __init__(self) -> None:
        self.weight_correct = self.weight_total = 0.0
        self.questions = self.correct = 0
        self.prior = self.estimate = 0.5
        self.label = Mastery.TOO_LITTLE
        self.mastered_at_question: int | None = None
        self.mastered_on: date | None = None

    def take(self, correct: int, questions: int, prior: float, day: date) -> None:
        """Count questions on the skill, `correct` of them right, begun when `prior` was expected.

        The label is judged after all of them.
        """
        if questions == 1:
            self.weight_correct = DECAY * self.weight_correct + correct
            self.weight_total = DECAY * self.weight_total + 1
        else:
            self.weight_correct, self.weight_total = after_session(
                self.weight_correct, self.weight_total, questions, correct
            )
        self.questions += questions
        self.correct += correct
        self.prior = prior
        self.estimate = estimate(prior, self.weight_correct, self.weight_total)
        self.label = label_after(self.label, self.estimate, self.questions)
        if self.label is Mastery.MASTERED and self.mastered_on is None:
            self.mastered_at_question, self.mastered_on = self.questions, day


class Standing:
    """The standing of students 0..n-1 on every skill, and their excess over classmates."""

    def __init__(self, classmates: Classmates) -> None:
        self._classmates = classmates
        count = len(classmates.group)
        self.skills: list[dict[int, OnSkillSoFar]] = [{} for _ in range(count)]
        self.excess_sum = [0.0] * count
        self.excess_count = [0] * count
        self._sums: dict[int, list[int]] = defaultdict(lambda: [0] * classmates.groups)

    def restore(self, student: int, skill: int, on_skill: OnSkillSoFar) -> None:
        """Put back where a student stood on a skill at the end of an earlier day."""
        self.skills[student][skill] = on_skill
        self._add(student, skill, on_skill.questions * _ONE_QUESTION + on_skill.correct)

    def take_day(self, book: DayBook) -> None:
        """Go through a day's questions in their order."""
        for place, parts in sorted(book.questions):
            self._take(place[2], parts, book.day)

    def on_skill(self, student: int, skill: int) -> OnSkillSoFar:
        """The standing of a student on a skill, from nothing on."""
        skills = self.skills[student]
        if skill not in skills:
            skills[skill] = OnSkillSoFar()
        return skills[skill]

    def _take(self, student: int, parts: list[Part], day: date) -> None:
        # All skills of a question, and all questions of a session, are judged by what was known
        # before.
        before_sum, before_count = self.excess_sum[student], self.excess_count[student]
        means = [self._mean(student, part[0]) for part in parts]
        for (skill, correct, questions), mean in zip(parts, means, strict=True):
            expected = prior(mean, before_sum, before_count)
            self.on_skill(student, skill).take(correct, questions, expected, day)
            self.excess_sum[student] += correct - questions * mean
            self.excess_count[student] += questions
            self._add(student, skill, questions * _ONE_QUESTION + correct)

    def _mean(self, student: int, skill: int) -> float:
        """Classmates' mean on a skill so far, the student's own answers taken out."""
        everyone = self._sums[skill][self._classmates.group[student]]
        own = self.on_skill(student, skill)
        return classmates_mean((everyone & _RIGHT) - own.correct, (everyone >> 32) - own.questions)

    def _add(self, student: int, skill: int, packed: int) -> None:
        sums = self._sums[skill]
        for group in self._classmates.groups_fed[student]:
            sums[group] += packed
