"""What was done for whom and when, ready to be looked up."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from analytics.effects.data import Action, Outcome
from analytics.effects.practice import Skills
from analytics.reports.data import ConcernKind
from school.days import DateRange


class Help(NamedTuple):
    """All that one kind of help was for a student on one day."""

    student_id: int
    kind: str
    outcome: Outcome
    day: date
    skills: Skills


def outcome_of(action: Action) -> Outcome:
    """After inactivity the days practised are looked at, else the accuracy."""
    return Outcome.DAYS if action.concern == ConcernKind.INACTIVE else Outcome.ACCURACY


def skills_of(actions: Iterable[Action]) -> Skills:
    """The skills concerned of all these actions: all skills where one of them names none."""
    named = [one.skill_ids for one in actions]
    return tuple(sorted({skill for one in named for skill in one})) if all(named) else ()


def helps(actions: Iterable[Action]) -> list[Help]:
    """The actions, those of one kind, day and student taken together; in order of days."""
    found: defaultdict[tuple[date, int, str, Outcome], list[Action]] = defaultdict(list)
    for one in actions:
        found[one.day, one.student_id, one.kind, outcome_of(one)].append(one)
    return [
        Help(student, kind, outcome, day, () if outcome == Outcome.DAYS else skills_of(same))
        for (day, student, kind, outcome), same in sorted(found.items(), key=lambda one: one[0])
    ]


class Given:
    """On which days who was given what."""

    def __init__(self, actions: Iterable[Action]) -> None:
        found: defaultdict[int, set[tuple[date, str]]] = defaultdict(set)
        for one in actions:
            found[one.student_id].add((one.day, one.kind))
        self._given = {student: sorted(own) for student, own in found.items()}
        self._days = {student: [day for day, _ in own] for student, own in self._given.items()}

    def kinds(self, student_id: int, days: DateRange) -> set[str]:
        """The kinds of help that the student was given within these days."""
        own = self._days.get(student_id, [])
        first, last = bisect_left(own, days.start), bisect_right(own, days.end)
        return {kind for _, kind in self._given.get(student_id, [])[first:last]}
