"""What was assigned, counted row by row, as of the end of the days looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from tests.independent.raw.rows import Work, first_of
from tests.independent.raw.truth import ONE_DAY, Look, Truth


@dataclass(frozen=True)
class Part:
    """One student's part of an assignment."""

    work: Work
    student: str
    due: date
    state: str
    asked: int
    right: int
    done: datetime | None
    late_days: int

    @property
    def is_due(self) -> bool:
        """Whether it counts as due."""
        return self.state != "open" and not self.early

    early: bool = False
    """Completed, and not due yet."""


def parts(look: Look, works: list[Work], students: list[str]) -> list[Part]:
    """Those that count, each of a student who was in its class on the day that decides."""
    found = []
    for work in sorted(works, key=lambda one: one.due):
        is_due = work.due <= _known(look)
        day = look.raw.day(work.due) if is_due else _day(look)
        for student in sorted(set(work.students) & set(students)):
            if look.truth.window(student, work.course, (day, day)):
                found.append(_part(look, work, student, is_due=is_due))
    return [one for one in found if one.work.assigned <= _moment(look)]


def _moment(look: Look) -> datetime:
    """As of when it is looked."""
    return min(look.raw.now, look.raw.midnight(look.days[1] + ONE_DAY))


def _day(look: Look) -> date:
    return look.raw.day(_moment(look) - timedelta(milliseconds=1))


def _known(look: Look) -> datetime:
    """What is due until then is known to be due: the end of the last day of the data."""
    if look.through_day is None:
        return _moment(look)
    return min(_moment(look), look.raw.midnight(look.through_day + ONE_DAY))


def _part(look: Look, work: Work, student: str, *, is_due: bool) -> Part:
    asked, right, reached = towards(look.truth, work, student)
    moments = [one for one in (work.done.get(student), reached) if one]
    done = min(moments, default=None)
    if done and done > _moment(look):
        done = None
    state = ("completed late" if done > work.due else "completed") if done else "open"
    late = 0
    if not done and is_due:
        state, late = "overdue", _late(look, look.raw.day(work.due))
    due, early = look.raw.day(work.due), not is_due
    return Part(work, student, due, state, asked, right, done, late, early)


def _late(look: Look, due: date) -> int:
    over = look.over
    if look.through is None:
        over = min(look.days[1], look.raw.today - ONE_DAY)
    return look.raw.school_days(due + ONE_DAY, over) if over else 0


@cache
def towards(truth: Truth, work: Work, student: str) -> tuple[int, int, datetime | None]:
    """Questions towards it, right ones, and when the set number was reached."""
    rows = []
    for one in truth.counted.questions:
        named = [part for part in one.parts if part[0] in work.skills]
        begun = one.day >= truth.raw.day(work.assigned) - ONE_DAY
        if one.student == student and named and one.over >= work.assigned and begun:
            right = one.right if one.is_session else min(part[1] for part in named)
            rows.append((one.over, one.asked, right))
    rows.sort()
    so_far, reached = 0, None
    for over, asked, _ in rows:
        so_far += asked
        if reached is None and so_far >= work.count:
            reached = over
    return so_far, sum(right for _, _, right in rows), reached


def of_student(look: Look, student: str) -> list[Part]:
    """The parts of one student, in all classes."""
    return parts(look, look.raw.work, [student])


def of_class(look: Look) -> list[Part]:
    """The parts of the class's students in the class."""
    mine = [one for one in look.raw.work if one.course == look.course]
    return parts(look, mine, look.students)


def due_in(look: Look, found: list[Part]) -> list[Part]:
    """Those that were due in the days."""
    return [one for one in found if one.is_due and look.days[0] <= one.due <= look.days[1]]


def sums(found: list[Part]) -> tuple[int, int, int]:
    """Assigned, completed, completed late."""
    states = [one.state for one in found]
    late = states.count("completed late")
    return len(states), states.count("completed") + late, late


def overdue(look: Look, student: str, in_class: bool) -> Iterator[tuple[str, int]]:
    """What is overdue, with the school days that it is late."""
    oldest = _day(look) - timedelta(days=30)
    for one in of_student(look, student):
        elsewhere = in_class and one.work.course != look.course
        if one.state == "overdue" and one.due >= oldest and not elsewhere:
            yield one.work.key, one.late_days


def by_period(look: Look, found: list[Part], by: str) -> dict[date, tuple[int, int, int]]:
    """Assigned, completed and late by the period of the due day."""
    starts = sorted({first_of(one.due, by) for one in found})
    return {
        start: sums([one for one in found if first_of(one.due, by) == start]) for start in starts
    }
