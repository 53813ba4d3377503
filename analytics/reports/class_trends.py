"""How one metric of a class went over a range (docs/metrics.md, "Trends")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics import measures, skills, totals
from analytics.as_of import as_of, looked_at_since
from analytics.assignments import ClassAssignments, class_assignments
from analytics.calendar import SchoolCalendar, engagement, judged_days, school_calendar
from analytics.developments import beside, common, mastery_share, range_of, reach
from analytics.feeds import known_days
from analytics.measures import Period, periods
from analytics.queries import assignments, mastery, people, practice
from analytics.reports.data import Coverage
from analytics.reports.data.trends import (
    CLASS_METRICS,
    MasteryShare,
    Metric,
    SeriesPoint,
    TrendReport,
)
from analytics.series import class_period_for, period_for, shown_days, totals_by_period
from analytics.totals import NOTHING, Totals
from analytics.wording.trends import trend_finding
from school.days import DateRange, local_day

NONE = ClassAssignments(0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class _Found:
    """All that the queries found about a class, before any judging."""

    head: people.ClassHead
    members: tuple[people.Member, ...]
    days: DateRange
    now: datetime
    practised: practice.Practice
    calendar: SchoolCalendar
    replaying: bool

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the school's days."""
        return self.head.zone

    @property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach."""
        return people.newest_data(self.members)

    @property
    def judged(self) -> DateRange | None:
        """Those of the range's days on which practice could be missed."""
        return judged_days(self.days, self.data_through, now=self.now, zone=self.zone)


def get_class_trend_data(
    class_id: int,
    metric: str,
    days: int | DateRange,
    *,
    session: Session,
    now: datetime,
    by: str | None = None,
) -> TrendReport:
    """How a class's `metric` went over local days, or over the last so many, as of `now`.

    `by` is `day`, `week` or `month` (day up to 14 days, week up to 26 weeks, else month; accuracy
    and completion by week at the shortest, as few students answer enough in a day). It rests on
    everyone enrolled on at least one day of the range. It checks no access: callers open the
    class first (school/access). Raises InvalidInput on an unknown `metric` or `by`, NotFound where
    there is no such class.
    """
    asked = measures.known_metric(metric, CLASS_METRICS)
    head = people.class_head(session, class_id)
    wanted = range_of(days, now, head.zone)
    period = measures.known_period(by or _default_period(asked, wanted))
    found = _gather(head, wanted, session=session, now=now)
    given = _assignments(found, period, session) if asked is Metric.COMPLETION else NONE
    shares = _shares(found, session) if asked is Metric.ACCURACY else ()
    report = _report(found, asked, period, given)
    report = replace(report, shares=shares, completion=given.points)
    return replace(report, finding=trend_finding(report))


def _default_period(metric: Metric, days: DateRange) -> str:
    by_week = metric in (Metric.ACCURACY, Metric.COMPLETION)
    return class_period_for(days) if by_week else period_for(days)


def _gather(head: people.ClassHead, days: DateRange, *, session: Session, now: datetime) -> _Found:
    found = people.members(session, head.class_id, days)
    ids = [one.student_id for one in found]
    return _Found(
        head=head,
        members=found,
        days=days,
        now=now,
        practised=practice.practice_days(session, head.workspace_id, ids, days),
        calendar=school_calendar(session, head.workspace_id),
        replaying=practice.being_replayed(session, head.workspace_id, ids),
    )


def _assignments(found: _Found, by: str, session: Session) -> ClassAssignments:
    at = as_of(
        found.days, found.data_through, now=found.now, zone=found.zone, calendar=found.calendar
    )
    since = looked_at_since(found.days, at)
    class_id = found.head.class_id
    return class_assignments(
        assignments.class_assignment_heads(session, class_id, since, at.moment),
        assignments.class_assignment_parts(session, class_id, since, at.moment),
        found.members,
        found.days,
        at,
        by=by,
    )


def _shares(found: _Found, session: Session) -> tuple[MasteryShare, ...]:
    """How all students stood with all skills practised by the range's end, before it and then."""
    ids = [one.student_id for one in found.members]
    workspace_id, end = found.head.workspace_id, found.days.end
    before = found.days.start - timedelta(days=1)
    now = mastery.skill_states(session, workspace_id, ids, end)
    then = mastery.skill_states(session, workspace_id, ids, before)
    practised = skills.practised_skills(now, end)
    if not practised:
        return ()
    return (
        mastery_share(then, ids, practised, before),
        mastery_share(now, ids, practised, end),
    )


def _report(found: _Found, metric: Metric, by: str, given: ClassAssignments) -> TrendReport:
    whole = _whole(found, metric, given)
    last = people.last_practice(found.members)
    first = people.first_practice(found.members)
    return TrendReport(
        metric=metric,
        by=by,
        student_id=None,
        student=None,
        class_id=found.head.class_id,
        class_title=found.head.title,
        range=found.days,
        timezone=found.zone.key,
        coverage=Coverage(found.data_through, first, last),
        points=_points(found, metric, by, given),
        total=whole.value,
        interval=whole.interval,
        questions=whole.questions,
        rests_on=whole.rests_on,
        finding="",
        replaying=found.replaying,
        students=len(found.members),
        beside=beside(metric, by, lambda one, period: _points(found, one, period, given)),
    )


def _whole(found: _Found, metric: Metric, given: ClassAssignments) -> SeriesPoint:
    """The metric over the whole range."""
    sums = [totals.total(found.practised[one.student_id]) for one in found.members]
    period = Period(found.days.start, found.days, False)
    questions = sum(one.questions for one in sums)
    if metric is Metric.ENGAGEMENT:
        return measures.engagement_point(period, _rates(found, found.days), questions)
    if metric is Metric.COMPLETION:
        point = measures.completion_point(period, None, questions)
        return replace(point, value=given.rate, rests_on=given.assigned)
    return measures.class_point(metric, period, sums, known=bool(sums))


def _points(
    found: _Found, metric: Metric, by: str, given: ClassAssignments
) -> tuple[SeriesPoint, ...]:
    shown = _shown(found, metric)
    if shown is None:
        return ()
    sums = {
        one.student_id: totals_by_period(found.practised[one.student_id], shown, by)
        for one in found.members
    }
    today = local_day(found.now, found.zone)
    return tuple(_point(found, metric, period, sums, given) for period in periods(shown, by, today))


def _shown(found: _Found, metric: Metric) -> DateRange | None:
    """What the data reach; of assignments without any practice all days so far."""
    through = found.data_through
    if through is None and metric is Metric.COMPLETION:
        through = found.now
    return shown_days(found.days, through, now=found.now, zone=found.zone)


def _point(
    found: _Found,
    metric: Metric,
    period: Period,
    sums: Mapping[int, Mapping[date, Totals]],
    given: ClassAssignments,
) -> SeriesPoint:
    questions = sum(own.get(period.start, NOTHING).questions for own in sums.values())
    if metric is Metric.ENGAGEMENT:
        return measures.engagement_point(period, _rates(found, period.days), questions)
    if metric is Metric.COMPLETION:
        due = {one.start: one for one in given.points}
        return measures.completion_point(period, due.get(period.start), questions)
    counted = [
        sums[one.student_id].get(period.start, NOTHING)
        for one in found.members
        if metric is not Metric.ACTIVE_DAYS or one.enrolled_in(period.days)
    ]
    known = reach(found.members, found.data_through, found.zone)
    return measures.class_point(
        metric, period, counted, known=known is not None and common(period.days, known)
    )


def _rates(found: _Found, days: DateRange) -> Sequence[float]:
    """Of each student with a school day that is known of in `days`, the share of active ones."""
    if found.judged is None or not common(days, found.judged):
        return []
    inside = DateRange(max(days.start, found.judged.start), min(days.end, found.judged.end))
    rates = [
        engagement(_active(found, one), _known(found, one, inside), found.calendar)
        for one in found.members
    ]
    return [rate for rate in rates if rate is not None]


def _known(found: _Found, one: people.Member, judged: DateRange) -> DateRange | None:
    return known_days(one, judged, now=found.now, zone=found.zone, calendar=found.calendar)


def _active(found: _Found, one: people.Member) -> list[date]:
    return [entry.day for entry in found.practised[one.student_id] if entry.questions]
