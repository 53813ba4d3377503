"""Classes written by hand for the pure part: school days by number, practice by day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from analytics.calendar import SchoolCalendar
from analytics.effects.data import Action
from analytics.effects.helps import Given
from analytics.effects.practice import DayCount, PracticeBook
from analytics.effects.scene import Pupil, Scene
from school.days import DateRange

EVER = DateRange(date.min, date.max)
HOLIDAYS = (date(2024, 2, 19), date(2024, 3, 29))
CALENDAR = SchoolCalendar.of(HOLIDAYS)
DAYS = [
    one for n in range(210) if (one := date(2024, 1, 1) + timedelta(days=n)) in SchoolCalendar()
]
"""Mondays to Fridays from 1 January 2024 on."""
Practice = Mapping[int, Sequence[tuple[int, ...]]]
"""By student: the number of the day, questions, right answers."""


def message(student_id: int, day: int, **more: object) -> Action:
    """A message on the day of that number."""
    return Action(student_id, str(more.pop("kind", "message")), DAYS[day], **more)  # type: ignore[arg-type]


def absent(student_id: int, day: int, kind: str = "message") -> Action:
    """Help after inactivity."""
    return Action(student_id, kind, DAYS[day], concern="inactive")


def steady(questions: int, correct: int, days: Iterable[int] = range(100)) -> list[tuple[int, ...]]:
    """The same on each of these days."""
    return [(day, questions, correct) for day in days]


def scene(
    practice: Practice,
    actions: Iterable[Action],
    *,
    known: int = 120,
    stays: Mapping[int, tuple[tuple[int, DateRange], ...]] | None = None,
    calendar: SchoolCalendar | None = None,
    by_skill: Mapping[tuple[int, int], Sequence[tuple[int, ...]]] | None = None,
) -> Scene:
    """A class 1 with everyone who practised, the data known through the day of that number."""
    book = PracticeBook(
        {student: _counts(days) for student, days in practice.items()},
        {key: _counts(days) for key, days in (by_skill or {}).items()},
    )
    pupils = {
        student: Pupil(student, (stays or {}).get(student, ((1, EVER),)), known_day(known))
        for student in practice
    }
    first = min((one[0] for days in practice.values() for one in days), default=0)
    return Scene(pupils, book, Given(actions), calendar or SchoolCalendar(), DAYS[first])


def known_day(number: int) -> date | None:
    """The day of a number; None for a negative one."""
    return DAYS[min(number, len(DAYS) - 1)] if number >= 0 else None


def _counts(days: Iterable[tuple[int, ...]]) -> list[DayCount]:
    return [DayCount(DAYS[day], questions, correct) for day, questions, correct in days]
