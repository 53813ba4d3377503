"""What a family is written to about."""

from enum import StrEnum

from school.errors import InvalidInput

_CODES = {
    "inactive": "inactivity",
    "overdue": "overdue_work",
    "overdue work": "overdue_work",
}
"""What the rules of the alerts, and the specification, call the same."""


class ConcernType(StrEnum):
    """What a notice to a family is about."""

    INACTIVITY = "inactivity"
    STRUGGLING = "struggling"
    OVERDUE_WORK = "overdue_work"
    DECLINING = "declining"
    PRAISE = "praise"
    OTHER = "other"


def concern_type_of(code: ConcernType | str) -> ConcernType:
    """The type of a code, such as that of an alert's rule. Raises InvalidInput."""
    known = str(code).strip().lower()
    known = _CODES.get(known, known)
    if known not in set(ConcernType):
        raise InvalidInput("concern_type", "Choose what it is about.")
    return ConcernType(known)


def rule_of(concern: ConcernType) -> str | None:
    """What the alert rules call it (`analytics.reports.data.ConcernKind`); None for the others."""
    rules = {
        ConcernType.INACTIVITY: "inactive",
        ConcernType.STRUGGLING: "struggling",
        ConcernType.OVERDUE_WORK: "overdue",
        ConcernType.DECLINING: "declining",
    }
    return rules.get(concern)
