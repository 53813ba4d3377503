"""Who is of concern and what is worth praising: the rules, look by look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from tests.independent.raw.assignments import overdue
from tests.independent.raw.mastery import MASTERED, WEAK
from tests.independent.raw.motivation import streaks
from tests.independent.raw.rows import monday
from tests.independent.raw.statistics import Count, Verdict, t_interval, usable, verdict, wilson
from tests.independent.raw.truth import Look

Found = tuple[str, str, str]
"""Kind, severity, and the skill or assignment."""


@dataclass
class Concerns:
    """Concerns as of the end of the days: of the class alone, or of a student in all classes."""

    look: Look
    of_class: bool = False

    def of(self, student: str) -> set[Found]:
        """All of one student."""
        if not self.look.is_judged:
            return set()
        found = {("struggling", grave, skill) for skill, grave in self._struggling(student)}
        missed = self.look.missed(student) if student in self.look.students else 0
        if missed >= 5:
            found.add(("inactive", _grave(missed >= 10), ""))
        for key, late in overdue(self.look, student, self.of_class):
            found.add(("overdue", _grave(late >= 3), key))
        own = self.recent(student)
        if self._is_sure(own) and own.direction == "declining" and own.line:
            found.add(("declining", _grave(own.line.points < -0.03), ""))
        return found

    def praise(self, student: str) -> set[tuple[str, str]]:
        """Kind, and the skill."""
        reach = self.look.reach
        if reach is None or self.look.judged is None:
            return set()
        found = {("mastered", skill) for skill in self._news(student, reach)}
        own = self.recent(student)
        if self._is_sure(own) and own.direction == "improving":
            found.add(("improving", ""))
        if streaks(self.look, student)[0] >= 5:
            found.add(("streak", ""))
        return found

    def _news(self, student: str, reach: date) -> Iterator[str]:
        since = self.look.raw.back(reach, 5)
        for skill, one in self.look.truth.standings(student, self.look.days[1]).items():
            first = self.look.truth.ways[student, skill].reached
            if one.label == MASTERED and first and since <= first[1] <= reach:
                yield skill

    def recent(self, student: str) -> Verdict:
        """The verdict over the last 8 calendar weeks."""
        everyone = [self._weeks(one) for one in self.look.students]
        return verdict(self._weeks(student), everyone)

    def _weeks(self, student: str) -> list[tuple[date, int, int]]:
        reach = self.look.reach
        if reach is None:
            return []
        return self.look.truth.weeks(student, (monday(reach) - timedelta(weeks=7), reach))

    @staticmethod
    def _is_sure(own: Verdict) -> bool:
        return own.weeks >= 6 and own.p is not None and own.p < 0.01

    def shared(self, student: str) -> bool:
        """Whether the classmates fall too."""
        everyone = [self._weeks(one) for one in self.look.students]
        slopes = []
        for other in self.look.students:
            weeks = self._weeks(other)
            if other != student and len(usable(weeks)) >= 6:
                fit = verdict(weeks, everyone).line
                slopes += [fit.points] if fit else []
        ends = t_interval(slopes)
        return len(slopes) >= 5 and ends is not None and fmean(slopes) <= -0.01 and ends[1] < 0

    def _struggling(self, student: str) -> Iterator[tuple[str, str]]:
        reach = self.look.reach
        if reach is None:
            return
        for skill, one in self.look.truth.standings(student, self.look.days[1]).items():
            days = self.look.truth.skill_days(student, skill)
            if one.label == WEAK and self._stays_low(days, reach):
                yield skill, _grave(self._upper(days, reach, 0.95) < 0.60)

    def _upper(self, days: dict[date, Count], look: date, level: float) -> float:
        """The upper end over the 20 school days up to a look; 1 for too few questions."""
        since = self.look.raw.back(look, 20)
        inside = [one for day, one in days.items() if since <= day <= look]
        right, asked = sum(one[0] for one in inside), sum(one[1] for one in inside)
        ends = wilson(right, asked, level)
        return ends[1] if ends and asked >= 10 else 1.0

    def _stays_low(self, days: dict[date, Count], reach: date) -> bool:
        if self._upper(days, reach, 0.99) < 0.70:
            return True
        look = reach
        while look >= min(days, default=reach) and self._upper(days, look, 0.95) < 0.70:
            new = sum(asked for day, (_, asked) in days.items() if look < day <= reach)
            if new >= 5:
                return True
            look = self.look.raw.back(look - timedelta(days=1), 1)
        return False


def _grave(is_grave: bool) -> str:
    return "high" if is_grave else "medium"
