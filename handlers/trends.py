"""Opening a trend for a viewer: access and audit first, then the range, then the numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from analytics.reports.data.trends import Metric, TrendReport
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from handlers.codec import Ref
from handlers.reports import title_of
from school.access import Viewer, classes_shared, open_class, open_student


def trend_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> TrendReport:
    """How a student's or a class's metric goes; accuracy where none is said.

    Raises NotFound where the viewer may not see it, InvalidInput on a metric that there is not.
    """
    if ref.student is None:
        return _of_class(viewer, ref, purpose, session=session, now=now)
    student = open_student(session, viewer, ref.student, purpose, now=now)
    shared = classes_shared(session, viewer, student.id)
    class_id = ref.class_id if ref.class_id in shared else next(iter(shared), None)
    days = resolve_range(
        ref.range, session=session, now=now, student_id=student.id, class_id=class_id
    )
    report = get_student_trend_data(
        student.id, _metric(ref), days, session=session, now=now, by=ref.by, class_id=class_id
    )
    return replace(report, student=title_of(viewer, Ref(student=student.id), session=session))


def _of_class(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> TrendReport:
    found = open_class(session, viewer, ref.class_id or 0, purpose, now=now)
    days = resolve_range(ref.range, session=session, now=now, class_id=found.id)
    return get_class_trend_data(found.id, _metric(ref), days, session=session, now=now, by=ref.by)


def _metric(ref: Ref) -> str:
    return ref.metric or Metric.ACCURACY
