"""What a prep card needs: the student's report, opened and audited, and what else is on record."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.reports import student_report
from handlers.views.reports.prep import Prep
from interventions.meetings import MeetingView, last_notes
from school.access import Viewer, visible_class_ids
from school.models import Alert, Class


def prep_for(viewer: Viewer, view: MeetingView, *, session: Session, now: datetime) -> Prep:
    """One page about the student of a meeting. Raises NotFound where the viewer may not see it."""
    ref = Ref(student=view.student_id, class_id=view.class_id)
    report = student_report(viewer, ref, "meeting prep", session=session, now=now)
    last = last_notes(view.student_id, session=session, before=min(now, view.scheduled_at))
    alerts = _open_alerts(viewer, view.student_id, session=session)
    return Prep(report, last, alerts, viewer.today)


def _open_alerts(viewer: Viewer, student_id: int, *, session: Session) -> int:
    """How many alerts about a student are open in the viewer's own classes."""
    query = (
        select(func.count())
        .select_from(Alert)
        .join(Class, Class.id == Alert.class_id)
        .where(visible_class_ids(viewer), Alert.student_id == student_id)
        .where(Alert.closed_at.is_(None))
    )
    return session.scalar(query) or 0
