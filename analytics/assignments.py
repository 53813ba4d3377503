"""How far students are with what was assigned (docs/metrics.md, "Assignments").

Pure functions over the rows of analytics/queries/assignments.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter

from analytics import stats
from analytics.as_of import OVERDUE_DAYS, AsOf
from analytics.queries.assignments import AssignmentHead, AssignmentPart
from analytics.queries.people import Member
from analytics.reports.data import (
    AssignmentLine,
    CompletionPoint,
    OwnAssignment,
    StudentAssignments,
)
from analytics.series import period_start
from school.days import DateRange, local_day

COMPLETED, LATE, OPEN, OVERDUE = "completed", "completed late", "open", "overdue"


def completed_at(part: AssignmentPart, at: AsOf) -> datetime | None:
    """When it was completed: imported as such, or the set number reached, whichever came first.

    None where neither had happened by the moment looked at.
    """
    first = part.completed_at
    if first is None or (part.reached_at is not None and part.reached_at < first):
        first = part.reached_at
    return first if first is not None and first <= at.moment else None


def own_assignment(head: AssignmentHead, part: AssignmentPart, at: AsOf) -> OwnAssignment:
    """One student's assignment with its state."""
    return _own_of(head, [part], at)[0]


def _own_of(head: AssignmentHead, parts: Sequence[AssignmentPart], at: AsOf) -> list[OwnAssignment]:
    """The same for several students: what they share is found out once."""
    due = at.due_day(head)
    days_late = _school_days_since(due, at)
    return [_own(head, part, due, days_late, at) for part in parts]


def _own(
    head: AssignmentHead, part: AssignmentPart, due: date, days_late: int, at: AsOf
) -> OwnAssignment:
    done = completed_at(part, at)
    state = _state(head, done, at)
    return OwnAssignment(
        assignment_id=head.assignment_id,
        title=head.title,
        skills=head.skills,
        due=due,
        state=state,
        question_count=head.question_count,
        questions=part.questions,
        accuracy=stats.share(part.correct, part.questions),
        completed_on=None if done is None else local_day(done, at.zone),
        score=part.score,
        overdue_days=days_late if state == OVERDUE else 0,
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
        (head, part)
        for head, part in rows
        if _holds(head.starts_on, head.ends_on, at.counted_on(head))
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


def _holds(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Whether an enrolment between these days, either of them open, holds a day."""
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
    mine = _counted(heads, parts, members, at)
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


Done = tuple[AssignmentPart, datetime | None]
"""A part, and when it was completed."""
Counted = dict[AssignmentHead, list[Done]]
"""By assignment, in the order of the heads, the parts that count."""


def _counted(
    heads: Iterable[AssignmentHead],
    parts: Iterable[AssignmentPart],
    members: Iterable[Member],
    at: AsOf,
) -> Counted:
    windows = {one.student_id: (one.starts_on, one.ends_on) for one in members}
    found: defaultdict[int, list[AssignmentPart]] = defaultdict(list)
    for part in parts:
        found[part.assignment_id].append(part)
    return {
        head: own
        for head in heads
        if (own := _enrolled(found[head.assignment_id], windows, at.counted_on(head), at))
    }


def _enrolled(
    parts: Iterable[AssignmentPart],
    windows: Mapping[int, tuple[date | None, date | None]],
    on: date,
    at: AsOf,
) -> list[Done]:
    """The parts of those enrolled on a day."""
    return [
        (part, completed_at(part, at))
        for part in parts
        if part.student_id in windows and _holds(*windows[part.student_id], on)
    ]


def _line(head: AssignmentHead, parts: Sequence[Done], at: AsOf) -> AssignmentLine:
    done = [moment for _, moment in parts if moment is not None]
    questions = sum(part.questions for part, _ in parts)
    return AssignmentLine(
        assignment_id=head.assignment_id,
        title=head.title,
        skills=head.skills,
        due=at.due_day(head),
        is_due=at.is_due(head),
        assigned=len(parts),
        completed=len(done),
        late=sum(moment > head.due_at for moment in done),
        questions=questions,
        accuracy=stats.share(sum(part.correct for part, _ in parts), questions),
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
        late = [part for part, done in parts if done is None and at.is_due(head)]
        for part, own in zip(late, _own_of(head, late, at), strict=True):
            found.setdefault(part.student_id, []).append(own)
    overdue = {student: _overdue(own, at) for student, own in found.items()}
    return {student: own for student, own in overdue.items() if own}
