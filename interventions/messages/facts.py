"""What placeholders stand for: the figures that the student's card and report show.

`[Days]` are the school days that the concern "inactive" counts (docs/metrics.md), `[Percent]` is
the accuracy on the skill in the last 30 days, `[Streak]` the running one in school days,
`[Class skill]` the one that most questions of the class were on in the last 10 school days.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.calendar import school_calendar
from analytics.queries.mastery import skill_totals
from analytics.reports.data import ConcernKind, OwnAssignment, PraiseKind, StudentReport
from analytics.reports.student import get_student_performance_report
from analytics.wording.formats import percent, skill_words
from interventions.messages.placeholders import Placeholder, Values
from interventions.messages.starters import Category
from interventions.messages.templates import category_for
from school.access import Viewer, classes_shared, open_student, visible_enrolments
from school.days import DateRange, parse_range
from school.models import Assignment, AssignmentStudent, Class, Skill, Student, User

RANGE = "30d"
LEAST_STREAK = 2
"""School days that are one."""
LEAST_QUESTIONS = 10
"""Questions on a skill from which its accuracy is said, or that a class works on it."""
CLASS_DAYS = 10
"""School days by which it is known what a class works on."""
FIGURES = frozenset(
    {
        Placeholder.SKILL,
        Placeholder.ASSIGNMENT,
        Placeholder.DAYS,
        Placeholder.PERCENT,
        Placeholder.STREAK,
    }
)
"""Placeholders that need the student's report."""
Known = Mapping[Placeholder, str | None]


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, as far as the teacher has said it."""

    concern: str | None = None
    skill_id: int | None = None
    assignment_id: int | None = None
    class_id: int | None = None


def placeholder_values(
    session: Session,
    viewer: Viewer,
    student_id: int,
    *,
    now: datetime,
    concern: str | None = None,
    skill_id: int | None = None,
    assignment_id: int | None = None,
    class_id: int | None = None,
    wanted: Collection[Placeholder] | None = None,
) -> Values:
    """What each placeholder stands for, for one student; audited. Raises NotFound.

    `wanted` are those that a text has (`names_in`): without figures among them no report is made,
    which counts where a message goes to many.
    """
    student = open_student(session, viewer, student_id, "message", now=now)
    about = About(concern, skill_id, assignment_id, class_id)
    shared = classes_shared(session, viewer, student_id)
    of_class = class_id if class_id in shared else next(iter(shared), None)
    course = session.get(Class, of_class) if of_class is not None else None
    names: Known = {
        Placeholder.STUDENT: student.given_name,
        Placeholder.TEACHER: session.get_one(User, viewer.user_id).name,
        Placeholder.CLASS: course.title if course is not None else None,
    }
    figures: Known = {}
    if wanted is None or FIGURES & set(wanted):
        days = parse_range(RANGE, viewer.today)
        report = get_student_performance_report(
            student_id, days, session=session, now=now, class_id=of_class
        )
        figures = _figures(session, report, about)
    at_work: Known = {}
    if of_class is not None and (wanted is None or Placeholder.CLASS_SKILL in wanted):
        at_work = {Placeholder.CLASS_SKILL: _of_the_class(session, viewer, of_class)}
    return _values({**names, **figures, **at_work}, student)


def _values(found: Known, student: Student) -> Values:
    known = {key: " ".join(value.split()) for key, value in found.items() if value}
    lacking = {key: why for key, why in _why_not(student).items() if key not in known}
    return Values(known, lacking)


def _figures(session: Session, report: StudentReport, about: About) -> Known:
    skill_id = _skill(session, report, about)
    skill = session.get(Skill, skill_id) if skill_id is not None else None
    days, streak = report.missed_school_days, report.motivation and report.motivation.streak
    return {
        Placeholder.SKILL: skill_words(skill.name) if skill is not None else None,
        Placeholder.ASSIGNMENT: _assignment(session, report, about),
        Placeholder.DAYS: str(days) if days else None,
        Placeholder.PERCENT: _percent(report, skill_id),
        Placeholder.STREAK: str(streak) if streak and streak >= LEAST_STREAK else None,
    }


def _skill(session: Session, report: StudentReport, about: About) -> int | None:
    """The skill that was named, else the one that the student struggles or has done best with."""
    if about.skill_id is not None:
        skill = session.get(Skill, about.skill_id)
        ours = session.get_one(Student, report.student_id).workspace_id
        return skill.id if skill is not None and skill.workspace_id == ours else None
    praised = [one for one in report.praise if one.kind is PraiseKind.MASTERED]
    weak = [one for one in report.concerns if one.kind is ConcernKind.STRUGGLING]
    first = praised if category_for(about.concern) is Category.ENCOURAGEMENT else weak
    return next((one.skill_id for one in first if one.skill_id is not None), None)


def _of_the_class(session: Session, viewer: Viewer, class_id: int) -> str | None:
    """The skill that most questions of the class were on of late."""
    rows = visible_enrolments(session, viewer, class_id=class_id)
    calendar = school_calendar(session, viewer.workspace_id)
    days = DateRange(calendar.back(viewer.today, CLASS_DAYS), viewer.today)
    asked: Counter[str] = Counter()
    students = {one.student_id for one in rows}
    for one in skill_totals(session, viewer.workspace_id, students, days):
        asked[one.skill] += one.questions
    most = max(asked, key=lambda name: (asked[name], name), default=None)
    return skill_words(most) if most is not None and asked[most] >= LEAST_QUESTIONS else None


def _percent(report: StudentReport, skill_id: int | None) -> str | None:
    """The accuracy on the skill, without its sign: a template has that."""
    for one in report.skills:
        if one.skill_id == skill_id and one.questions >= LEAST_QUESTIONS:
            return percent(one.accuracy).removesuffix(" %")
    return None


def _assignment(session: Session, report: StudentReport, about: About) -> str | None:
    """The assignment that was named, else the one that is late, comes next, or was done last."""
    if about.assignment_id is not None:
        query = (
            select(Assignment.title)
            .join(AssignmentStudent, AssignmentStudent.assignment_id == Assignment.id)
            .where(
                Assignment.id == about.assignment_id,
                AssignmentStudent.student_id == report.student_id,
                Assignment.withdrawn_at.is_(None),
            )
        )
        return session.scalars(query).first()
    own = report.assignments
    if own is None:
        return None
    done = sorted((one for one in own.lines if one.completed_on), key=_done_on, reverse=True)
    praising = category_for(about.concern) is Category.ENCOURAGEMENT
    order = [*done] if praising else [*own.overdue, *own.open]
    return order[0].title if order else None


def _done_on(one: OwnAssignment) -> str:
    return str(one.completed_on)


def _why_not(student: Student) -> Mapping[Placeholder, str]:
    """Why a placeholder has nothing to stand for."""
    name, write = student.given_name, "write it yourself"
    return {
        Placeholder.CLASS: f"{name} is in none of your classes; {write}",
        Placeholder.CLASS_SKILL: f"the class has practised too little of late; {write}",
        Placeholder.SKILL: f"no skill of {name}'s stands out now; {write}",
        Placeholder.ASSIGNMENT: f"{name} has no assignment that it could mean; {write}",
        Placeholder.DAYS: f"{name} has missed no school day, or there are no data to say so",
        Placeholder.PERCENT: f"too few questions on the skill in 30 days to say it; {write}",
        Placeholder.STREAK: f"{name} is on no streak of {LEAST_STREAK} school days now",
    }
