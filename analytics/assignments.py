"""How far students are with what was assigned (docs/metrics.md, "Assignments").

Pure functions over the rows of analytics/queries/assignments.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from analytics import stats
from analytics.calendar import SchoolCalendar, judged_days
from analytics.queries.assignments import AssignmentHead, AssignmentPart
from analytics.queries.people import Member
from analytics.reports.data import (
    AssignmentLine,
    CompletionPoint,
    OwnAssignment,
    StudentAssignments,
)
from analytics.series import period_start
from school.days import DateRange, day_start, local_day

COMPLETED, LATE, OPEN, OVERDUE = "completed", "completed late", "open", "overdue"
OVERDUE_DAYS = 30
"""An assignment is called overdue for so many calendar days; older ones only lower the rate."""

Heads = Mapping[int, AssignmentHead]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment at which assignments are looked at, so that a past range says the same each time.

    Completions count up to `moment`: now, or the end of the range's last day. What was due after
    `known`, the end of the last day that the data reach, is not known to be missed. `judged` is the
    last day on which practice could be missed, None where there is none.
    """

    moment: datetime
    known: datetime
    judged: date | None
    zone: ZoneInfo
    calendar: SchoolCalendar

    @property
    def day(self) -> date:
        """The local day of the moment, or the last one before it where that is a day's end."""
        return local_day(self.moment - timedelta(milliseconds=1), self.zone)

    def due_day(self, head: AssignmentHead) -> date:
        """The local day on which an assignment is or was due."""
        return local_day(head.due_at, self.zone)

    def is_due(self, head: AssignmentHead) -> bool:
        """Whether an assignment's time is over, as far as the data reach."""
        return head.due_at <= self.known


def as_of(
    days: DateRange,
    data_through: datetime | None,
    *,
    now: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar,
) -> AsOf:
    """The moment at which a report over `days` looks at assignments.

    Without `data_through` there is no practice, and imported completions are all that is known.
    """
    moment = min(now, _end(days.end, zone))
    known = (
        moment if data_through is None else min(moment, _end(local_day(data_through, zone), zone))
    )
    judged = judged_days(DateRange(date.min, days.end), data_through or moment, now=now, zone=zone)
    return AsOf(moment, known, judged.end if judged else None, zone, calendar)


def _end(day: date, zone: ZoneInfo) -> datetime:
    return day_start(day + timedelta(days=1), zone)


def looked_at_since(days: DateRange, at: AsOf) -> datetime:
    """Assignments due from this moment on are needed for a report: of the range, or overdue."""
    return day_start(min(days.start, at.day - timedelta(days=OVERDUE_DAYS)), at.zone)


def completed_at(part: AssignmentPart, at: AsOf) -> datetime | None:
    """When it was completed: imported as such, or the set number reached, whichever came first.

    None where neither had happened by the moment looked at.
    """
    moments = [one for one in (part.completed_at, part.reached_at) if one is not None]
    first = min(moments, default=None)
    return first if first is not None and first <= at.moment else None


def own_assignment(head: AssignmentHead, part: AssignmentPart, at: AsOf) -> OwnAssignment:
    """One student's assignment with its state."""
    done = completed_at(part, at)
    state = _state(head, done, at)
    return OwnAssignment(
        assignment_id=head.assignment_id,
        title=head.title,
        skills=head.skills,
        due=at.due_day(head),
        state=state,
        question_count=head.question_count,
        questions=part.questions,
        accuracy=stats.share(part.correct, part.questions),
        completed_on=None if done is None else local_day(done, at.zone),
        score=part.score,
        overdue_days=_school_days_since(at.due_day(head), at) if state == OVERDUE else 0,
    )


def _state(head: AssignmentHead, done: datetime | None, at: AsOf) -> str:
    if done is not None:
        return LATE if done > head.due_at else COMPLETED
    return OVERDUE if at.is_due(head) else OPEN


def _school_days_since(day: date, at: AsOf) -> int:
    return 0 if at.judged is None else at.calendar.count(day + timedelta(days=1), at.judged)


def student_assignments(
    rows: Iterable[tuple[AssignmentHead, AssignmentPart]], days: DateRange, at: AsOf
) -> StudentAssignments:
    """A student's assignments: those due in `days`, those not due yet, and those overdue.

    An assignment counts where the student was enrolled in its class on the day it was due, one not
    due yet where they are on the day looked at.
    """
    mine = [
        (head, part) for head, part in rows if _concerns(head, head.starts_on, head.ends_on, at)
    ]
    lines = [own_assignment(head, part, at) for head, part in mine]
    due = [one for one, (head, _) in zip(lines, mine, strict=True) if at.is_due(head)]
    coming = [one for one, (head, _) in zip(lines, mine, strict=True) if not at.is_due(head)]
    counted = [one for one in due if one.due in days]
    completed = [one for one in counted if one.state in (COMPLETED, LATE)]
    return StudentAssignments(
        assigned=len(counted),
        completed=len(completed),
        late=sum(one.state == LATE for one in completed),
        rate=stats.share(len(completed), len(counted)),
        lines=(*counted, *coming),
        open=tuple(one for one in coming if one.state == OPEN),
        overdue=_overdue(due, at),
    )


def _overdue(due: Iterable[OwnAssignment], at: AsOf) -> tuple[OwnAssignment, ...]:
    """Those overdue now, the longest first."""
    oldest = at.day - timedelta(days=OVERDUE_DAYS)
    found = [one for one in due if one.state == OVERDUE and one.due >= oldest]
    return tuple(sorted(found, key=attrgetter("due", "assignment_id")))


def _concerns(head: AssignmentHead, starts_on: date | None, ends_on: date | None, at: AsOf) -> bool:
    """Whether somebody enrolled between these days was to do it."""
    day = at.due_day(head) if at.is_due(head) else at.day
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


@dataclass(frozen=True, slots=True)
class ClassAssignments:
    """A class's assignments: `completed` (`late` of them late) of `assigned` due in the range.

    Each student counts once an assignment. `rate` is completed / assigned, None where none was due;
    `lines` are those due in the range and then those not due yet, `points` the same by week or
    month of the due day. `overdue` has the longest overdue of each student first, by student id.
    """

    assigned: int
    completed: int
    late: int
    rate: float | None
    lines: tuple[AssignmentLine, ...] = ()
    points: tuple[CompletionPoint, ...] = ()
    overdue: Mapping[int, tuple[OwnAssignment, ...]] = field(default_factory=dict)


def class_assignments(
    heads: Iterable[AssignmentHead],
    parts: Iterable[AssignmentPart],
    members: Iterable[Member],
    days: DateRange,
    at: AsOf,
    *,
    by: str = "week",
) -> ClassAssignments:
    """What the class was assigned, and how far it is, over the parts of these `members`.

    A part counts where its student was enrolled on the day the assignment was due, of one not due
    yet where they are on the day looked at. `by` is `day`, `week` or `month`.
    """
    mine = _counted({one.assignment_id: one for one in heads}, parts, members, at)
    shown = [one for one in mine if not at.is_due(one) or at.due_day(one) in days]
    lines = [_line(head, mine[head], at) for head in shown]
    due = [line for line in lines if line.is_due]
    assigned, completed, late = _sums(due)
    return ClassAssignments(
        assigned=assigned,
        completed=completed,
        late=late,
        rate=stats.share(completed, assigned),
        lines=(*due, *(line for line in lines if not line.is_due)),
        points=completion_points(due, by),
        overdue=_overdue_by_student(mine, at),
    )


Counted = dict[AssignmentHead, list[AssignmentPart]]
"""By assignment, in the order of the heads, the parts that count."""


def _counted(
    heads: Heads, parts: Iterable[AssignmentPart], members: Iterable[Member], at: AsOf
) -> Counted:
    people = {one.student_id: one for one in members}
    found: dict[int, list[AssignmentPart]] = {one: [] for one in heads}
    for part in parts:
        one, head = people.get(part.student_id), heads.get(part.assignment_id)
        if one and head and _concerns(head, one.starts_on, one.ends_on, at):
            found[head.assignment_id].append(part)
    return {heads[one]: own for one, own in found.items() if own}


def _line(head: AssignmentHead, parts: Sequence[AssignmentPart], at: AsOf) -> AssignmentLine:
    done = [one for one in (completed_at(part, at) for part in parts) if one is not None]
    questions = sum(part.questions for part in parts)
    return AssignmentLine(
        assignment_id=head.assignment_id,
        title=head.title,
        skills=head.skills,
        due=at.due_day(head),
        is_due=at.is_due(head),
        assigned=len(parts),
        completed=len(done),
        late=sum(one > head.due_at for one in done),
        questions=questions,
        accuracy=stats.share(sum(part.correct for part in parts), questions),
    )


def _sums(lines: Iterable[AssignmentLine]) -> tuple[int, int, int]:
    counts = [(one.assigned, one.completed, one.late) for one in lines]
    assigned, completed, late = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    return assigned, completed, late


def completion_points(lines: Iterable[AssignmentLine], by: str) -> tuple[CompletionPoint, ...]:
    """The assignments that were due in each day, week or month that has one, in order."""
    found: dict[date, list[AssignmentLine]] = {}
    for line in lines:
        found.setdefault(period_start(line.due, by), []).append(line)
    return tuple(_point(start, found[start]) for start in sorted(found))


def _point(start: date, lines: Sequence[AssignmentLine]) -> CompletionPoint:
    assigned, completed, late = _sums(lines)
    return CompletionPoint(start, assigned, completed, late, stats.share(completed, assigned))


def _overdue_by_student(mine: Counted, at: AsOf) -> dict[int, tuple[OwnAssignment, ...]]:
    found: dict[int, list[OwnAssignment]] = {}
    for head, parts in mine.items():
        for part in parts if at.is_due(head) else ():
            if completed_at(part, at) is None:
                found.setdefault(part.student_id, []).append(own_assignment(head, part, at))
    overdue = {student: _overdue(own, at) for student, own in found.items()}
    return {student: own for student, own in overdue.items() if own}
