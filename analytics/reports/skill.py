"""How a class stands with one skill, from the derived tables (docs/metrics.md)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analytics import learners, skills, totals
from analytics.calendar import SchoolCalendar, judged_days, past_day, school_calendar
from analytics.learners import Learner
from analytics.prerequisites import Skills, focus_skills
from analytics.queries import mastery, people, practice
from analytics.queries.skills import practice_on, skill_graph
from analytics.reports.data import Coverage, FocusSkill, SkillReport, Survival, TrendPoint
from analytics.series import class_period_for, period_starts, shown_days, totals_by_period
from analytics.survival import attempt, survival
from analytics.thresholds import JUDGED_STUDENTS
from analytics.totals import NOTHING, Totals
from analytics.trend import USABLE_QUESTIONS
from analytics.wording.skill import skill_finding
from school.days import DateRange, last_days, local_day
from school.errors import NotFound

NO_SUCH_SKILL = "None of your skills is that one."
FOCUS_MOST = 5
"""How many skills are recommended at most."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the queries found, before any judging. `members` are those of the range."""

    head: people.ClassHead
    skill_id: int
    graph: Skills
    members: tuple[people.Member, ...]
    days: DateRange
    now: datetime
    recent: DateRange
    practised: practice.Practice
    standings: skills.Standings
    calendar: SchoolCalendar
    replaying: bool

    @property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach."""
        return people.newest_data(self.members)

    @property
    def states(self) -> list[mastery.SkillState]:
        """Where those who practised the skill stand with it."""
        found = (self.standings.get(one.student_id, {}) for one in self.members)
        return [own[self.skill_id] for own in found if self.skill_id in own]


def get_skill_analytics(
    class_id: int,
    skill_id: int,
    *,
    session: Session,
    now: datetime,
    date_range: DateRange | None = None,
) -> SkillReport:
    """How a class stands with a skill over local days, the last 30 unless said, as of `now`.

    Figures rest on everyone enrolled on at least one day of the range, with all their practice of
    the skill; names and states are given of those enrolled today. It checks no access: callers open
    the class first (school/access). Raises NotFound where there is no such class, or no such skill
    in its workspace.
    """
    found = _gather(class_id, skill_id, date_range, session=session, now=now)
    report = _report(found)
    past = DateRange(date.min, found.days.end)
    judged = judged_days(past, found.data_through, now=now, zone=found.head.zone)
    as_of = past_day(judged, now=now, zone=found.head.zone)
    return replace(report, finding=skill_finding(report, as_of=as_of))


def _gather(
    class_id: int, skill_id: int, days: DateRange | None, *, session: Session, now: datetime
) -> _Evidence:
    head = people.class_head(session, class_id)
    graph = skill_graph(session, head.workspace_id)
    if skill_id not in graph.names:
        raise NotFound(NO_SUCH_SKILL)
    days = days or last_days(30, local_day(now, head.zone))
    found = people.members(session, class_id, days, days.end)
    ids = [one.student_id for one in found]
    calendar = school_calendar(session, head.workspace_id)
    recent = _recent(days, people.newest_data(found), calendar, head)
    span = DateRange(min(days.start, recent.start), days.end)
    return _Evidence(
        head=head,
        skill_id=skill_id,
        graph=graph,
        members=found,
        days=days,
        now=now,
        recent=recent,
        practised=practice_on(session, head.workspace_id, ids, skill_id, span),
        standings=skills.standings(mastery.skill_states(session, head.workspace_id, ids, days.end)),
        calendar=calendar,
        replaying=practice.being_replayed(session, head.workspace_id, ids),
    )


def _recent(
    days: DateRange, through: datetime | None, calendar: SchoolCalendar, head: people.ClassHead
) -> DateRange:
    """The last 20 school days up to the range's end and what the data reach."""
    end = days.end if through is None else min(days.end, local_day(through, head.zone))
    return DateRange(calendar.back(end, learners.RECENT_SCHOOL_DAYS), end)


def _report(found: _Evidence) -> SkillReport:
    sums = [_total(found, one, found.days) for one in found.members]
    average = totals.class_accuracy(sums)
    named = _named(found)
    lines = learners.students_on(named, found.skill_id, found.graph)
    period = class_period_for(found.days)
    return SkillReport(
        class_id=found.head.class_id,
        class_title=found.head.title,
        skill_id=found.skill_id,
        skill=found.graph.name(found.skill_id),
        range=found.days,
        timezone=found.head.zone.key,
        coverage=_coverage(found),
        students=lines,
        distribution=learners.distribution(lines),
        accuracy=average.mean,
        interval=average.interval,
        judged=average.judged,
        pooled=totals.pooled_accuracy(sums),
        questions=sum(one.questions for one in sums),
        survival=_survival(found),
        struggling=learners.struggling(lines),
        prerequisites=learners.prerequisites(named, found.skill_id, found.graph),
        root_causes=learners.shared_causes(lines),
        later=learners.later_skills(found.skill_id, found.graph),
        focus=_focus(named, found.graph),
        trends=_trends(found, period),
        trends_by=period,
        finding="",
        replaying=found.replaying,
        not_practised=sum(not one.total_questions for one in lines),
        left_since=len(found.members) - len(lines),
    )


def _total(found: _Evidence, one: people.Member, days: DateRange) -> Totals:
    return totals.total_within(found.practised[one.student_id], days)


def _named(found: _Evidence) -> list[Learner]:
    """Those enrolled today, whom a teacher of the class may still see by name."""
    today = local_day(found.now, found.head.zone)
    return [
        Learner(
            student_id=one.student_id,
            student=one.name,
            own=found.standings.get(one.student_id, {}),
            total=_total(found, one, found.days),
            recent=_total(found, one, found.recent),
        )
        for one in found.members
        if one.enrolled_in(DateRange(today, today))
    ]


def _coverage(found: _Evidence) -> Coverage:
    first = min((state.first_day for state in found.states), default=None)
    last = max((state.day for state in found.states), default=None)
    return Coverage(found.data_through, first, last)


def _focus(named: list[Learner], graph: Skills) -> tuple[FocusSkill, ...]:
    everyone = {one.student_id: one.own for one in named}
    names = {one.student_id: one.student for one in named}
    return focus_skills(everyone, graph, names)[:FOCUS_MOST]


def _survival(found: _Evidence) -> Survival:
    through = found.data_through
    reach = local_day(through, found.head.zone) if through else found.days.end
    seen = {
        # The last day on which a student not there yet was looked at: enrolled, and data there.
        one.student_id: min(found.days.end, reach, one.ends_on or date.max)
        for one in found.members
    }
    return survival(
        [
            attempt(
                state.first_day,
                max(state.day, seen[state.student_id]),
                state.total_questions,
                _mastered(state),
                found.calendar,
            )
            for state in found.states
        ]
    )


def _mastered(state: mastery.SkillState) -> tuple[int, date] | None:
    if state.mastered_at is None or state.mastered_on is None:
        return None
    return state.mastered_at, state.mastered_on


def _trends(found: _Evidence, period: str) -> tuple[TrendPoint, ...]:
    days = shown_days(found.days, found.data_through, now=found.now, zone=found.head.zone)
    if days is None:
        return ()
    series = [
        totals_by_period(found.practised[one.student_id], days, period) for one in found.members
    ]
    return tuple(
        _point(start, [one.get(start, NOTHING) for one in series])
        for start in period_starts(days, period)
    )


def _point(start: date, everyone: list[Totals]) -> TrendPoint:
    """The mean over students with questions enough, of whom one alone is no class."""
    average = totals.class_accuracy(everyone, least=USABLE_QUESTIONS)
    return TrendPoint(
        start=start,
        accuracy=average.mean if average.judged >= JUDGED_STUDENTS else None,
        questions=sum(one.questions for one in everyone),
        interval=average.interval,
        students=average.judged,
    )
