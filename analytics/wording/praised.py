"""Who does well in a class, by name and with the reason (docs/metrics.md, "Ranking")."""

from collections.abc import Sequence

from analytics.reports.data import ClassReport, Praise, PraiseKind
from analytics.wording.formats import joined, percent

PRAISED = (PraiseKind.IMPROVING, PraiseKind.MASTERED, PraiseKind.STREAK)
"""Whom to name first: what took longest to reach."""
NAMED = 3
"""Skills just mastered that are named before the rest is counted."""


def doing_well(report: ClassReport) -> list[tuple[str, str]]:
    """Who is praised and of no concern, then the top performers who are not named yet."""
    good = [one for one in report.concerns if one.praise and not one.concerns]
    good.sort(key=lambda one: min(PRAISED.index(each.kind) for each in one.praise))
    said = {one.student_id for one in good}
    top = [(one.student, percent(one.accuracy)) for one in report.top if one.student_id not in said]
    praised = [(one.student, "; ".join(praises(one.praise))) for one in good]
    return [*praised, *top]


def praises(found: Sequence[Praise]) -> list[str]:
    """What deserves praise, all skills mastered in one clause."""
    new = [one.skill for one in found if one.kind == PraiseKind.MASTERED and one.skill]
    rest = [one.reason for one in found if one.kind != PraiseKind.MASTERED or not one.skill]
    more = [f"{len(new) - NAMED} more"] if len(new) > NAMED else []
    return [f"mastered {joined([*new[:NAMED], *more])}", *rest] if new else rest
