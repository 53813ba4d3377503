"""Who a report is about: a student, a class and its members, and what their data reach.

Statements are built once: putting one together takes longer than SQLite takes to answer it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from school.days import DateRange
from school.errors import NotFound
from school.models import Answer, Class, DailyProgress, Enrolment, Feed, Student, Workspace
from school.names import look


@dataclass(frozen=True, slots=True)
class Member:
    """A student with their enrolment in the class asked about, and where their practice lies.

    `last_day` is the last local day with a question, `last_by` the last one in or before the day
    asked about; `data_through` the newest answer of the feed that their last answer came from.
    """

    student_id: int
    name: str
    given_name: str
    source_id: str
    starts_on: date | None
    ends_on: date | None
    first_day: date | None
    last_day: date | None
    last_by: date | None
    data_through: datetime | None
    on_leaderboard: bool = True

    def enrolled_in(self, days: DateRange) -> bool:
        """Whether the enrolment holds at least one of `days`."""
        return self.window(days) is not None

    def window(self, days: DateRange) -> DateRange | None:
        """Those of `days` on which the student is enrolled; None where there are none."""
        start = max(days.start, self.starts_on or days.start)
        end = min(days.end, self.ends_on or days.end)
        return DateRange(start, end) if start <= end else None

    def anywhere(self) -> "Member":
        """The same student, of whatever class: enrolled on every day."""
        return replace(self, starts_on=None, ends_on=None)


@dataclass(frozen=True, slots=True)
class ClassHead:
    """A class, its workspace and the zone of its school days."""

    class_id: int
    title: str
    workspace_id: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class StudentHead:
    """A student by themselves, their workspace and the zone of its school days."""

    member: Member
    workspace_id: int
    zone: ZoneInfo


def class_head(session: Session, class_id: int) -> ClassHead:
    """The class. Raises NotFound where there is none."""
    row = session.execute(_CLASS, {"class": class_id}).first()
    if row is None:
        raise NotFound("None of your classes is that one.")
    return ClassHead(class_id, row.title, row.workspace_id, ZoneInfo(row.timezone))


def student_head(session: Session, student_id: int, by: date = date.max) -> StudentHead:
    """The student, without an enrolment. Raises NotFound where there is none."""
    row = session.execute(_STUDENT, {"student": student_id, "by": by}).first()
    if row is None:
        raise NotFound("None of your students is that one.")
    workspace_id, timezone, given, family, source_id, *reach = row
    name = f"{given} {family}".strip()
    member = Member(student_id, name, given, source_id, None, None, *reach)
    return StudentHead(member, workspace_id, ZoneInfo(timezone))


def members(
    session: Session, class_id: int, days: DateRange, by: date = date.max
) -> tuple[Member, ...]:
    """Everyone enrolled in the class on at least one of `days`, by name; namesakes told apart.

    Students taken off the roster altogether are left out.
    """
    asked = {"class": class_id, "start": days.start, "end": days.end, "by": by}
    found = [
        Member(student_id, f"{given} {family}".strip(), given, *rest)
        for student_id, given, family, *rest in session.execute(_MEMBERS, asked)
    ]
    return _told_apart(sorted(found, key=lambda member: (member.name, member.student_id)))


def main_class(session: Session, student_id: int, days: DateRange) -> int | None:
    """The student's class in these days; of several the one whose members practised most."""
    asked = {"student": student_id, "start": days.start, "end": days.end}
    found = list(session.scalars(_CLASSES_OF, asked))
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda class_id: (_practice_of(session, class_id, days), -class_id))


def _practice_of(session: Session, class_id: int, days: DateRange) -> int:
    asked = {"class": class_id, "start": days.start, "end": days.end}
    return session.scalar(_PRACTICE_OF, asked) or 0


def newest_data(people: Iterable[Member]) -> datetime | None:
    """Through when the data of these students reach: the newest answer of their feeds."""
    return max((one.data_through for one in people if one.data_through), default=None)


def first_practice(people: Iterable[Member]) -> date | None:
    """The first day on which anyone of these students practised."""
    return min((one.first_day for one in people if one.first_day), default=None)


def last_practice(people: Iterable[Member]) -> date | None:
    """The last day on which anyone of these students practised."""
    return max((one.last_day for one in people if one.last_day), default=None)


def _told_apart(people: Sequence[Member]) -> tuple[Member, ...]:
    count = Counter(look(one.name) for one in people)
    return tuple(
        replace(one, name=f"{one.name} ({one.source_id})") if count[look(one.name)] > 1 else one
        for one in people
    )


def _reach(
    workspace_id: InstrumentedAttribute[int], student_id: InstrumentedAttribute[int]
) -> tuple[ScalarSelect[Any], ...]:
    """First and last day with practice, the last in or before `by`, and the data's reach."""
    practised = select(DailyProgress.day).where(
        DailyProgress.workspace_id == workspace_id,
        DailyProgress.student_id == student_id,
        DailyProgress.questions > 0,
    )
    last = practised.order_by(DailyProgress.day.desc()).limit(1)
    through = (
        select(Feed.data_through)
        .join(Answer, Answer.feed_id == Feed.id)
        .where(Answer.workspace_id == workspace_id, Answer.student_id == student_id)
        .order_by(Answer.answered_at.desc())
        .limit(1)
    )
    queries: tuple[Select[Any], ...] = (
        practised.order_by(DailyProgress.day).limit(1),
        last,
        last.where(DailyProgress.day <= bindparam("by")),
        through,
    )
    return tuple(query.correlate(Enrolment, Student).scalar_subquery() for query in queries)


def _overlaps() -> ColumnElement[bool]:
    """The enrolment holds at least one of the days from `start` to `end`."""
    return and_(
        or_(Enrolment.starts_on.is_(None), Enrolment.starts_on <= bindparam("end")),
        or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= bindparam("start")),
    )


_CLASS = (
    select(Class.title, Class.workspace_id, Workspace.timezone)
    .join(Workspace, Workspace.id == Class.workspace_id)
    .where(Class.id == bindparam("class"))
)
_NAMES = (Student.given_name, Student.family_name, Student.source_id)
_STUDENT: Select[*tuple[Any, ...]] = (
    select(
        Student.workspace_id,
        Workspace.timezone,
        *_NAMES,
        *_reach(Student.workspace_id, Student.id),
        Student.on_leaderboard,
    )
    .join(Workspace, Workspace.id == Student.workspace_id)
    .where(Student.id == bindparam("student"))
)
_MEMBERS: Select[*tuple[Any, ...]] = (
    select(
        Enrolment.student_id,
        *_NAMES,
        Enrolment.starts_on,
        Enrolment.ends_on,
        *_reach(Enrolment.workspace_id, Enrolment.student_id),
        Student.on_leaderboard,
    )
    .join(Student, Student.id == Enrolment.student_id)
    .where(Enrolment.class_id == bindparam("class"), Student.is_active, _overlaps())
)
_CLASSES_OF = (
    select(Enrolment.class_id)
    .join(Class, Class.id == Enrolment.class_id)
    .where(Enrolment.student_id == bindparam("student"), Class.is_active, _overlaps())
    .order_by(Enrolment.class_id)
)
_PRACTICE_OF = (
    select(func.sum(DailyProgress.questions))
    .join(
        Enrolment,
        and_(
            Enrolment.workspace_id == DailyProgress.workspace_id,
            Enrolment.student_id == DailyProgress.student_id,
        ),
    )
    .where(
        Enrolment.class_id == bindparam("class"),
        _overlaps(),
        DailyProgress.day.between(bindparam("start"), bindparam("end")),
    )
)
