"""Who in the class is of concern, recomputed: Wilson's intervals by scipy, looks one by one.

Nothing of the project's own code is used here. Written from docs/metrics.md, "Concerns".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import scipy.stats

from tests.independent.chemistry import Figures
from tests.independent.classroom import Classroom, Line, verdict

Count = tuple[int, int]


def school_day(day: date) -> bool:
    """Monday to Friday."""
    return day.isoweekday() <= 5


def back(day: date, number: int) -> date:
    """The first of the last school days, walked day by day."""
    left = number
    while True:
        left -= school_day(day)
        if not left:
            return day
        day -= timedelta(days=1)


def upper(count: Count, level: float) -> float:
    """The upper end of Wilson's interval."""
    asked, right = count
    found = scipy.stats.binomtest(right, asked).proportion_ci(level, method="wilson")
    return float(found.high)


@dataclass
class Concerns:
    """The class as of a day: `reach` is the last that the data reach, `last` the last judged."""

    truth: Classroom
    end: date
    reach: date
    last: date

    @cached_property
    def by_skill_and_day(self) -> dict[tuple[str, str, date], Figures]:
        """Each student's totals on each skill and day."""
        return self.truth.chemistry.by_skill_and_day()

    def of(self, student: str) -> set[tuple[str, str, str]]:
        """Kind, severity and skill of each concern."""
        found = {("struggling", severity, skill) for skill, severity in self._struggling(student)}
        missed = self.truth.missed(student, self.end, self.last)
        if missed >= 5:
            found.add(("inactive", "high" if missed >= 10 else "medium", ""))
        points = self._fall(student)
        if points is not None:
            found.add(("declining", "high" if points < -0.03 else "medium", ""))
        return found

    def _struggling(self, student: str) -> Iterator[tuple[str, str]]:
        for (who, skill), standing in self.truth.mastery(self.end).items():
            if who != student or standing.label != "needs work":
                continue
            days = {
                day: (one.questions, one.correct)
                for (who, what, day), one in self.by_skill_and_day.items()
                if (who, what) == (student, skill) and one.questions and day <= self.reach
            }
            if self._is_struggling(days):
                grave = upper(self._recent(days, self.reach), 0.95) < 0.60
                yield skill, "high" if grave else "medium"

    def _recent(self, days: dict[date, Count], look: date) -> Count:
        since = back(look, 20)
        inside = [count for day, count in days.items() if since <= day <= look]
        return sum(asked for asked, _ in inside), sum(right for _, right in inside)

    def _agrees(self, days: dict[date, Count], look: date, level: float) -> bool:
        recent = self._recent(days, look)
        return recent[0] >= 10 and upper(recent, level) < 0.70

    def _is_struggling(self, days: dict[date, Count]) -> bool:
        if self._agrees(days, self.reach, 0.99):
            return True
        looks = [self.reach]
        while looks[-1] > self.reach - timedelta(days=60):
            looks.append(back(looks[-1] - timedelta(days=1), 1))
        return any(
            sum(asked for day, (asked, _) in days.items() if day > first) >= 5
            and all(self._agrees(days, look, 0.95) for look in looks if look >= first)
            for first in looks
        )

    def _fall(self, student: str) -> float | None:
        """The points a week of a decline that is sure; None where there is none."""
        monday = self.reach - timedelta(days=self.reach.weekday() + 49)
        lines: dict[str, Line] = {}
        for (who, week), one in self.truth.chemistry.by_week(monday, self.reach).items():
            lines.setdefault(who, Line([])).weeks.append((week, one.questions, one.correct))
        own = lines.get(student, Line([]))
        if len(own.usable()) < 6 or not own.finite():
            return None
        everyone = [one.fitted() for one in lines.values() if one.finite()]
        p, points = verdict(own.fitted(), everyone)
        return points if p < 0.01 and points <= -0.01 else None
