"""A student's report from the derived tables (docs/metrics.md, "A student's report")."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics import skills, stats, totals, trend
from analytics.calendar import SchoolCalendar, judged_days, missed, past_day, school_calendar
from analytics.queries import mastery, people, practice
from analytics.reports.data import (
    Comparison,
    Coverage,
    Overall,
    SessionLine,
    StudentReport,
    Trend,
    TrendPoint,
)
from analytics.series import period_for, period_starts, shown_days, totals_by_period
from analytics.thresholds import JUDGED_STUDENTS, ROUGH_QUESTIONS
from analytics.totals import NOTHING, Totals
from analytics.wording import student_finding
from school.days import DateRange

TREND_DAYS = 30
"""How many days `trends` reaches back from the range's end."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the queries found, before any judging."""

    me: people.Member
    workspace_id: int
    zone: ZoneInfo
    course: people.ClassHead | None
    classmates: tuple[people.Member, ...]
    days: DateRange
    now: datetime
    practised: practice.Practice
    earlier: list[practice.PracticeDay]
    own_skills: list[mastery.SkillDay]
    states: list[mastery.SkillState]
    sittings: Sequence[practice.Sitting]
    calendar: SchoolCalendar
    replaying: bool

    @property
    def own(self) -> list[practice.PracticeDay]:
        """The student's days within the range."""
        return self.practised[self.me.student_id]

    @property
    def everyone(self) -> tuple[people.Member, ...]:
        """The classmates, the student among them; the student alone without a class."""
        return self.classmates or (self.me,)

    @property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach; of the student too, who may be new in it."""
        return people.newest_data((self.me, *self.everyone))


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
    found = _gather(student_id, date_range, session=session, now=now, class_id=class_id)
    report = _report(found)
    as_of = past_day(_judged(found), now=now, zone=found.zone)
    finding = student_finding(report, found.me.given_name, as_of=as_of)
    return replace(report, finding=finding)


def _gather(
    student_id: int, days: DateRange, *, session: Session, now: datetime, class_id: int | None
) -> _Evidence:
    head = people.student_head(session, student_id, days.end)
    class_id = class_id or people.main_class(session, student_id, days)
    classmates = people.members(session, class_id, days, days.end) if class_id else ()
    me = next((one for one in classmates if one.student_id == student_id), head.member)
    ids = {student_id, *(one.student_id for one in classmates)}
    workspace_id, before = head.workspace_id, days.previous()
    return _Evidence(
        me=me,
        workspace_id=workspace_id,
        zone=head.zone,
        course=people.class_head(session, class_id) if class_id else None,
        classmates=classmates,
        days=days,
        now=now,
        practised=practice.practice_days(session, workspace_id, ids, days),
        earlier=practice.practice_days(session, workspace_id, [student_id], before)[student_id]
        if before
        else [],
        own_skills=mastery.skill_days(session, workspace_id, student_id, days.end),
        states=mastery.skill_states(session, workspace_id, ids, days.end),
        sittings=practice.recent_sittings(session, workspace_id, student_id, days),
        calendar=school_calendar(session, workspace_id),
        replaying=practice.being_replayed(session, workspace_id, ids),
    )


def _report(found: _Evidence) -> StudentReport:
    before = found.days.previous()
    period = period_for(found.days)
    return StudentReport(
        student_id=found.me.student_id,
        student=found.me.name,
        class_id=found.course.class_id if found.course else None,
        class_title=found.course.title if found.course else None,
        range=found.days,
        timezone=found.zone.key,
        coverage=Coverage(found.data_through, found.me.first_day, found.me.last_day),
        overall=_overall(found, totals.total(found.own), found.days.end),
        previous=_overall(found, totals.total(found.earlier), before.end) if before else None,
        skills=skills.skill_lines(found.own_skills, found.days),
        trends=_points(found, "day", last=TREND_DAYS),
        progress=_points(found, period),
        progress_by=period,
        comparison=_comparison(found),
        recent=_recent(found),
        finding="",
        replaying=found.replaying,
        missed_school_days=_missed(found),
        trend=_trend(found),
    )


def _overall(found: _Evidence, own: Totals, by: date) -> Overall:
    return Overall(
        accuracy=own.accuracy,
        questions=own.questions,
        time=round(own.seconds),
        skills_mastered=skills.mastered(found.own_skills, by),
        skills_total=len(skills.practised_skills(found.states, by)),
        correct=own.correct,
        interval=stats.wilson(own.correct, own.questions),
        time_estimated=round(own.estimated),
        active_days=own.active_days,
    )


def _points(found: _Evidence, period: str, *, last: int | None = None) -> tuple[TrendPoint, ...]:
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


def _trend(found: _Evidence) -> Trend:
    return trend.judge(_weeks(found, found.me), [_weeks(found, one) for one in found.everyone])


def _weeks(found: _Evidence, one: people.Member) -> list[trend.Week]:
    weeks = totals_by_period(found.practised[one.student_id], found.days, "week")
    return [
        trend.Week(monday.toordinal() // 7, week.questions, week.correct)
        for monday, week in weeks.items()
    ]


def _comparison(found: _Evidence) -> Comparison:
    sums = {
        one.student_id: totals.total(found.practised[one.student_id]) for one in found.classmates
    }
    everyone = list(sums.values())
    own = sums.get(found.me.student_id)
    place = totals.standing(own, everyone) if own else None
    average = totals.class_accuracy(everyone)
    standings = skills.standings(found.states)
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
        average_skills_mastered=stats.mean(
            [skills.skills_mastered(standings.get(one, {})) for one in sums]
        ),
    )


def _recent(found: _Evidence) -> tuple[SessionLine, ...]:
    names = {one.skill_id: one.skill for one in found.own_skills}
    return tuple(
        SessionLine(
            day=one.day,
            skill=names.get(one.skill_ids[0], "") if one.skill_ids else "",
            questions=one.questions,
            accuracy=stats.share(one.correct, one.questions),
            minutes=one.seconds / 60,
            estimated=one.estimated > 0,
        )
        for one in found.sittings
    )


def _judged(found: _Evidence) -> DateRange | None:
    """The days since the class's first practice on which the student's could be missed."""
    first = min((one.first_day for one in found.everyone if one.first_day), default=None)
    if first is None or first > found.days.end:
        return None
    days = DateRange(first, found.days.end)
    return judged_days(days, found.data_through, now=found.now, zone=found.zone)


def _missed(found: _Evidence) -> int | None:
    """School days since the last practice; None also where the student was not in the class yet."""
    judged = _judged(found)
    if judged is None or found.me not in found.everyone:
        return None
    return missed(found.me.last_by, found.me.window(judged), found.calendar)
