"""The rules one by one, and all concerns about a student, the gravest first."""

from collections.abc import Sequence

from analytics.calendar import SchoolCalendar
from analytics.concerns.evidence import OwnEvidence, RecentTrend
from analytics.concerns.sensitivity import (
    DECLINING_HIGH,
    NORMAL,
    OVERDUE_HIGH,
    Sensitivity,
)
from analytics.concerns.struggling import struggling
from analytics.concerns.trends import LEAST_WEEKS
from analytics.reports.data import DECLINING, Concern, ConcernKind, OwnAssignment, Severity, Trend
from analytics.wording.formats import percent_span, plural, shorten

NAMED_ASSIGNMENT = 48
_ORDER = list(ConcernKind)
Gravity = tuple[bool, int, float, str]


def concerns_of(
    evidence: OwnEvidence, calendar: SchoolCalendar, bounds: Sensitivity = NORMAL
) -> tuple[Concern, ...]:
    """Every concern about a student, the gravest first."""
    found = [
        inactive(evidence, bounds),
        *(struggling(one, evidence.as_of, calendar, bounds) for one in evidence.skills),
        declining(evidence.recent, bounds),
        *(overdue(one, bounds) for one in evidence.overdue),
    ]
    return tuple(sorted((one for one in found if one), key=gravity))


def gravity(concern: Concern) -> Gravity:
    """What sorts concerns: high first, then by kind, then the worst figure."""
    worst = {
        ConcernKind.INACTIVE: -(concern.days or 0),
        ConcernKind.STRUGGLING: concern.accuracy or 0.0,
        ConcernKind.DECLINING: concern.slope or 0.0,
        ConcernKind.OVERDUE: -(concern.days or 0),
    }[concern.kind]
    name = concern.skill or concern.assignment or ""
    return concern.severity != Severity.HIGH, _ORDER.index(concern.kind), worst, name


def gravity_of(concerns: Sequence[Concern]) -> tuple[Gravity, int]:
    """What sorts students with concerns: their gravest one, then how many there are."""
    return gravity(concerns[0]), -len(concerns)


def inactive(evidence: OwnEvidence, bounds: Sensitivity) -> Concern | None:
    """No practice for so many school days that the data reach."""
    missed = evidence.missed
    if missed is None or missed < bounds.inactive:
        return None
    since, ever = plural(missed, "school day"), evidence.last_practised is not None
    return Concern(
        kind=ConcernKind.INACTIVE,
        severity=Severity.HIGH if missed >= bounds.inactive_high else Severity.MEDIUM,
        reason=f"no practice for {since}" if ever else f"no practice yet, in {since}",
        days=missed,
        since=evidence.last_practised,
    )


def overdue(assignment: OwnAssignment, bounds: Sensitivity) -> Concern | None:
    """An assignment that is past due and not completed."""
    late = assignment.overdue_days
    if assignment.state != "overdue" or late < bounds.overdue:
        return None
    by = f", {plural(late, 'school day')} late" if late else ""
    return Concern(
        kind=ConcernKind.OVERDUE,
        severity=Severity.HIGH if late >= OVERDUE_HIGH else Severity.MEDIUM,
        reason=f"“{shorten(assignment.title, NAMED_ASSIGNMENT)}” not done{by}",
        assignment_id=assignment.assignment_id,
        assignment=assignment.title,
        days=late,
        since=assignment.due,
        questions=assignment.questions,
        accuracy=assignment.accuracy,
    )


def declining(recent: RecentTrend | None, bounds: Sensitivity) -> Concern | None:
    """A verdict of declining over the last 8 weeks that chance hardly makes."""
    if recent is None or not _is_sure(recent.trend, bounds.declining):
        return None
    trend, shared = recent.trend, recent.shared
    ends = f"{percent_span(trend.start, trend.end)} in {plural(trend.span, 'week')}"
    return Concern(
        kind=ConcernKind.DECLINING,
        severity=Severity.HIGH if (trend.slope or 0.0) < -DECLINING_HIGH else Severity.MEDIUM,
        reason=f"declining, {ends}{' as classmates fall too' if shared else ''}",
        slope=trend.slope,
        p=trend.p,
        start=trend.start,
        end=trend.end,
        weeks=trend.span,
        shared=shared,
    )


def _is_sure(trend: Trend, bound: float) -> bool:
    significant = trend.p is not None and trend.p < bound
    return trend.direction == DECLINING and trend.weeks >= LEAST_WEEKS and significant
