"""What every report begins with: access and audit first, then the class beside it and the days."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from handlers.codec import Ref
from school.access import Viewer, classes_shared, open_class, open_student
from school.days import DateRange


class OpenedStudent(NamedTuple):
    """A student whose record is open to the viewer, the class to look beside, and the days."""

    id: int
    class_id: int | None
    days: DateRange


class OpenedClass(NamedTuple):
    """A class whose record is open to the viewer, and the days."""

    id: int
    title: str
    days: DateRange


def opened_student(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> OpenedStudent:
    """The student that a reference is about. Raises NotFound.

    The class is the wanted one, else the first, of those that they share today.
    """
    student = open_student(session, viewer, ref.student or 0, purpose, now=now)
    shared = classes_shared(session, viewer, student.id)
    class_id = ref.class_id if ref.class_id in shared else next(iter(shared), None)
    days = resolve_range(
        ref.range, session=session, now=now, student_id=student.id, class_id=class_id
    )
    return OpenedStudent(student.id, class_id, days)


def opened_class(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> OpenedClass:
    """The class that a reference is about. Raises NotFound."""
    found = open_class(session, viewer, ref.class_id or 0, purpose, now=now)
    days = resolve_range(ref.range, session=session, now=now, class_id=found.id)
    return OpenedClass(found.id, found.title, days)
