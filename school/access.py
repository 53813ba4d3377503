"""Who may see whom. Every way in opens a record here, which checks and writes the audit row."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from school.days import local_day
from school.errors import NotAllowed, NotFound
from school.models import (
    AuditEntry,
    Class,
    ClassTeacher,
    Enrolment,
    Role,
    Student,
    User,
    Workspace,
    new_id,
)

SWITCHED_OFF = "Your account here is switched off. Ask your administrator."
FOR_GUESTS = "Reports are for full members of this workspace; guests cannot open them."
FOR_OTHER_TEAMS = "Reports are for the teachers of this workspace alone."
FOR_STUDENTS = "Reports are for teachers. Messages from your teachers reach you here."
FOR_NOBODY = (
    "I do not know you as a teacher yet. Ask the person who runs Homeroom to link your account."
)
NO_SUCH_STUDENT = "None of your students is that one."
NO_SUCH_CLASS = "None of your classes is that one."


@dataclass(frozen=True, slots=True)
class Viewer:
    """A teacher or administrator who looks, in one workspace."""

    user_id: int
    workspace_id: int
    role: Role
    today: date


@dataclass(frozen=True, slots=True)
class SlackStanding:
    """What Slack says of the person who asks (`users.info`); all false for a full member."""

    restricted: bool = False
    stranger: bool = False
    deleted: bool = False
    other_team: bool = False


class EnrolmentRow(NamedTuple):
    """A student in one class that a viewer may see."""

    student_id: int
    given_name: str
    family_name: str
    source_id: str
    class_title: str


_NAMES = (Student.id, Student.given_name, Student.family_name, Student.source_id)
_BY_NAME = (Student.given_name, Student.family_name, Student.id)


def viewer_for_slack(
    session: Session,
    workspace_id: int,
    slack_user_id: str,
    slack_user: SlackStanding | None,
    *,
    now: datetime,
) -> Viewer:
    """The viewer whose Slack account it is. `slack_user` is None where Slack was not asked.

    Raises NotAllowed for guests, people of another workspace, students and people not linked:
    they can receive and answer messages and nothing else.
    """
    _check_standing(slack_user or SlackStanding())
    user = session.scalar(
        select(User).where(User.workspace_id == workspace_id, User.slack_user_id == slack_user_id)
    )
    if user is not None:
        return viewer_of(session, user, now=now)
    is_student = select(Student.id).where(
        Student.workspace_id == workspace_id, Student.slack_user_id == slack_user_id
    )
    if session.scalars(is_student).first() is not None:
        raise NotAllowed(FOR_STUDENTS)
    raise NotAllowed(FOR_NOBODY)


def _check_standing(standing: SlackStanding) -> None:
    if standing.restricted:
        raise NotAllowed(FOR_GUESTS)
    if standing.stranger or standing.other_team:
        raise NotAllowed(FOR_OTHER_TEAMS)
    if standing.deleted:
        raise NotAllowed(SWITCHED_OFF)


def viewer_of(session: Session, user: User, *, now: datetime) -> Viewer:
    """The viewer that `user` is at `now`. Raises NotAllowed when the user is not active."""
    if not user.is_active:
        raise NotAllowed(SWITCHED_OFF)
    workspace = session.get_one(Workspace, user.workspace_id)
    today = local_day(now, ZoneInfo(workspace.timezone))
    return Viewer(user.id, user.workspace_id, Role(user.role), today)


def _open_between(
    starts: InstrumentedAttribute[date | None], ends: InstrumentedAttribute[date | None], day: date
) -> ColumnElement[bool]:
    return and_(or_(starts.is_(None), starts <= day), or_(ends.is_(None), ends >= day))


def visible_class_ids(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on `Class`: active, in the workspace, and taught by the viewer today."""
    own = and_(Class.workspace_id == viewer.workspace_id, Class.is_active)
    if viewer.role is Role.ADMINISTRATOR:
        return own
    taught = select(ClassTeacher.class_id).where(
        ClassTeacher.user_id == viewer.user_id,
        _open_between(ClassTeacher.starts_on, ClassTeacher.ends_on, viewer.today),
    )
    return and_(own, Class.id.in_(taught))


def visible_classes(session: Session, viewer: Viewer) -> list[Class]:
    """The classes that the viewer may see, by title."""
    query = select(Class).where(visible_class_ids(viewer)).order_by(Class.title, Class.id)
    return list(session.scalars(query))


def teachers_of(session: Session, viewer: Viewer) -> list[int]:
    """The ids of whoever teaches an active class of the viewer's workspace today."""
    query = (
        select(User.id)
        .join(ClassTeacher, ClassTeacher.user_id == User.id)
        .join(Class, Class.id == ClassTeacher.class_id)
        .where(
            Class.workspace_id == viewer.workspace_id,
            Class.is_active,
            User.is_active.is_(True),
            _open_between(ClassTeacher.starts_on, ClassTeacher.ends_on, viewer.today),
        )
        .distinct()
    )
    return list(session.scalars(query))


def classes_shared(session: Session, viewer: Viewer, student_id: int) -> list[int]:
    """The classes that the viewer may see and the student is now enrolled in, by title."""
    query = (
        select(Class.id)
        .join(Enrolment, Enrolment.class_id == Class.id)
        .join(Student, Student.id == Enrolment.student_id)
        .where(*_enrolled_now(viewer), Student.id == student_id)
        .order_by(Class.title, Class.id)
    )
    return list(session.scalars(query))


def visible_enrolments(
    session: Session, viewer: Viewer, *, class_id: int | None = None
) -> list[EnrolmentRow]:
    """Every student now enrolled in a class that the viewer may see, once per class, by name.

    An administrator sees the students of no class too, last and with an empty class title.
    """
    query = (
        select(*_NAMES, Class.title)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(Class, Class.id == Enrolment.class_id)
        .where(*_enrolled_now(viewer))
        .order_by(*_BY_NAME, Class.title, Class.id)
    )
    if class_id is not None:
        query = query.where(Class.id == class_id)
    rows = [EnrolmentRow(*row) for row in session.execute(query)]
    if viewer.role is Role.ADMINISTRATOR and class_id is None:
        rows += _in_no_class(session, viewer, {row.student_id for row in rows})
    return rows


def _in_no_class(session: Session, viewer: Viewer, enrolled: set[int]) -> list[EnrolmentRow]:
    query = select(*_NAMES, literal("")).where(*_of_workspace(viewer)).order_by(*_BY_NAME)
    rows = [EnrolmentRow(*row) for row in session.execute(query)]
    return [row for row in rows if row.student_id not in enrolled]


def _of_workspace(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return Student.workspace_id == viewer.workspace_id, Student.is_active.is_(True)


def _enrolled_now(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (
        visible_class_ids(viewer),
        Student.is_active.is_(True),
        _open_between(Enrolment.starts_on, Enrolment.ends_on, viewer.today),
    )


def _students(viewer: Viewer) -> Select[Student]:
    if viewer.role is Role.ADMINISTRATOR:
        return select(Student).where(*_of_workspace(viewer))
    return (
        select(Student)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(Class, Class.id == Enrolment.class_id)
        .where(*_enrolled_now(viewer))
        .distinct()
    )


def visible_student_ids(viewer: Viewer) -> Select[int]:
    """The ids of the students whom the viewer may see now, for a condition of another query."""
    return _students(viewer).with_only_columns(Student.id)


def teaches(user: User, student_id: int, *, session: Session, now: datetime) -> bool:
    """Whether a user may see a student now; nothing is shown by this, so no audit."""
    if not user.is_active:
        return False
    seen = visible_student_ids(viewer_of(session, user, now=now))
    return session.scalars(seen.where(Student.id == student_id)).first() is not None


def open_student(
    session: Session, viewer: Viewer, student_id: int, purpose: str, *, now: datetime
) -> Student:
    """The student, if the viewer may see them now; writes the audit row in this transaction.

    Raises NotFound, with the same words, when there is no such student or none for this viewer.
    """
    student = session.scalars(_students(viewer).where(Student.id == student_id)).first()
    if student is None:
        raise NotFound(NO_SUCH_STUDENT)
    _audit(session, viewer, purpose, now, student_id=student.id)
    return student


def open_class(
    session: Session, viewer: Viewer, class_id: int, purpose: str, *, now: datetime
) -> Class:
    """The class, if the viewer may see it now; writes the audit row in this transaction.

    Raises NotFound, with the same words, when there is no such class or none for this viewer.
    """
    query = select(Class).where(visible_class_ids(viewer), Class.id == class_id)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(NO_SUCH_CLASS)
    _audit(session, viewer, purpose, now, class_id=found.id)
    return found


def _audit(
    session: Session,
    viewer: Viewer,
    purpose: str,
    now: datetime,
    *,
    student_id: int | None = None,
    class_id: int | None = None,
) -> None:
    session.add(
        AuditEntry(
            workspace_id=viewer.workspace_id,
            id=new_id(),
            user_id=viewer.user_id,
            student_id=student_id,
            class_id=class_id,
            purpose=purpose,
            happened_at=now,
        )
    )
