"""A class's report from the derived tables (docs/metrics.md, "A class's report")."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analytics import skills, stats, totals
from analytics.calendar import (
    SchoolCalendar,
    engagement,
    judged_days,
    missed,
    past_day,
    school_calendar,
)
from analytics.queries import mastery, people, practice
from analytics.ranking import Pupil, ranking, struggling, top
from analytics.reports.data import ClassOverall, ClassReport, Coverage, TrendPoint
from analytics.series import class_period_for, period_starts, shown_days, totals_by_period
from analytics.totals import NOTHING, Totals
from analytics.wording import class_finding
from school.days import DateRange, local_day

SCHOOL_WEEK = 5
"""Days in a school week, for engagement said in days a week."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the queries found, before any judging. `members` spans the previous range too."""

    head: people.ClassHead
    members: tuple[people.Member, ...]
    days: DateRange
    now: datetime
    practised: practice.Practice
    standings: skills.Standings
    calendar: SchoolCalendar
    replaying: bool

    def enrolled(self, days: DateRange) -> list[people.Member]:
        """Those enrolled on at least one of `days`."""
        return [one for one in self.members if one.enrolled_in(days)]

    @property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach."""
        return people.newest_data(self.members)

    @property
    def first_day(self) -> date | None:
        """The first day with practice of anyone in the class."""
        return min((one.first_day for one in self.members if one.first_day), default=None)


def get_class_performance_report(
    class_id: int, date_range: DateRange, *, session: Session, now: datetime
) -> ClassReport:
    """The report of one class over local days, as of `now`.

    Figures rest on everyone enrolled on at least one day of the range, with all their practice;
    names are given of those enrolled today. It checks no access: callers open the class first
    (school/access). Raises NotFound where there is no such class.
    """
    found = _gather(class_id, date_range, session=session, now=now)
    report = _report(found)
    judged = _judged(found, date_range, since=found.first_day)
    as_of = past_day(judged, now=now, zone=found.head.zone)
    return replace(report, finding=class_finding(report, as_of=as_of))


def _gather(class_id: int, days: DateRange, *, session: Session, now: datetime) -> _Evidence:
    head = people.class_head(session, class_id)
    before = days.previous()
    span = DateRange(before.start, days.end) if before else days
    found = people.members(session, class_id, span, days.end)
    ids = [one.student_id for one in found]
    return _Evidence(
        head=head,
        members=found,
        days=days,
        now=now,
        practised=practice.practice_days(session, head.workspace_id, ids, span),
        standings=skills.standings(mastery.skill_states(session, head.workspace_id, ids, days.end)),
        calendar=school_calendar(session, head.workspace_id),
        replaying=practice.being_replayed(session, head.workspace_id, ids),
    )


def _report(found: _Evidence) -> ClassReport:
    before = found.days.previous()
    pupils = _pupils(found)
    lines = ranking(pupils)
    present = _present(found)
    named = [line for line in lines if line.student_id in present]
    weak = struggling([one for one in pupils if one.student_id in present], lines)
    period = class_period_for(found.days)
    return ClassReport(
        class_id=found.head.class_id,
        title=found.head.title,
        range=found.days,
        timezone=found.head.zone.key,
        coverage=_coverage(found),
        overall=_overall(found, found.days),
        previous=_overall(found, before) if before else None,
        ranking=tuple(named),
        distribution=_distribution([one.total for one in pupils]),
        heatmap=skills.heatmap(
            [(one.student_id, one.student) for one in named], _of(found.standings, present)
        ),
        trends=_trends(found, period),
        top=top(named, {one.student_id for one in weak}),
        struggling=weak,
        finding="",
        replaying=found.replaying,
        trends_by=period,
        left_since=len(lines) - len(named),
    )


def _coverage(found: _Evidence) -> Coverage:
    last = max((one.last_day for one in found.members if one.last_day), default=None)
    return Coverage(found.data_through, found.first_day, last)


def _present(found: _Evidence) -> set[int]:
    """Those enrolled today, whom a teacher of the class may still see by name."""
    today = local_day(found.now, found.head.zone)
    return {one.student_id for one in found.enrolled(DateRange(today, today))}


def _of(standings: skills.Standings, students: set[int]) -> skills.Standings:
    return {student: own for student, own in standings.items() if student in students}


def _pupils(found: _Evidence) -> list[Pupil]:
    """Everyone enrolled in the range, with what a ranking needs."""
    judged = _judged(found, found.days, since=found.first_day)
    return [
        Pupil(
            student_id=one.student_id,
            student=one.name,
            total=totals.total_within(found.practised[one.student_id], found.days),
            skills_mastered=skills.skills_mastered(found.standings.get(one.student_id, {})),
            needs_work=skills.needs_work(found.standings.get(one.student_id, {})),
            last_practised=one.last_by,
            missed=missed(one.last_by, judged and one.window(judged), found.calendar),
        )
        for one in found.enrolled(found.days)
    ]


def _judged(found: _Evidence, days: DateRange, *, since: date | None = None) -> DateRange | None:
    """The days of `days`, or of all `since` then, on which practice could be missed."""
    wanted = DateRange(min(since, days.end), days.end) if since else days
    return judged_days(wanted, found.data_through, now=found.now, zone=found.head.zone)


def _overall(found: _Evidence, days: DateRange) -> ClassOverall:
    enrolled = found.enrolled(days)
    sums = [totals.total_within(found.practised[one.student_id], days) for one in enrolled]
    average = totals.class_accuracy(sums)
    engaged = _engagement(found, enrolled, days)
    return ClassOverall(
        accuracy=average.mean,
        interval=average.interval,
        judged=average.judged,
        pooled=totals.pooled_accuracy(sums),
        questions=sum(one.questions for one in sums),
        time=round(sum(one.seconds for one in sums)),
        students=len(enrolled),
        active_students=sum(one.questions > 0 for one in sums),
        engagement=engaged,
        days_a_week=None if engaged is None else engaged * SCHOOL_WEEK,
        weekend_days=stats.mean([_weekend_days(found, one, days) for one in enrolled]),
    )


def _engagement(found: _Evidence, enrolled: list[people.Member], days: DateRange) -> float | None:
    """The mean over students of active school days / school days while enrolled."""
    judged = _judged(found, days)
    rates = [
        engagement(_active(found, one), judged and one.window(judged), found.calendar)
        for one in enrolled
    ]
    return stats.mean([rate for rate in rates if rate is not None])


def _active(found: _Evidence, one: people.Member) -> list[date]:
    return [entry.day for entry in found.practised[one.student_id] if entry.questions]


def _weekend_days(found: _Evidence, one: people.Member, days: DateRange) -> int:
    return sum(day.weekday() >= 5 and day in days for day in _active(found, one))


def _distribution(everyone: list[Totals]) -> tuple[int, ...]:
    """How many judged students lie in each ten points of accuracy; 100 % is in the last."""
    bins = [min(one.correct * 10 // one.questions, 9) for one in everyone if one.judged]
    return tuple(bins.count(tenth) for tenth in range(10))


def _trends(found: _Evidence, period: str) -> tuple[TrendPoint, ...]:
    days = shown_days(found.days, found.data_through, now=found.now, zone=found.head.zone)
    if days is None:
        return ()
    series = [
        totals_by_period(found.practised[one.student_id], days, period)
        for one in found.enrolled(found.days)
    ]
    return tuple(
        _point(start, [one.get(start, NOTHING) for one in series])
        for start in period_starts(days, period)
    )


def _point(start: date, everyone: list[Totals]) -> TrendPoint:
    average = totals.class_accuracy(everyone)
    return TrendPoint(
        start=start,
        accuracy=average.mean,
        questions=sum(one.questions for one in everyone),
        interval=average.interval,
        students=average.judged,
    )
