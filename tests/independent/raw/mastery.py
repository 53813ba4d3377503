"""The mastery estimate and its labels, answer by answer, every mean taken anew."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tests.independent.raw.counting import Question
from tests.independent.raw.rows import Raw

MASTERED, GOING, WEAK, LITTLE = "mastered", "in progress", "needs work", "too little practice"


@dataclass(frozen=True)
class Standing:
    """Where a student stood with a skill after an answer of a day."""

    day: date
    estimate: float
    label: str
    asked: int
    right: int


@dataclass
class Way:
    """A student's way with one skill; `reached` is when mastered was: the question, the day."""

    steps: list[Standing] = field(default_factory=list)
    reached: tuple[int, date] | None = None
    a: float = 0.0
    n: float = 0.0

    def by(self, day: date) -> Standing | None:
        """The last standing of a day or before it."""
        past = [one for one in self.steps if one.day <= day]
        return past[-1] if past else None

    def take(self, s: float, right: int, asked: int, day: date) -> None:
        """One answer, or those of a session, expected with s."""
        kept = 0.9**asked
        self.a = kept * self.a + 10 * (1 - kept) * right / asked
        self.n = kept * self.n + 10 * (1 - kept)
        last = self.steps[-1] if self.steps else Standing(day, 0, LITTLE, 0, 0)
        estimate = (4 * s + self.a) / (4 + self.n)
        label = _label(estimate, last.asked + asked, last.label)
        self.steps.append(Standing(day, estimate, label, last.asked + asked, last.right + right))
        if label == MASTERED and self.reached is None:
            self.reached = last.asked + asked, day


def _label(estimate: float, asked: int, before: str) -> str:
    if (estimate >= 0.80 and asked >= 10) or (before == MASTERED and estimate >= 0.70):
        return MASTERED
    if asked < 5:
        return LITTLE
    if estimate < 0.65 or (before == WEAK and estimate < 0.70):
        return WEAK
    return GOING


def ways(raw: Raw, questions: list[Question]) -> dict[tuple[str, str], Way]:
    """Everyone's way with every skill, by student and skill."""
    mates = _mates(raw)
    met: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    excess: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    found: dict[tuple[str, str], Way] = defaultdict(Way)
    for one in questions:
        before = excess[one.student]
        for skill, right, asked in one.parts:
            theirs = [met[mate, skill] for mate in mates[one.student]]
            mean = (sum(pair[0] for pair in theirs) + 2) / (sum(pair[1] for pair in theirs) + 4)
            s = min(max(mean + before[0] / (before[1] + 10), 0.02), 0.98)
            found[one.student, skill].take(s, right, asked, one.day)
            total, number = excess[one.student]
            excess[one.student] = total + right - asked * mean, number + asked
        for skill, right, asked in one.parts:
            so_far = met[one.student, skill]
            met[one.student, skill] = so_far[0] + right, so_far[1] + asked
    return dict(found)


def _mates(raw: Raw) -> dict[str, set[str]]:
    """Whoever shares a class with a student, at whatever time."""
    inside: dict[str, set[str]] = defaultdict(set)
    for one in raw.enrolled:
        inside[one.course].add(one.student)
    found: dict[str, set[str]] = {one: set() for one in raw.students}
    for members in inside.values():
        for student in members:
            found[student] |= members - {student}
    return found
