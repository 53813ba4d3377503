"""What a student's report rests on: all that the queries find, before any judging."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics import as_of, skills
from analytics.calendar import SchoolCalendar, judged_days, school_calendar
from analytics.concerns import may_matter, recent_weeks
from analytics.prerequisites import Skills
from analytics.queries import assignments, mastery, mates, people, practice
from analytics.queries.skills import skill_graph
from analytics.reports.beside import StudentBeside
from analytics.series import judged_weeks
from school.days import DateRange
from school.mastery import Mastery


@dataclass(frozen=True, slots=True)
class Evidence(StudentBeside):
    """The rows that a student's report is made of.

    `own` are all days of the student up to the range's end; `practised` has those of the range of
    everyone, the student among them, and `recent` those of the last 8 calendar weeks where a trend
    in them may matter. `sums` are the classmates' skills; without a skill that needs work there is
    no `graph`.
    """

    workspace_id: int
    calendar: SchoolCalendar
    own: list[practice.PracticeDay]
    practised: practice.Practice
    recent: practice.Practice
    own_skills: list[mastery.SkillDay]
    sums: list[mates.SkillSum]
    sittings: Sequence[practice.Sitting]
    assigned: list[tuple[assignments.AssignmentHead, assignments.AssignmentPart]]
    graph: Skills | None
    replaying: bool

    @property
    def reach(self) -> date | None:
        """The last day of the range that the data reach; None where there are no data."""
        return as_of.last_known(self.days, self.data_through, now=self.now, zone=self.zone)

    @property
    def judged(self) -> DateRange | None:
        """The days since the class's first practice on which the student's could be missed."""
        first = people.first_practice(self.everyone)
        if first is None or first > self.days.end:
            return None
        days = DateRange(first, self.days.end)
        return judged_days(days, self.data_through, now=self.now, zone=self.zone)

    @property
    def at(self) -> as_of.AsOf:
        """The moment at which assignments are looked at."""
        return as_of.as_of(
            self.days, self.data_through, now=self.now, zone=self.zone, calendar=self.calendar
        )


def gather(
    student_id: int, days: DateRange, *, session: Session, now: datetime, class_id: int | None
) -> Evidence:
    """Ask for all of it. Raises NotFound where there is no such student or class."""
    head = people.student_head(session, student_id, days.end)
    class_id = class_id or people.main_class(session, student_id, days)
    classmates = people.members(session, class_id, days, days.end) if class_id else ()
    me = next((one for one in classmates if one.student_id == student_id), head.member)
    workspace_id = head.workspace_id
    everyone = {student_id, *(one.student_id for one in classmates)}
    own_skills = mastery.skill_days(session, workspace_id, student_id, days.end)
    through = people.newest_data((me, *classmates))
    reach = as_of.last_known(days, through, now=now, zone=head.zone)
    own, practised, recent = _practice(session, head, everyone, days, reach)
    return Evidence(
        me=me,
        workspace_id=workspace_id,
        zone=head.zone,
        course=people.class_head(session, class_id) if class_id else None,
        classmates=classmates,
        days=days,
        now=now,
        calendar=school_calendar(session, workspace_id),
        own=own,
        practised=practised,
        recent=recent,
        own_skills=own_skills,
        sums=mates.skill_sums(session, workspace_id, student_id, everyone, days),
        sittings=practice.recent_sittings(session, workspace_id, student_id, days),
        assigned=_assigned(session, student_id, days, now, head.zone),
        graph=skill_graph(session, workspace_id) if _weak(own_skills, days.end) else None,
        replaying=practice.being_replayed(session, workspace_id, everyone),
    )


def _practice(
    session: Session,
    head: people.StudentHead,
    everyone: Collection[int],
    days: DateRange,
    reach: date | None,
) -> tuple[list[practice.PracticeDay], practice.Practice, practice.Practice]:
    """All days of the student, everyone's of the range, and everyone's of the last 8 weeks.

    The last are asked for only where the student's own may be a concern or praise.
    """
    me, so_far = head.member.student_id, DateRange(date.min, days.end)
    own = practice.practice_days(session, head.workspace_id, [me], so_far)[me]

    def around(inside: DateRange) -> practice.Practice:
        mine = {me: [one for one in own if one.day in inside]}
        others = [one for one in everyone if one != me]
        if not others:
            return mine
        return mine | practice.practice_days(session, head.workspace_id, others, inside)

    weeks = recent_weeks(reach) if reach else None
    matters = weeks is not None and may_matter(judged_weeks(own, weeks))
    return own, around(days), around(weeks) if weeks and matters else {}


def _assigned(
    session: Session, student_id: int, days: DateRange, now: datetime, zone: ZoneInfo
) -> list[tuple[assignments.AssignmentHead, assignments.AssignmentPart]]:
    at = as_of.as_of(days, None, now=now, zone=zone, calendar=SchoolCalendar())
    since = as_of.looked_at_since(days, at)
    return assignments.student_assignment_parts(session, student_id, since, at.moment)


def _weak(own: Sequence[mastery.SkillDay], by: date) -> bool:
    """Whether any skill needs work."""
    return any(one.label == Mastery.NEEDS_WORK for one in skills.latest(own, by).values())
