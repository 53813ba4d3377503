"""What a class's report rests on: all that the queries find, before any judging."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from analytics import as_of, skills
from analytics.calendar import SchoolCalendar, judged_days, school_calendar
from analytics.concerns import LOOKED_BACK_SCHOOL_DAYS, recent_weeks
from analytics.feeds import known_days
from analytics.prerequisites import Skills
from analytics.queries import assignments, mastery, mates, people, practice
from analytics.queries.skills import skill_graph
from school.days import DateRange, local_day
from school.mastery import Mastery

Weak = dict[tuple[int, int], list[mates.RecentDay]]
"""By student and skill that needs work, the recent days of practice."""


@dataclass(frozen=True)
class Evidence:
    """The rows that a class's report is made of.

    `members` are those of the previous range too, and `practised` reaches back over it and over
    the last 8 calendar weeks; `weak` has the recent days of the skills that need work.
    """

    head: people.ClassHead
    members: tuple[people.Member, ...]
    days: DateRange
    now: datetime
    calendar: SchoolCalendar
    practised: practice.Practice
    standings: skills.Standings
    weak: Weak
    assigned: list[assignments.AssignmentHead]
    parts: list[assignments.AssignmentPart]
    graph: Skills
    replaying: bool

    def enrolled(self, days: DateRange) -> list[people.Member]:
        """Those enrolled on at least one of `days`."""
        return [one for one in self.members if one.enrolled_in(days)]

    @cached_property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach."""
        return people.newest_data(self.enrolled(self.days))

    @cached_property
    def first_day(self) -> date | None:
        """The first day with practice of anyone in the class."""
        return people.first_practice(self.enrolled(self.days))

    @cached_property
    def reach(self) -> date | None:
        """The last day of the range that the data reach; None where there are no data."""
        return as_of.last_known(self.days, self.data_through, now=self.now, zone=self.head.zone)

    @property
    def present(self) -> set[int]:
        """Those enrolled today, whom a teacher of the class may still see by name."""
        today = local_day(self.now, self.head.zone)
        return {one.student_id for one in self.enrolled(DateRange(today, today))}

    def at(self, days: DateRange) -> as_of.AsOf:
        """The moment at which assignments of a range are looked at: its own end, or now."""
        through = people.newest_data(self.enrolled(days))
        return as_of.as_of(days, through, now=self.now, zone=self.head.zone, calendar=self.calendar)

    def judged(self, days: DateRange) -> DateRange | None:
        """The days of `days` on which practice could be missed."""
        through = people.newest_data(self.enrolled(days))
        return judged_days(days, through, now=self.now, zone=self.head.zone)

    @cached_property
    def judged_so_far(self) -> DateRange | None:
        """The days since the class's first practice on which practice could be missed."""
        first = self.first_day
        if first is None or first > self.days.end:
            return None
        so_far = DateRange(first, self.days.end)
        return judged_days(so_far, self.data_through, now=self.now, zone=self.head.zone)

    def known(self, one: people.Member, judged: DateRange | None) -> DateRange | None:
        """Those of the judged days that say something about one student."""
        zone = self.head.zone
        return known_days(one, judged, now=self.now, zone=zone, calendar=self.calendar)


def gather(class_id: int, days: DateRange, *, session: Session, now: datetime) -> Evidence:
    """Ask for all of it. Raises NotFound where there is no such class."""
    head = people.class_head(session, class_id)
    before = days.previous()
    span = DateRange(before.start, days.end) if before else days
    found = people.members(session, class_id, span, days.end)
    workspace_id, ids = head.workspace_id, [one.student_id for one in found]
    through = people.newest_data(one for one in found if one.enrolled_in(days))
    reach = as_of.last_known(days, through, now=now, zone=head.zone) or days.end
    calendar = school_calendar(session, workspace_id)
    standings = skills.standings(mastery.skill_states(session, workspace_id, ids, days.end))
    since, until = _looked_at(days, now, head)
    return Evidence(
        head=head,
        members=found,
        days=days,
        now=now,
        calendar=calendar,
        practised=practice.practice_days(session, workspace_id, ids, _reaching(span, reach)),
        standings=standings,
        weak=_weak(session, workspace_id, standings, calendar, reach),
        assigned=assignments.class_assignment_heads(session, class_id, since, until),
        parts=assignments.class_assignment_parts(session, class_id, since, until),
        graph=skill_graph(session, workspace_id),
        replaying=practice.being_replayed(session, workspace_id, ids),
    )


def _reaching(span: DateRange, reach: date) -> DateRange:
    """The days of both ranges, and of the last 8 calendar weeks that the data reach."""
    return DateRange(min(span.start, recent_weeks(reach).start), span.end)


def _looked_at(days: DateRange, now: datetime, head: people.ClassHead) -> tuple[datetime, datetime]:
    """The moments between which an assignment matters: due since the one, given by the other."""
    before = days.previous() or days
    at = as_of.as_of(days, None, now=now, zone=head.zone, calendar=SchoolCalendar())
    return as_of.looked_at_since(before, at), at.moment


def _weak(
    session: Session,
    workspace_id: int,
    standings: skills.Standings,
    calendar: SchoolCalendar,
    reach: date,
) -> Weak:
    """The recent days of all skills that need work of a student."""
    weak = list(_needing(standings))
    since = calendar.back(reach, LOOKED_BACK_SCHOOL_DAYS)
    if not weak:
        return {}
    return mates.recent_days(session, workspace_id, weak, DateRange(since, reach))


def _needing(standings: skills.Standings) -> Collection[tuple[int, int]]:
    return [
        (student, skill)
        for student, own in standings.items()
        for skill, state in own.items()
        if state.label == Mastery.NEEDS_WORK
    ]
