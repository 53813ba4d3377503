"""A class beside other classes (docs/metrics.md, "Comparisons")."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analytics import differences, stats, totals
from analytics.calendar import judged_days, past_day
from analytics.queries import people, practice
from analytics.reports.data import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    ClassBeside,
    ClassComparison,
    Coverage,
)
from analytics.totals import Totals
from analytics.wording.comparison import class_comparison_finding
from school.days import DEFAULT_DAYS, DateRange, last_days, local_day

SURE = 0.05
"""The p below which two classes differ, after adjusting for how many are looked at."""


@dataclass(frozen=True, slots=True)
class _Course:
    """A class, its members in the range and their totals."""

    head: people.ClassHead
    members: tuple[people.Member, ...]
    sums: list[Totals]

    @property
    def ids(self) -> set[int]:
        """The members' ids."""
        return {one.student_id for one in self.members}


def get_class_comparison(
    class_id: int,
    others: Iterable[int],
    *,
    session: Session,
    now: datetime,
    date_range: DateRange | None = None,
) -> ClassComparison:
    """A class against `others` of its workspace, over the last 30 days unless said otherwise.

    It checks no access: callers open the class first, and hand in only classes that the viewer may
    see (school/access). Raises NotFound where there is no such class.
    """
    head = people.class_head(session, class_id)
    days = date_range or last_days(DEFAULT_DAYS, local_day(now, head.zone))
    heads = [head, *(people.class_head(session, one) for one in others if one != class_id)]
    own, *beside = _courses(heads, days, session=session)
    everyone = own.ids.union(*(one.ids for one in beside))
    comparison = ClassComparison(
        class_id=class_id,
        title=head.title,
        range=days,
        timezone=head.zone.key,
        coverage=_coverage(own.members),
        own=_beside(own),
        others=_others(own, beside),
        finding="",
        replaying=practice.being_replayed(session, head.workspace_id, everyone),
    )
    judged = judged_days(days, comparison.coverage.data_through, now=now, zone=head.zone)
    past = past_day(judged, now=now, zone=head.zone) is not None
    return replace(comparison, finding=class_comparison_finding(comparison, past=past))


def _courses(
    heads: Sequence[people.ClassHead], days: DateRange, *, session: Session
) -> list[_Course]:
    """The classes with their members' totals; everybody's practice is asked for once."""
    members = [people.members(session, one.class_id, days, days.end) for one in heads]
    ids = {one.student_id for inside in members for one in inside}
    practised = practice.practice_days(session, heads[0].workspace_id, ids, days)
    sums = {one: totals.total(practised[one]) for one in ids}
    return [
        _Course(one, inside, [sums[member.student_id] for member in inside])
        for one, inside in zip(heads, members, strict=True)
    ]


def _coverage(members: Sequence[people.Member]) -> Coverage:
    days: list[date] = [day for one in members for day in (one.first_day, one.last_day) if day]
    first, last = min(days, default=None), max(days, default=None)
    return Coverage(people.newest_data(members), first, last)


def _beside(course: _Course) -> ClassBeside:
    average, sums = totals.class_accuracy(course.sums), course.sums
    return ClassBeside(
        class_id=course.head.class_id,
        title=course.head.title,
        accuracy=average.mean,
        interval=average.interval,
        judged=average.judged,
        students=len(sums),
        questions=stats.mean([one.questions for one in sums]),
        active_days=stats.mean([one.active_days for one in sums]),
    )


def _others(own: _Course, others: Sequence[_Course]) -> tuple[ClassBeside, ...]:
    """The other classes, each with how the first differs from it, the highest accuracy first."""
    mine = totals.judged_accuracies(own.sums)
    found = [differences.welch(mine, totals.judged_accuracies(one.sums)) for one in others]
    p_values = iter(differences.holm([one.p for one in found if one]))
    lines = [
        _against(replace(_beside(one), shared=len(own.ids & one.ids)), gap, p_values)
        for one, gap in zip(others, found, strict=True)
    ]
    return tuple(sorted(lines, key=lambda one: (-(one.accuracy or -1.0), one.title)))


def _against(
    line: ClassBeside, found: differences.MeanDifference | None, p_values: Iterator[float]
) -> ClassBeside:
    if found is None:
        return line
    p = next(p_values)
    sure = ABOVE if found.gap > 0 else BELOW
    return replace(
        line,
        gap=found.gap,
        gap_interval=found.interval,
        p=p,
        side=sure if p < SURE else NOT_CLEAR,
    )
