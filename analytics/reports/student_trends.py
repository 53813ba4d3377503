"""How one metric of a student went over a range (docs/metrics.md, "Trends")."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics import measures, totals, trend
from analytics.calendar import SchoolCalendar, judged_days, past_day, school_calendar
from analytics.developments import beside, common, range_of, reach, skill_moves
from analytics.feeds import known_days
from analytics.measures import Period, periods
from analytics.queries import mastery, people, practice
from analytics.reports.beside import StudentBeside
from analytics.reports.data import Coverage, Trend
from analytics.reports.data.trends import (
    STUDENT_METRICS,
    Metric,
    SeriesPoint,
    TrendReport,
)
from analytics.series import judged_weeks, period_for, shown_days, totals_by_period
from analytics.totals import NOTHING, Totals
from analytics.wording.trends import trend_finding
from school.days import DateRange, local_day


@dataclass(frozen=True, slots=True)
class _Found(StudentBeside):
    """All that the queries found about a student, before any judging."""

    practised: practice.Practice
    own_skills: list[mastery.SkillDay]
    calendar: SchoolCalendar
    replaying: bool

    @property
    def own(self) -> list[practice.PracticeDay]:
        """The student's days within the range."""
        return self.practised[self.me.student_id]

    @property
    def reach(self) -> DateRange | None:
        """From the first practice in the class to the last day of the data."""
        return reach(self.everyone, self.data_through, self.zone)


def get_student_trend_data(
    student_id: int,
    metric: str,
    days: int | DateRange,
    *,
    session: Session,
    now: datetime,
    by: str | None = None,
    class_id: int | None = None,
) -> TrendReport:
    """How a student's `metric` went over local days, or over the last so many, as of `now`.

    `by` is `day`, `week` or `month` (day up to 14 days, week up to 26 weeks, else month); the
    class beside it is `class_id` or the student's own. It checks no access: callers open the
    student first (school/access). Raises InvalidInput on an unknown `metric` or `by`, NotFound
    where there is no such student or class.
    """
    asked = measures.known_metric(metric, STUDENT_METRICS)
    head = people.student_head(session, student_id)
    wanted = range_of(days, now, head.zone)
    period = measures.known_period(by or period_for(wanted))
    found = _gather(head, wanted, session=session, now=now, class_id=class_id)
    report = _report(found, asked, period)
    judged = judged_days(wanted, found.data_through, now=now, zone=head.zone)
    as_of = past_day(judged, now=now, zone=head.zone)
    return replace(report, finding=trend_finding(report, found.me.given_name, as_of=as_of))


def _gather(
    head: people.StudentHead,
    days: DateRange,
    *,
    session: Session,
    now: datetime,
    class_id: int | None,
) -> _Found:
    student_id = head.member.student_id
    class_id = class_id or people.main_class(session, student_id, days)
    classmates = people.members(session, class_id, days) if class_id else ()
    ids = {student_id, *(one.student_id for one in classmates)}
    return _Found(
        me=next((one for one in classmates if one.student_id == student_id), head.member),
        zone=head.zone,
        course=people.class_head(session, class_id) if class_id else None,
        classmates=classmates,
        days=days,
        now=now,
        practised=practice.practice_days(session, head.workspace_id, ids, days),
        own_skills=mastery.skill_days(session, head.workspace_id, student_id, days.end),
        calendar=school_calendar(session, head.workspace_id),
        replaying=practice.being_replayed(session, head.workspace_id, ids),
    )


def _report(found: _Found, metric: Metric, by: str) -> TrendReport:
    own = totals.total(found.own)
    accuracy = metric is Metric.ACCURACY
    whole = measures.student_point(
        metric, Period(found.days.start, found.days, False), own, _mates(found), found.days
    )
    return TrendReport(
        metric=metric,
        by=by,
        student_id=found.me.student_id,
        student=found.me.name,
        class_id=found.course.class_id if found.course else None,
        class_title=found.course.title if found.course else None,
        range=found.days,
        timezone=found.zone.key,
        coverage=Coverage(found.data_through, found.me.first_day, found.me.last_day),
        points=_points(found, metric, by),
        total=whole.value,
        interval=whole.interval,
        questions=own.questions,
        rests_on=whole.rests_on,
        finding="",
        replaying=found.replaying,
        students=len(found.classmates),
        class_total=whole.class_value,
        trend=_verdict(found) if accuracy else None,
        beside=beside(metric, by, lambda one, period: _points(found, one, period)),
        skills=skill_moves(found.own_skills, found.days) if accuracy else (),
    )


def _points(found: _Found, metric: Metric, by: str) -> tuple[SeriesPoint, ...]:
    shown = shown_days(found.days, found.data_through, now=found.now, zone=found.zone)
    if shown is None:
        return ()
    sums = {
        one.student_id: totals_by_period(found.practised[one.student_id], shown, by)
        for one in (found.me, *found.classmates)
    }
    today = local_day(found.now, found.zone)
    return tuple(
        measures.student_point(
            metric,
            period,
            sums[found.me.student_id].get(period.start, NOTHING),
            [
                sums[one.student_id].get(period.start, NOTHING)
                for one in found.classmates
                if metric is Metric.ACCURACY or one.enrolled_in(period.days)
            ],
            _known(found, period),
        )
        for period in periods(shown, by, today)
    )


def _known(found: _Found, period: Period) -> DateRange | None:
    """Those of the period's days on which the student is in the class and data exist.

    After the student's own source stopped none do, whatever others send on.
    """
    enrolled = known_days(
        found.me, period.days, now=found.now, zone=found.zone, calendar=found.calendar
    )
    known = found.reach
    if enrolled is None or known is None or not common(enrolled, known):
        return None
    return enrolled


def _mates(found: _Found) -> Sequence[Totals]:
    return [totals.total(found.practised[one.student_id]) for one in found.classmates]


def _verdict(found: _Found) -> Trend:
    everyone = [judged_weeks(found.practised[one.student_id], found.days) for one in found.everyone]
    return trend.judge(judged_weeks(found.own, found.days), everyone)
