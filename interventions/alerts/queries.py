"""The open alerts about a student, for whoever may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from interventions.alerts.opening import PURPOSE, open_alert
from school.access import Viewer, open_student, visible_class_ids
from school.days import local_day
from school.models import Alert, Class, Skill, Student
from school.zones import own_zone


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """One alert as a form names it. `kind` and `severity` are codes; `skill` is its name, and
    `raised_on` the viewer's local day.
    """

    id: int
    version: int
    student_id: int
    student_name: str
    kind: str
    severity: str
    skill: str | None
    class_title: str
    raised_on: date


def open_alerts(
    viewer: Viewer, student_id: int, *, session: Session, now: datetime
) -> tuple[str, list[OpenAlert]]:
    """A student's name and their open alerts in the viewer's classes, the newest first; audited.

    Raises NotFound.
    """
    student = open_student(session, viewer, student_id, PURPOSE, now=now)
    return student.name, alerts_about(viewer, student, session=session)


def alerts_about(viewer: Viewer, student: Student, *, session: Session) -> list[OpenAlert]:
    """The open alerts about a student whom the caller has opened, the newest first."""
    query = _alerts(viewer).where(Alert.student_id == student.id, Alert.closed_at.is_(None))
    newest = query.order_by(Alert.raised_at.desc(), Alert.id.desc())
    zone = own_zone(viewer, session=session)
    return [
        _shown(row.Alert, row.title, row.skill, student, zone) for row in session.execute(newest)
    ]


def alert_of(
    viewer: Viewer, alert_id: int, *, session: Session, now: datetime
) -> tuple[OpenAlert, Alert]:
    """One alert, audited, open or not. Raises NotFound."""
    alert, student = open_alert(viewer, alert_id, session=session, now=now)
    row = session.execute(_alerts(viewer).where(Alert.id == alert.id)).one()
    zone = own_zone(viewer, session=session)
    return _shown(alert, row.title, row.skill, student, zone), alert


def _alerts(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        select(Alert, Class.title, Skill.name.label("skill"))
        .join(Class, Class.id == Alert.class_id)
        .outerjoin(Skill, Skill.id == Alert.skill_id)
        .where(visible_class_ids(viewer), Alert.workspace_id == viewer.workspace_id)
    )


def _shown(
    alert: Alert, class_title: str, skill: str | None, student: Student, zone: ZoneInfo
) -> OpenAlert:
    return OpenAlert(
        id=alert.id,
        version=alert.version,
        student_id=alert.student_id,
        student_name=student.name,
        kind=alert.kind,
        severity=alert.severity,
        skill=skill,
        class_title=class_title,
        raised_on=local_day(alert.raised_at, zone),
    )
