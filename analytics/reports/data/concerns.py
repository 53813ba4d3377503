"""The shapes of concerns and praise: what the alert rules found (docs/metrics.md, "Concerns")."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.reports.data.common import Interval


class ConcernKind(StrEnum):
    """What the alert rules look for."""

    INACTIVE = "inactive"
    STRUGGLING = "struggling"
    OVERDUE = "overdue"
    DECLINING = "declining"


class Severity(StrEnum):
    """How soon somebody should act; `high` comes first."""

    HIGH = "high"
    MEDIUM = "medium"


class PraiseKind(StrEnum):
    """What is worth praising."""

    MASTERED = "mastered"
    STREAK = "streak"
    IMPROVING = "improving"


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern about one student, with its evidence. `reason` says it in words.

    `days` counts school days (without practice; past due), `accuracy` of `questions` with its 95 %
    `interval` is the evidence of a struggling skill, `slope` and `p` that of a decline, whose
    fitted ends are `start` and `end` over `weeks` calendar weeks; `shared`: classmates fall too.
    """

    kind: ConcernKind
    severity: Severity
    reason: str
    skill_id: int | None = None
    skill: str | None = None
    assignment_id: int | None = None
    assignment: str | None = None
    days: int | None = None
    since: date | None = None
    accuracy: float | None = None
    questions: int | None = None
    interval: Interval | None = None
    slope: float | None = None
    p: float | None = None
    start: float | None = None
    end: float | None = None
    weeks: int | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Praise:
    """Something worth praising, in words."""

    kind: PraiseKind
    reason: str
    skill_id: int | None = None
    skill: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class StudentConcerns:
    """A student of a class with all concerns, the gravest first."""

    student_id: int
    student: str
    concerns: tuple[Concern, ...]
    praise: tuple[Praise, ...] = ()
