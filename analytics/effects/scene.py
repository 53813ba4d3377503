"""All that is known about the students of some classes: enrolment, practice, help, school days.

A student is *without help* on a day when nothing of any kind was done for them on it or in the 20
school days before. What is done for them later leaves them in: leaving out those who come to need
help would keep the ones who did well, and would make every help look harmful
(docs/decisions/0015-effects.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.calendar import SchoolCalendar
from analytics.effects.helps import Given
from analytics.effects.practice import PracticeBook
from analytics.effects.windows import Windows, windows
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student, when they were in which of the classes, and through which day all is known."""

    student_id: int
    stays: tuple[tuple[int, DateRange], ...]
    known: date | None

    def class_through(self, days: DateRange) -> int | None:
        """The first of the classes that the student was in on all of these days."""
        for class_id, stay in self.stays:
            if stay.start <= days.start and days.end <= stay.end:
                return class_id
        return None

    def knows(self, day: date) -> bool:
        """Whether the data reach over a day."""
        return self.known is not None and day <= self.known


@dataclass(frozen=True, slots=True)
class Scene:
    """All that effects are found in. `first_day` is the first with practice of anyone."""

    pupils: Mapping[int, Pupil]
    book: PracticeBook
    given: Given
    calendar: SchoolCalendar
    first_day: date | None

    def around(self, day: date) -> Windows:
        """The windows around a day."""
        return windows(day, self.calendar)

    def helped_before(self, student_id: int, around: Windows) -> bool:
        """Whether something was done for the student in the windows before."""
        return bool(self.given.kinds(student_id, around.past))

    def without_help(self, student_id: int, around: Windows) -> bool:
        """Whether nothing was done for the student on the day or in the windows before."""
        return not self.given.kinds(student_id, DateRange(around.past.start, around.day))

    def helped_after(self, student_id: int, around: Windows) -> bool:
        """Whether something was done for the student in the window after."""
        return bool(self.given.kinds(student_id, around.after))

    def kinds_since(self, student_id: int, around: Windows) -> set[str]:
        """What was done for the student on the day and in the window after."""
        return self.given.kinds(student_id, DateRange(around.day, around.after.end))
