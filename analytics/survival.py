"""Time to mastery of a class by Kaplan and Meier (1958) (docs/metrics.md, "Time to mastery")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.calendar import SchoolCalendar
from analytics.reports.data import Survival

Curve = Sequence[tuple[int, Fraction]]
"""Where the share of those not there yet steps down, and to what."""
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One student's way to mastery of a skill, as far as it is known.

    `questions` and `days` (school days, the first one included) are those until mastered was first
    reached, or, where it is not, those seen so far.
    """

    questions: int
    days: int
    mastered: bool


def attempt(
    first: date,
    seen: date,
    questions: int,
    mastered: tuple[int, date] | None,
    calendar: SchoolCalendar,
) -> Attempt:
    """The way to mastery of a student whose first answer came on `first`.

    `mastered` is the question at which it was first reached, and its day. Without one `questions`
    are all so far, and `seen` is the last day on which mastery would have been noticed.
    """
    if mastered is None:
        return Attempt(questions, calendar.count(first, seen), mastered=False)
    question, day = mastered
    return Attempt(question, calendar.count(first, day), mastered=True)


def survival(attempts: Sequence[Attempt]) -> Survival:
    """How long a class takes to master a skill; those not there yet are censored."""
    by_questions = kaplan_meier((one.questions, one.mastered) for one in attempts)
    by_days = kaplan_meier((one.days, one.mastered) for one in attempts)
    return Survival(
        started=len(attempts),
        mastered=sum(one.mastered for one in attempts),
        median_questions=median(by_questions),
        median_days=median(by_days),
        curve=tuple((float(at), float(share)) for at, share in by_questions),
    )


def kaplan_meier(times: Iterable[tuple[int, bool]]) -> Curve:
    """The product-limit estimate of the share not there yet, in exact fractions.

    `times` are (time, whether it was reached then). Who is censored at a time counts as still
    waiting when others reach it at that time.
    """
    waiting = list(times)
    share, curve = Fraction(1), list[tuple[int, Fraction]]()
    for at in sorted({time for time, reached in waiting if reached}):
        left = sum(time >= at for time, _ in waiting)
        there = sum(reached for time, reached in waiting if time == at)
        share *= 1 - Fraction(there, left)
        curve.append((at, share))
    return curve


def median(curve: Curve) -> float | None:
    """The first time by which at least half are there; None where the curve ends above half."""
    return next((float(at) for at, share in curve if share <= HALF), None)
