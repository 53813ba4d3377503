"""Practice by student and day, added up over windows quickly."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from analytics.calendar import SchoolCalendar
from school.days import DateRange

Skills = tuple[int, ...]
"""Skills concerned, in order; none stands for all."""


class DayCount(NamedTuple):
    """Questions and right answers of one local day."""

    day: date
    questions: int
    correct: int


class Counts:
    """One student's days with practice, added up from the first on."""

    def __init__(self, days: Iterable[DayCount]) -> None:
        kept = sorted(one for one in days if one.questions)
        self.days = [one.day for one in kept]
        self._questions = [0, *accumulate(one.questions for one in kept)]
        self._correct = [0, *accumulate(one.correct for one in kept)]

    def within(self, days: DateRange) -> tuple[int, int]:
        """Questions and right answers within these days."""
        first, last = bisect_left(self.days, days.start), bisect_right(self.days, days.end)
        questions = self._questions[last] - self._questions[first]
        return questions, self._correct[last] - self._correct[first]

    def active(self, days: DateRange, calendar: SchoolCalendar) -> int:
        """The school days with practice within these days."""
        first, last = bisect_left(self.days, days.start), bisect_right(self.days, days.end)
        return sum(day in calendar for day in self.days[first:last])

    def last_before(self, day: date) -> date | None:
        """The last day with practice before a day."""
        place = bisect_left(self.days, day)
        return self.days[place - 1] if place else None


class PracticeBook:
    """Everyone's practice: all of it by day, and that on each of the skills concerned.

    A question that names several of the skills concerned counts under each of them.
    """

    def __init__(
        self,
        totals: Mapping[int, Sequence[DayCount]],
        by_skill: Mapping[tuple[int, int], Sequence[DayCount]],
    ) -> None:
        self._totals = totals
        self._by_skill = by_skill
        self._made: dict[tuple[int, Skills], Counts] = {}
        self._everyone: Counts | None = None

    def of(self, student_id: int, skills: Skills = ()) -> Counts:
        """One student's practice on these skills."""
        key = student_id, skills
        if key not in self._made:
            self._made[key] = Counts(self._days(student_id, skills))
        return self._made[key]

    def _days(self, student_id: int, skills: Skills) -> Iterable[DayCount]:
        if not skills:
            return self._totals.get(student_id, ())
        found: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
        for skill in skills:
            for day, questions, correct in self._by_skill.get((student_id, skill), ()):
                found[day][0] += questions
                found[day][1] += correct
        return [DayCount(day, *counts) for day, counts in found.items()]

    def anyone(self, days: DateRange) -> bool:
        """Whether anyone practised within these days."""
        if self._everyone is None:
            self._everyone = Counts(day for days in self._totals.values() for day in days)
        return self._everyone.within(days)[0] > 0
