"""A student beside the class (docs/metrics.md, "Comparisons")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics import motivation, skills, stats, strengths, totals
from analytics.calendar import judged_days, past_day
from analytics.queries import mastery, people, practice
from analytics.reports.data import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    Coverage,
    Interval,
    Measure,
    StudentComparison,
)
from analytics.thresholds import COMPARED_STUDENTS, ROUGH_QUESTIONS
from analytics.totals import Totals
from analytics.wording.comparison import student_comparison_finding
from school.days import DEFAULT_DAYS, DateRange, last_days, local_day


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the queries found about a student and the class, before any judging."""

    me: people.Member
    course: people.ClassHead
    classmates: tuple[people.Member, ...]
    days: DateRange
    sums: dict[int, Totals]
    skill_totals: list[mastery.SkillTotal]
    states: list[mastery.SkillState]
    replaying: bool

    @property
    def own(self) -> Totals:
        """The student's totals in the range."""
        return self.sums[self.me.student_id]

    @property
    def everyone(self) -> list[Totals]:
        """The totals of everyone enrolled in the range, the student among them if enrolled."""
        return [self.sums[one.student_id] for one in self.classmates]


def get_student_comparison(
    student_id: int,
    class_id: int,
    *,
    session: Session,
    now: datetime,
    date_range: DateRange | None = None,
) -> StudentComparison:
    """A student against the class, over the last 30 days unless `date_range` says others.

    It checks no access: callers open the student first (school/access). Raises NotFound where there
    is no such student or class.
    """
    course = people.class_head(session, class_id)
    days = date_range or last_days(DEFAULT_DAYS, local_day(now, course.zone))
    found = _gather(student_id, course, days, session=session)
    comparison = _comparison(found)
    judged = judged_days(days, comparison.coverage.data_through, now=now, zone=course.zone)
    past = past_day(judged, now=now, zone=course.zone) is not None
    finding = student_comparison_finding(comparison, found.me.given_name, past=past)
    return replace(comparison, finding=finding)


def _gather(
    student_id: int, course: people.ClassHead, days: DateRange, *, session: Session
) -> _Evidence:
    classmates = people.members(session, course.class_id, days, days.end)
    me = next((one for one in classmates if one.student_id == student_id), None)
    if me is None:
        me = people.student_head(session, student_id, days.end).member
    ids = {student_id, *(one.student_id for one in classmates)}
    workspace_id = course.workspace_id
    practised = practice.practice_days(session, workspace_id, ids, days)
    return _Evidence(
        me=me,
        course=course,
        classmates=classmates,
        days=days,
        sums={one: totals.total(practised[one]) for one in ids},
        skill_totals=mastery.skill_totals(session, workspace_id, ids, days),
        states=mastery.skill_states(session, workspace_id, ids, days.end),
        replaying=practice.being_replayed(session, workspace_id, ids),
    )


def _comparison(found: _Evidence) -> StudentComparison:
    me, mates = found.me, [one.student_id for one in found.classmates]
    enrolled = me.student_id in mates
    own, theirs = strengths.own_and_mates(found.skill_totals, me.student_id, mates)
    strong, weak = strengths.strengths(own, theirs)
    place = totals.standing(found.own, found.everyone) if enrolled else None
    board = motivation.leaderboard(_racers(found))
    return StudentComparison(
        student_id=me.student_id,
        student=me.name,
        class_id=found.course.class_id,
        class_title=found.course.title,
        range=found.days,
        timezone=found.course.zone.key,
        coverage=_coverage(found),
        enrolled=enrolled,
        measures=_measures(found),
        judged=sum(one.judged for one in found.everyone),
        own_judged=found.own.judged,
        percentile=place,
        quarter=None if place is None else stats.quarter(place),
        rough=found.own.questions < ROUGH_QUESTIONS,
        gaps=strengths.gaps(own, theirs),
        strengths=strong,
        weaknesses=weak,
        place=motivation.place_of(me.student_id, board),
        placed=len(board),
        left_out=not me.on_leaderboard,
        finding="",
        replaying=found.replaying,
    )


def _racers(found: _Evidence) -> Iterable[motivation.Racer]:
    for one in found.classmates:
        xp = found.sums[one.student_id].xp
        yield motivation.Racer(one.student_id, one.name, xp, one.on_leaderboard)


def _coverage(found: _Evidence) -> Coverage:
    through = people.newest_data((found.me, *found.classmates))
    return Coverage(through, found.me.first_day, found.me.last_day)


def _measures(found: _Evidence) -> tuple[Measure, ...]:
    own, everyone = found.own, found.everyone
    standings = skills.standings(found.states)
    mastered = {one: skills.skills_mastered(standings.get(one, {})) for one in found.sums}
    of_class = [mastered[one.student_id] for one in found.classmates]
    return (
        _accuracy(own, everyone),
        _measure("questions", own.questions, [one.questions for one in everyone]),
        _measure("time", own.seconds, [one.seconds for one in everyone]),
        _measure("skills_mastered", mastered[found.me.student_id], of_class),
        _measure("xp", own.xp, [one.xp for one in everyone]),
        _measure("active_days", own.active_days, [one.active_days for one in everyone]),
    )


def _accuracy(own: Totals, everyone: Sequence[Totals]) -> Measure:
    """The accuracy: it differs where the student's whole interval is clear of the average."""
    average, around = totals.class_accuracy(everyone), stats.wilson(own.correct, own.questions)
    side = ""
    if own.judged and around and average.mean is not None and average.judged >= COMPARED_STUDENTS:
        side = _side(average.mean, around, higher=BELOW, lower=ABOVE)
    return Measure(
        name="accuracy",
        own=own.accuracy,
        average=average.mean,
        students=average.judged,
        around=around,
        interval=average.interval,
        side=side,
    )


def _measure(name: str, own: float, of_class: Sequence[float]) -> Measure:
    """A figure that is counted: it differs where it lies outside the average's interval."""
    found = stats.t_interval(of_class)
    interval = found and Interval(max(found.low, 0.0), found.high)
    enough = interval if len(of_class) >= COMPARED_STUDENTS else None
    side = _side(own, enough, higher=ABOVE, lower=BELOW) if enough else ""
    return Measure(
        name=name,
        own=own,
        average=stats.mean(of_class),
        students=len(of_class),
        interval=interval,
        side=side,
    )


def _side(value: float, interval: Interval, *, higher: str, lower: str) -> str:
    """`higher` or `lower` where a value is clear of an interval."""
    if value > interval.high:
        return higher
    return lower if value < interval.low else NOT_CLEAR
