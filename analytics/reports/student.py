"""A student's report from the derived tables (docs/metrics.md, "A student's report")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analytics import skills, stats, totals, trend
from analytics.calendar import past_day
from analytics.feeds import stopped_days
from analytics.reports import student_concerns
from analytics.reports.data import (
    Comparison,
    Coverage,
    Overall,
    SessionLine,
    SkillLine,
    StudentReport,
    Trend,
    TrendPoint,
)
from analytics.reports.student_evidence import Evidence, gather
from analytics.series import (
    judged_weeks,
    period_for,
    period_starts,
    shown_days,
    totals_by_period,
)
from analytics.thresholds import JUDGED_STUDENTS, ROUGH_QUESTIONS
from analytics.totals import NOTHING, Totals
from analytics.wording import student_finding
from school.days import DateRange

TREND_DAYS = 30
"""How many days `trends` reaches back from the range's end."""


def get_student_performance_report(
    student_id: int,
    date_range: DateRange,
    *,
    session: Session,
    now: datetime,
    class_id: int | None = None,
) -> StudentReport:
    """The report of one student over local days, as of `now`.

    `class_id` is the class to compare with; without it the student's class in the range, of several
    the one whose members practised most. It checks no access: callers open the student first
    (school/access). Raises NotFound where there is no such student or class.
    """
    found = gather(student_id, date_range, session=session, now=now, class_id=class_id)
    report = _report(found)
    as_of = past_day(found.judged, now=now, zone=found.zone)
    finding = student_finding(report, found.me.given_name, as_of=as_of)
    return replace(report, finding=finding)


def _report(found: Evidence) -> StudentReport:
    before = found.days.previous()
    period = period_for(found.days)
    assigned = student_concerns.own_assignments(found)
    concerns, praise, on_track = student_concerns.concerns(found, assigned)
    strengths, weaknesses = student_concerns.differences(found)
    return StudentReport(
        student_id=found.me.student_id,
        student=found.me.name,
        class_id=found.course.class_id if found.course else None,
        class_title=found.course.title if found.course else None,
        range=found.days,
        timezone=found.zone.key,
        coverage=_coverage(found),
        overall=_overall(found, found.days),
        previous=_overall(found, before) if before else None,
        skills=_skills(found),
        trends=_points(found, "day", last=TREND_DAYS),
        progress=_points(found, period),
        progress_by=period,
        comparison=_comparison(found),
        recent=_recent(found),
        finding="",
        replaying=found.replaying,
        missed_school_days=student_concerns.missed_days(found),
        trend=_trend(found),
        strengths=strengths,
        weaknesses=weaknesses,
        root_causes=student_concerns.causes(found),
        concerns=concerns,
        praise=praise,
        on_track=on_track,
        assignments=assigned,
        motivation=student_concerns.motivation(found),
    )


def _coverage(found: Evidence) -> Coverage:
    through = found.data_through
    silent = stopped_days(through, now=found.now, zone=found.zone, calendar=found.calendar)
    return Coverage(through, found.me.first_day, found.me.last_day, silent)


def _skills(found: Evidence) -> tuple[SkillLine, ...]:
    """Every skill, beside the classmates where enough of them practised it."""
    mates = {one.skill_id: one for one in found.sums if one.compared}
    return tuple(
        replace(line, class_accuracy=stats.share(beside.correct, beside.questions))
        if (beside := mates.get(line.skill_id))
        else line
        for line in skills.skill_lines(found.own_skills, found.days)
    )


def _overall(found: Evidence, days: DateRange) -> Overall:
    own = totals.total_within(found.own, days)
    return Overall(
        accuracy=own.accuracy,
        questions=own.questions,
        time=round(own.seconds),
        skills_mastered=skills.mastered(found.own_skills, days.end),
        skills_total=sum(one.first_day <= days.end for one in found.sums),
        correct=own.correct,
        interval=stats.wilson(own.correct, own.questions),
        time_estimated=round(own.estimated),
        active_days=own.active_days,
    )


def _points(found: Evidence, period: str, *, last: int | None = None) -> tuple[TrendPoint, ...]:
    days = shown_days(found.days, found.data_through, now=found.now, zone=found.zone, last=last)
    if days is None:
        return ()
    own = totals_by_period(found.own, days, period)
    mates = [
        totals_by_period(found.practised[one.student_id], days, period) for one in found.classmates
    ]
    return tuple(
        _point(start, own.get(start, NOTHING), [one.get(start, NOTHING) for one in mates])
        for start in period_starts(days, period)
    )


def _point(start: date, own: Totals, mates: Sequence[Totals]) -> TrendPoint:
    judged = totals.judged_accuracies(mates)
    return TrendPoint(
        start=start,
        accuracy=own.accuracy,
        questions=own.questions,
        interval=stats.wilson(own.correct, own.questions),
        class_accuracy=stats.mean(judged) if len(judged) >= JUDGED_STUDENTS else None,
    )


def _trend(found: Evidence) -> Trend:
    weeks = [judged_weeks(found.practised[one.student_id], found.days) for one in found.everyone]
    return trend.judge(judged_weeks(found.own, found.days), weeks)


def _comparison(found: Evidence) -> Comparison:
    sums = {
        one.student_id: totals.total(found.practised[one.student_id]) for one in found.classmates
    }
    everyone = list(sums.values())
    own = sums.get(found.me.student_id)
    place = totals.standing(own, everyone) if own else None
    average = totals.class_accuracy(everyone)
    return Comparison(
        class_average=average.mean,
        percentile=place,
        students=average.judged,
        quarter=None if place is None else stats.quarter(place),
        rough=own is not None and own.questions < ROUGH_QUESTIONS,
        interval=average.interval,
        enrolled=len(everyone),
        average_questions=stats.mean([one.questions for one in everyone]),
        average_time=stats.mean([one.seconds for one in everyone]),
        average_skills_mastered=_mastered_on_average(found, own is not None),
    )


def _mastered_on_average(found: Evidence, enrolled: bool) -> float | None:
    """Skills mastered as of the range's end, over everyone in the class."""
    own = skills.mastered(found.own_skills, found.days.end) if enrolled else 0
    everyone = len(found.classmates)
    return (own + sum(one.mastered for one in found.sums)) / everyone if everyone else None


def _recent(found: Evidence) -> tuple[SessionLine, ...]:
    names = {one.skill_id: one.skill for one in found.own_skills}
    return tuple(
        SessionLine(
            day=one.day,
            # A session over the range's end may go on to a skill that was met only after it.
            skill=next((names[skill] for skill in one.skill_ids if skill in names), ""),
            questions=one.questions,
            accuracy=stats.share(one.correct, one.questions),
            minutes=one.seconds / 60,
            estimated=one.estimated > 0,
        )
        for one in found.sittings
    )
