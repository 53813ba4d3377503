"""The shapes of assignments in reports (docs/metrics.md, "Assignments")."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment of a class. Of `assigned` students `completed` finished, `late` of them late.

    `accuracy` is that of all their questions towards it, `questions` how many those are; `due` is
    the local day on which it was or is due.
    """

    assignment_id: int
    title: str
    skills: tuple[str, ...]
    due: date
    is_due: bool
    assigned: int
    completed: int
    late: int
    questions: int
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class OwnAssignment:
    """One assignment of one student: `state` is `completed`, `completed late`, `open`, `overdue`.

    `questions` of `question_count` are answered, `accuracy` is theirs; `score` is as the source
    reports it. `overdue_days` counts school days since it was due, 0 unless it is overdue.
    """

    assignment_id: int
    title: str
    skills: tuple[str, ...]
    due: date
    state: str
    question_count: int
    questions: int
    accuracy: float | None
    completed_on: date | None
    score: float | None
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class StudentAssignments:
    """A student's assignments: `completed` (`late` of them late) of `assigned` due in the range.

    `rate` is completed / assigned, None where none was due; `open` are those not due yet, the next
    one first, `overdue` those past due and not completed, the longest first. `lines` holds all
    that were due in the range, and the open ones after them.
    """

    assigned: int
    completed: int
    late: int
    rate: float | None
    lines: tuple[OwnAssignment, ...] = ()
    open: tuple[OwnAssignment, ...] = ()
    overdue: tuple[OwnAssignment, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionPoint:
    """A class's assignments due in one week or month, named by its first day.

    `rate` is `completed` / `assigned`, each student counted once an assignment; None where none
    was due.
    """

    start: date
    assigned: int
    completed: int
    late: int
    rate: float | None
