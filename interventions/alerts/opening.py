"""Opening an alert: through its class and its student, with the audit row; who was first."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import clock_words, moment_words
from interventions.alerts.states import AlertChange
from interventions.given import is_id
from school.access import Viewer, classes_shared, open_student
from school.days import local_day
from school.errors import Conflict, NotFound
from school.models import Alert, AlertEvent, Student, User
from school.zones import own_zone

PURPOSE = "resolve"
NO_SUCH_ALERT = "None of your alerts is that one."
CHANGED = "The alert has changed since you looked. Please look at it again."
OPEN_ALREADY = "The alert is open already."


def open_alert(
    viewer: Viewer, alert_id: int, *, session: Session, now: datetime, change: bool = False
) -> tuple[Alert, Student]:
    """An alert and its student, audited; locked against others where it is to be changed.

    Open to those who teach its class with the student in it now, and to administrators. Raises
    NotFound, in the same words for everybody else and where there is none.
    """
    if not is_id(alert_id):
        raise NotFound(NO_SUCH_ALERT)
    query = select(Alert).where(Alert.workspace_id == viewer.workspace_id, Alert.id == alert_id)
    if change:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None or found.class_id not in classes_shared(session, viewer, found.student_id):
        raise NotFound(NO_SUCH_ALERT)
    return found, open_student(session, viewer, found.student_id, PURPOSE, now=now)


def check_open(alert: Alert, viewer: Viewer, *, session: Session, now: datetime) -> None:
    """Raises Conflict where an alert is closed already: who did it, and when."""
    if alert.closed_at is not None:
        raise too_late(alert, viewer, session=session, now=now)


def too_late(alert: Alert, viewer: Viewer, *, session: Session, now: datetime) -> Conflict:
    """That an alert is closed already: `Already resolved by Ms Ruiz at 9:20.`"""
    last = last_event(alert, session=session)
    zone = own_zone(viewer, session=session)
    if last is None or last.kind != AlertChange.RESOLVED.value:
        when = _when(alert.closed_at, zone, now)
        return Conflict(f"The alert is closed already{when}.")
    when = _when(last.happened_at, zone, now)
    return Conflict(f"Already resolved by {_who(last, viewer, session)}{when}.")


def last_event(alert: Alert, *, session: Session) -> AlertEvent | None:
    """What happened to an alert last."""
    query = select(AlertEvent).where(AlertEvent.alert_id == alert.id)
    newest = query.order_by(AlertEvent.happened_at.desc(), AlertEvent.id.desc()).limit(1)
    return session.scalars(newest).first()


def _who(event: AlertEvent, viewer: Viewer, session: Session) -> str:
    if event.user_id == viewer.user_id:
        return "you"
    who = None if event.user_id is None else session.get(User, event.user_id)
    return "the clock" if who is None else who.name


def _when(moment: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """` at 9:20` on the same day, else ` on Tue 24 Nov 9:20`."""
    if moment is None:
        return ""
    if local_day(moment, zone) == local_day(now, zone):
        return f" at {clock_words(moment, zone.key)}"
    return f" on {moment_words(moment, zone.key, now)}"
