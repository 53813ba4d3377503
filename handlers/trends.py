"""Opening a trend for a viewer: access and audit first, then the range, then the numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.reports.data.trends import Metric, TrendReport
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from handlers.codec import Ref
from handlers.opened import opened_class, opened_student
from handlers.reports import title_of
from school.access import Viewer


def trend_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> TrendReport:
    """How a student's or a class's metric goes; accuracy where none is said.

    Raises NotFound where the viewer may not see it, InvalidInput on a metric that there is not.
    """
    metric = ref.metric or Metric.ACCURACY
    if ref.student is None:
        course = opened_class(viewer, ref, purpose, session=session, now=now)
        return get_class_trend_data(
            course.id, metric, course.days, session=session, now=now, by=ref.by
        )
    student = opened_student(viewer, ref, purpose, session=session, now=now)
    report = get_student_trend_data(
        student.id,
        metric,
        student.days,
        session=session,
        now=now,
        by=ref.by,
        class_id=student.class_id,
    )
    return replace(report, student=title_of(viewer, Ref(student=student.id), session=session))
