"""Who does well in a class, by name and with the reason (docs/metrics.md, "Ranking")."""

from analytics.reports.data import ClassReport, PraiseKind
from analytics.wording.formats import percent

PRAISED = (PraiseKind.IMPROVING, PraiseKind.MASTERED, PraiseKind.STREAK)
"""Whom to name first: what took longest to reach."""


def doing_well(report: ClassReport) -> list[tuple[str, str]]:
    """Who is praised and of no concern, then the top performers who are not named yet."""
    good = [one for one in report.concerns if one.praise and not one.concerns]
    good.sort(key=lambda one: min(PRAISED.index(each.kind) for each in one.praise))
    said = {one.student_id for one in good}
    top = [(one.student, percent(one.accuracy)) for one in report.top if one.student_id not in said]
    praised = [(one.student, "; ".join(each.reason for each in one.praise)) for one in good]
    return [*praised, *top]
