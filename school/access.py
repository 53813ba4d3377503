"""Who may see whom. Every way in opens a record here, which checks and writes the audit row."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
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


@dataclass(frozen=True, slots=True)
class Viewer:
    """A teacher or administrator who looks, in one workspace."""

    user_id: int
    workspace_id: int
    role: Role
    today: date


def viewer_of(session: Session, user: User, *, now: datetime) -> Viewer:
    """The viewer that `user` is at `now`. Raises NotAllowed when the user is not active."""
    if not user.is_active:
        raise NotAllowed("Your account here is switched off. Ask your administrator.")
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


def visible_students(
    session: Session, viewer: Viewer, *, class_id: int | None = None
) -> list[Student]:
    """The students now enrolled in classes that the viewer may see, by name, each once."""
    query = _students(viewer).order_by(Student.given_name, Student.family_name, Student.id)
    if class_id is not None:
        query = query.where(Enrolment.class_id == class_id)
    return list(session.scalars(query).unique())


def _students(viewer: Viewer) -> Select[Student]:
    return (
        select(Student)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(Class, Class.id == Enrolment.class_id)
        .where(
            visible_class_ids(viewer),
            Student.is_active,
            _open_between(Enrolment.starts_on, Enrolment.ends_on, viewer.today),
        )
        .distinct()
    )


def open_student(
    session: Session, viewer: Viewer, student_id: int, purpose: str, *, now: datetime
) -> Student:
    """The student, if the viewer may see them now; writes the audit row in this transaction.

    Raises NotFound, with the same words, when there is no such student or none for this viewer.
    """
    student = session.scalars(_students(viewer).where(Student.id == student_id)).first()
    if student is None:
        raise NotFound("None of your students is that one.")
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
        raise NotFound("None of your classes is that one.")
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
