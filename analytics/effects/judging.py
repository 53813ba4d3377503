"""The verdict on one kind of help, from its rows."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

import numpy as np

from analytics import differences, stats
from analytics.effects.data import KindEffect, Outcome, Verdict, Why
from analytics.effects.robust import Coefficient, Whole, coefficient
from analytics.effects.rows import Found, Row, Standing
from analytics.effects.windows import LENGTH
from analytics.reports.data import Interval

LEAST_TREATED, LEAST_COMPARABLE = 5, 20
"""Helped students, and classmates who stayed without help, that a verdict needs."""
Value = TypeVar("Value", bound=Hashable)


def effect(kind: str, outcome: Outcome, class_ids: Sequence[int], found: Found) -> KindEffect:
    """What can be said about a kind of help."""
    helped = [row for row in found.rows if row.treated]
    others = [row for row in found.rows if not row.treated]
    unhelped = _students(row for row in others if not row.mixed)
    gain = gain_of(found.rows) if found.rows else None
    why = _lacking(found, unhelped, gain)
    interval = gain.interval() if gain and not why else None
    unit = LENGTH if outcome == Outcome.DAYS else 1
    return KindEffect(
        kind=kind,
        outcome=outcome,
        class_ids=tuple(class_ids),
        verdict=verdict(interval, found.rows) if interval else Verdict.TOO_FEW,
        why=why,
        students=len(found.standings),
        treated=_students(helped),
        comparable=unhelped,
        waiting=_count(found, Standing.WAITING),
        known_from=_known_from(found),
        left_out=found.left_out(),
        gain=gain.value * unit if gain and interval else None,
        interval=interval and Interval(interval.low * unit, interval.high * unit),
        before=_mean((row.before for row in helped), unit),
        after=_mean((row.after for row in helped), unit),
        others_before=_mean(_beside(found.rows, lambda row: row.before), unit),
        others_after=_mean(_beside(found.rows, lambda row: row.after), unit),
        together=_students(row for row in helped if row.mixed),
        helped_later=_students(others) - unhelped,
    )


def gain_of(rows: Sequence[Row]) -> Coefficient | None:
    """How much the helped gained over the others of their strata (analysis of covariance).

    The outcome after on being helped, the outcome before and earlier, with an effect of each
    stratum and of each class. None where that cannot be told.
    """
    classes = _numbered(row.class_id for row in rows)
    columns = [[row.before for row in rows], [row.earlier for row in rows]]
    columns += [[float(one == number) for one in classes] for number in range(1, max(classes) + 1)]
    return coefficient(
        np.array([row.after for row in rows]),
        np.array([float(row.treated) for row in rows]),
        np.array(columns).T,
        _array(row.stratum for row in rows),
        _array(row.student_id for row in rows),
    )


def verdict(interval: Interval, rows: Sequence[Row]) -> Verdict:
    """Helped, fell or no clear change.

    What fell beside classmates must have fallen from its own earliest window too: students who were
    helped because they had just been low may be lower than the low weeks let one expect.
    """
    if interval.low > 0:
        return Verdict.HELPED
    if interval.high < 0 and _fell_by_itself(rows):
        return Verdict.FELL
    return Verdict.NO_CLEAR_CHANGE


def _fell_by_itself(rows: Sequence[Row]) -> bool:
    """Whether Welch's test on the changes, less those of the stratum's others, says so too."""
    usual = _usual(rows, lambda row: row.change)
    changes: defaultdict[tuple[bool, int], list[float]] = defaultdict(list)
    for row in rows:
        changes[row.treated, row.student_id].append(row.change - usual[row.stratum])
    means = [(key[0], sum(own) / len(own)) for key, own in changes.items()]
    found = differences.welch([x for helped, x in means if helped], [x for h, x in means if not h])
    return found is not None and found.interval.high < 0


def _usual(rows: Iterable[Row], figure: Callable[[Row], float]) -> dict[Hashable, float]:
    """By stratum, the mean of a figure over those without help."""
    figures: defaultdict[Hashable, list[float]] = defaultdict(list)
    for row in rows:
        if not row.treated:
            figures[row.stratum].append(figure(row))
    return {stratum: sum(own) / len(own) for stratum, own in figures.items()}


def _beside(rows: Iterable[Row], figure: Callable[[Row], float]) -> Iterator[float]:
    """What is usual without help, once for each of the helped."""
    kept = list(rows)
    usual = _usual(kept, figure)
    return (usual[row.stratum] for row in kept if row.treated)


def _lacking(found: Found, unhelped: int, gain: Coefficient | None) -> Why | None:
    """What is missing for a verdict, if anything."""
    treated = _count(found, Standing.COUNTED)
    if treated < LEAST_TREATED:
        early = treated + _count(found, Standing.WAITING) >= LEAST_TREATED
        return Why.EARLY if early else Why.TREATED
    if unhelped < LEAST_COMPARABLE:
        return Why.COMPARABLE
    return None if gain else Why.NO_SPREAD


def _known_from(found: Found) -> date | None:
    """The day through which the data must reach until the helped are enough, or the next is in."""
    days = sorted(
        found.waiting[student]
        for student, standing in found.standings.items()
        if standing == Standing.WAITING
    )
    lacking = max(LEAST_TREATED - _count(found, Standing.COUNTED), 1)
    return days[lacking - 1] if len(days) >= lacking else None


def _count(found: Found, standing: Standing) -> int:
    return sum(one == standing for one in found.standings.values())


def _students(rows: Iterable[Row]) -> int:
    return len({row.student_id for row in rows})


def _mean(values: Iterable[float], unit: int) -> float | None:
    middle = stats.mean(list(values))
    return None if middle is None else middle * unit


def _numbered(values: Iterable[Value]) -> list[int]:
    """The same values numbered from 0 as they first appear."""
    numbers: dict[Value, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _array(values: Iterable[Hashable]) -> Whole:
    return np.array(_numbered(values), dtype=np.int64)
