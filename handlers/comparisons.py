"""Opening a comparison for a viewer: access and audit first, then the range, then the numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import ClassComparison, StudentComparison
from handlers.codec import Ref
from handlers.opened import opened_class, opened_student
from handlers.reports import title_of
from school.access import Viewer, open_class, visible_classes
from school.errors import NotFound

IN_NO_CLASS = "That student is in no class to be compared with."
MOST_CLASSES = 11
"""Other classes beside one, the first by title: as many as a picture holds."""


def student_comparison(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> StudentComparison:
    """A student beside a class that the viewer teaches. Raises NotFound."""
    student = opened_student(viewer, ref, purpose, session=session, now=now)
    if student.class_id is None:
        raise NotFound(IN_NO_CLASS)
    found = get_student_comparison(
        student.id, student.class_id, session=session, now=now, date_range=student.days
    )
    name = title_of(viewer, Ref(student=student.id), session=session)
    return replace(found, student=name)


def class_comparison(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> ClassComparison:
    """A class beside the viewer's others, each of which is audited too. Raises NotFound."""
    own = opened_class(viewer, ref, purpose, session=session, now=now)
    others = [one.id for one in visible_classes(session, viewer) if one.id != own.id]
    shown = others[:MOST_CLASSES]
    for one in shown:
        open_class(session, viewer, one, purpose, now=now)
    compared = get_class_comparison(own.id, shown, session=session, now=now, date_range=own.days)
    return replace(compared, more=len(others) - len(shown))
