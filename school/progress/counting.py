"""Counting one student's practice on assignments: pure (docs/metrics.md, "Assignments")."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from school.models import from_millis
from school.progress.events import Event


class Counts(NamedTuple):
    """What is kept of one student's part of an assignment, by the names of its columns."""

    questions: int = 0
    correct: int = 0
    reached_at: datetime | None = None
    counted_from: date | None = None
    questions_before: int = 0
    correct_before: int = 0


class Answered(NamedTuple):
    """Questions on an assignment's skills, all at one moment (milliseconds since 1970)."""

    at: int
    questions: int
    correct: int


@dataclass(slots=True)
class Part:
    """One student's part of an assignment while it is counted.

    Moments are milliseconds since 1970; what happened before `start` is in the counts of `kept`.
    The first `safe` of `answered` come before the day up to which counts will be kept.
    """

    assignment: int
    student: int
    assigned_at: int
    needed: int
    skills: frozenset[int]
    kept: Counts
    start: int = 0
    answered: list[Answered] = field(default_factory=list)
    safe: int = 0

    def take(self, event: Event, times: int) -> None:
        """Count a question, or a session at its end, that names a skill of the assignment.

        A question on several of its skills counts once, and is right when it is right under each.
        """
        if event.until < self.assigned_at or event.at < self.start:
            return
        rights = [right for skill, right, _ in event.parts if skill in self.skills]
        if rights:
            self.answered.append(Answered(event.until, times * event.size, times * min(rights)))

    def counts(self, day: date | None) -> Counts:
        """The counts after all events, kept up to `day`, where it lies behind what was kept."""
        kept, before = self.kept, self.answered[: self.safe]
        questions, correct, reached_at = kept.questions_before, kept.correct_before, kept.reached_at
        if questions < self.needed:
            reached_at = None
        # A session may be over only after answers that began later.
        for one in sorted(self.answered):
            if questions < self.needed <= questions + one.questions:
                reached_at = from_millis(one.at)
            questions += one.questions
            correct += one.correct
        if day is None or (kept.counted_from and day < kept.counted_from):
            return kept._replace(questions=questions, correct=correct, reached_at=reached_at)
        return Counts(
            questions,
            correct,
            reached_at,
            day,
            kept.questions_before + sum(one.questions for one in before),
            kept.correct_before + sum(one.correct for one in before),
        )


class Question(NamedTuple):
    """A question, or `times` equal ones: the first event at its item on its local day."""

    day: date
    day_starts: int
    event: Event
    times: int


def count(parts: list[Part], questions: Iterable[Question]) -> Iterator[Counts]:
    """The counts of each part of one student, whose questions come in order.

    Counts are kept up to the last day whose start no session lies across.
    """
    by_skill: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        for skill in part.skills:
            by_skill[skill].append(part)
    day = kept_from = None
    over = 0
    for question in questions:
        if question.day != day:
            day = question.day
            if over <= question.day_starts:
                kept_from = day
                for part in parts:
                    part.safe = len(part.answered)
        event = question.event
        over = max(over, event.until)
        for part in _concerned(by_skill, event):
            part.take(event, question.times)
    return (part.counts(kept_from) for part in parts)


def _concerned(by_skill: dict[int, list[Part]], event: Event) -> Iterable[Part]:
    if len(event.parts) == 1:
        return by_skill.get(event.parts[0][0], ())
    found = (part for skill, _, _ in event.parts for part in by_skill.get(skill, ()))
    return {part.assignment: part for part in found}.values()
