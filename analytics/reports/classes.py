"""A class's report from the derived tables (docs/metrics.md, "A class's report")."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analytics import skills, stats, totals
from analytics.assignments import ClassAssignments
from analytics.calendar import engagement, past_day
from analytics.feeds import stopped_days
from analytics.queries import people
from analytics.ranking import Pupil, ranking, reasons, top
from analytics.reports import class_concerns
from analytics.reports.class_evidence import Evidence, gather
from analytics.reports.data import (
    ClassOverall,
    ClassReport,
    Coverage,
    StudentConcerns,
    StudentLine,
    TrendPoint,
)
from analytics.series import class_period_for, period_starts, shown_days, totals_by_period
from analytics.totals import NOTHING, Totals
from analytics.wording import class_finding
from school.days import DateRange

SCHOOL_WEEK = 5
"""Days in a school week, for engagement said in days a week."""


def get_class_performance_report(
    class_id: int, date_range: DateRange, *, session: Session, now: datetime
) -> ClassReport:
    """The report of one class over local days, as of `now`.

    Figures rest on everyone enrolled on at least one day of the range, with all their practice;
    names are given of those enrolled today. It checks no access: callers open the class first
    (school/access). Raises NotFound where there is no such class.
    """
    found = gather(class_id, date_range, session=session, now=now)
    report = _report(found)
    as_of = past_day(found.judged_so_far, now=now, zone=found.head.zone)
    return replace(report, finding=class_finding(report, as_of=as_of))


def _report(found: Evidence) -> ClassReport:
    before, period = found.days.previous(), class_period_for(found.days)
    pupils, present = _pupils(found), found.present
    lines = ranking(pupils)
    named = [line for line in lines if line.student_id in present]
    names = {line.student_id: line.student for line in named}
    assigned = class_concerns.class_assignments(found, found.days, by=period)
    concerns = class_concerns.all_concerns(found, names, assigned.overdue)
    weak = _worrying(concerns, named)
    return ClassReport(
        class_id=found.head.class_id,
        title=found.head.title,
        range=found.days,
        timezone=found.head.zone.key,
        coverage=_coverage(found),
        overall=_overall(found, found.days, assigned),
        previous=_previous(found, before),
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
        on_track=len(named) - len(weak) if found.reach and found.judged_so_far else None,
        concerns=concerns,
        focus=class_concerns.focus(found, names),
        assignments=assigned.lines,
        completion=assigned.points,
        leaderboard=class_concerns.board(found, present),
    )


def _worrying(
    concerns: Iterable[StudentConcerns], named: Sequence[StudentLine]
) -> tuple[StudentLine, ...]:
    """The lines of those with concerns, the gravest first, each with the reasons in words."""
    lines = {one.student_id: one for one in named}
    return tuple(
        replace(lines[one.student_id], reason=reasons(one.concerns))
        for one in concerns
        if one.concerns
    )


def _previous(found: Evidence, before: DateRange | None) -> ClassOverall | None:
    if before is None:
        return None
    assigned = class_concerns.class_assignments(found, before, by="month")
    return _overall(found, before, assigned)


def _coverage(found: Evidence) -> Coverage:
    last = people.last_practice(found.members)
    zone, through = found.head.zone, found.data_through
    silent = stopped_days(through, now=found.now, zone=zone, calendar=found.calendar)
    return Coverage(through, found.first_day, last, silent)


def _of(standings: skills.Standings, students: set[int]) -> skills.Standings:
    return {student: own for student, own in standings.items() if student in students}


def _pupils(found: Evidence) -> list[Pupil]:
    """Everyone enrolled in the range, with what a ranking needs."""
    return [
        Pupil(
            student_id=one.student_id,
            student=one.name,
            total=totals.total_within(found.practised[one.student_id], found.days),
            skills_mastered=skills.skills_mastered(found.standings.get(one.student_id, {})),
            needs_work=skills.needs_work(found.standings.get(one.student_id, {})),
            last_practised=one.last_by,
            missed=class_concerns.missed_days(found, one),
        )
        for one in found.enrolled(found.days)
    ]


def _overall(found: Evidence, days: DateRange, assigned: ClassAssignments) -> ClassOverall:
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
        assigned=assigned.assigned,
        completed=assigned.completed,
        completed_late=assigned.late,
        completion=assigned.rate,
    )


def _engagement(found: Evidence, enrolled: list[people.Member], days: DateRange) -> float | None:
    """The mean over students of active school days / school days while enrolled."""
    judged = found.judged(days)
    rates = [
        engagement(_active(found, one), found.known(one, judged), found.calendar)
        for one in enrolled
    ]
    return stats.mean([rate for rate in rates if rate is not None])


def _active(found: Evidence, one: people.Member) -> list[date]:
    return [entry.day for entry in found.practised[one.student_id] if entry.questions]


def _weekend_days(found: Evidence, one: people.Member, days: DateRange) -> int:
    return sum(day.weekday() >= 5 and day in days for day in _active(found, one))


def _distribution(everyone: list[Totals]) -> tuple[int, ...]:
    """How many judged students lie in each ten points of accuracy; 100 % is in the last."""
    bins = [min(one.correct * 10 // one.questions, 9) for one in everyone if one.judged]
    return tuple(bins.count(tenth) for tenth in range(10))


def _trends(found: Evidence, period: str) -> tuple[TrendPoint, ...]:
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
