"""Opening a comparison for a viewer: access and audit first, then the range, then the numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import ClassComparison, StudentComparison
from handlers.codec import Ref
from handlers.reports import title_of
from school.access import Viewer, classes_shared, open_class, open_student, visible_classes
from school.errors import NotFound

IN_NO_CLASS = "That student is in no class to be compared with."
MOST_CLASSES = 11
"""Other classes beside one, the first by title: as many as a picture holds."""


def student_comparison(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> StudentComparison:
    """A student beside a class that the viewer teaches. Raises NotFound."""
    student = open_student(session, viewer, ref.student or 0, purpose, now=now)
    class_id = _class_beside(viewer, student.id, ref.class_id, session=session)
    days = resolve_range(
        ref.range, session=session, now=now, student_id=student.id, class_id=class_id
    )
    found = get_student_comparison(student.id, class_id, session=session, now=now, date_range=days)
    name = title_of(viewer, Ref(student=student.id), session=session)
    return replace(found, student=name)


def class_comparison(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> ClassComparison:
    """A class beside the viewer's others, each of which is audited too. Raises NotFound."""
    found = open_class(session, viewer, ref.class_id or 0, purpose, now=now)
    days = resolve_range(ref.range, session=session, now=now, class_id=found.id)
    others = [one.id for one in visible_classes(session, viewer) if one.id != found.id]
    shown = others[:MOST_CLASSES]
    for one in shown:
        open_class(session, viewer, one, purpose, now=now)
    compared = get_class_comparison(found.id, shown, session=session, now=now, date_range=days)
    return replace(compared, more=len(others) - len(shown))


def _class_beside(viewer: Viewer, student_id: int, wanted: int | None, *, session: Session) -> int:
    """The class to compare with: the wanted one, else the first, of those shared today."""
    shared = classes_shared(session, viewer, student_id)
    if not shared:
        raise NotFound(IN_NO_CLASS)
    return wanted if wanted in shared else shared[0]
