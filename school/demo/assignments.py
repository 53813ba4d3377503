"""What was assigned at the demo school: to each class something past, due today and due on Friday.

How far each student is with it comes from practice, as everywhere; only the first one was done on
paper, and its results brought in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from school.days import day_start
from school.demo.lists import MIDDLE_SKILLS
from school.demo.people import PRACTISED, DemoStudent
from school.demo.practice import Calendar, met

ASSIGNED_HOUR = 15
FEW = 8
"""So many students, those whom it comes hardest to, get the one for a few."""
ON_TIME, LATE = 0.82, 0.1
"""Shares of those who hand in on paper in time, and late; the rest never do."""
FRIDAY = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DemoAssignment:
    """Practice set to a class, or to a few of it."""

    source_id: str
    class_title: str
    title: str
    skills: tuple[str, ...]
    question_count: int
    difficulty: str
    assigned_at: datetime
    due_at: datetime
    for_few: bool = False
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class DemoPart:
    """A student's part; when it was handed in and the score, in per cent, where on paper."""

    student: DemoStudent
    completed_at: datetime | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    assigned: date
    due: date
    question_count: int
    """For a class of twelve skills; one of fewer does more of each."""
    skills: int = 3
    for_few: bool = False


def assignments(calendar: Calendar) -> Iterator[DemoAssignment]:
    """All assignments, class by class, the oldest first."""
    for title, skills in PRACTISED.items():
        for number, slot in enumerate(_slots(calendar)):
            known = met(skills, calendar, slot.assigned)
            chosen = tuple(
                known[(slot.skills * number + k) % len(known)] for k in range(slot.skills)
            )
            yield DemoAssignment(
                f"{title.lower().replace(' ', '-')}-{number + 1}",
                title,
                f"{slot.name}: {_listed(chosen)}",
                chosen,
                round(slot.question_count * len(MIDDLE_SKILLS) / len(skills)),
                "easy" if slot.for_few else "medium",
                day_start(slot.assigned, calendar.zone) + timedelta(hours=ASSIGNED_HOUR),
                day_start(slot.due + _DAY, calendar.zone) - timedelta(seconds=1),
                slot.for_few,
                on_paper=number == 0,
            )


def parts(
    assignment: DemoAssignment, classmates: Iterable[DemoStudent], calendar: Calendar, rng: Random
) -> Iterator[DemoPart]:
    """Who has the assignment: those in the class when it was set, or the few of them."""
    weeks = calendar.weeks_ago(assignment.assigned_at.astimezone(calendar.zone).date())
    there = [
        one
        for one in classmates
        if (one.story.left or 0)
        <= weeks
        <= (weeks if one.story.joined is None else one.story.joined)
    ]
    if assignment.for_few:
        there = sorted(there, key=lambda one: one.story.level)[:FEW]
    for student in there:
        yield _on_paper(student, assignment, rng) if assignment.on_paper else DemoPart(student)


def _on_paper(student: DemoStudent, assignment: DemoAssignment, rng: Random) -> DemoPart:
    luck, hours, score = rng.random(), rng.uniform(4, 60), rng.gauss(72, 14)
    if luck > ON_TIME + LATE:
        return DemoPart(student)
    step = timedelta(hours=hours) if luck > ON_TIME else -timedelta(hours=hours)
    moment = (assignment.due_at + step).replace(microsecond=0)
    return DemoPart(student, moment, float(round(min(max(score, 20), 100))))


def _slots(calendar: Calendar) -> tuple[_Slot, ...]:
    def friday(weeks_ago: int) -> date:
        return calendar.monday(weeks_ago) + timedelta(days=FRIDAY)

    def school_day(days_ago: int, step: int) -> date:
        return _school_day(calendar, calendar.today - timedelta(days=days_ago), step)

    return (
        _Slot("Warm-up", calendar.monday(12), friday(11), 10),
        _Slot("Practice", calendar.monday(8), friday(7), 12),
        _Slot("Practice", calendar.monday(5), friday(4), 13),
        _Slot("Practice", calendar.monday(3), friday(2), 13),
        _Slot("Catching up", calendar.monday(2), friday(1), 10, skills=2, for_few=True),
        _Slot("Review", school_day(16, -1), school_day(4, -1), 9),
        _Slot("Practice", school_day(9, -1), school_day(0, 1), 8),
        _Slot("This week", school_day(1, -1), _friday(calendar), 8),
    )


def _school_day(calendar: Calendar, day: date, step: int) -> date:
    """The nearest school day from `day` on, or back where `step` is -1."""
    while not calendar.is_school_day(day):
        day += timedelta(days=step)
    return day


def _friday(calendar: Calendar) -> date:
    """The next Friday that is not today."""
    return calendar.today + timedelta(days=(FRIDAY - calendar.today.weekday() - 1) % 7 + 1)


def _listed(skills: tuple[str, ...]) -> str:
    """Skills as a teacher would title them: short, for lists and phones."""
    return f"{skills[0]} and {len(skills) - 1} more"
