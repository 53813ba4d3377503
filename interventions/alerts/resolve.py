"""Resolving an alert: what was done, by whom and when; twice changes nothing, and it can be undone.

A change of state swaps the alert's version, so that of two at once one wins.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.alerts.opening import (
    CHANGED,
    OPEN_ALREADY,
    check_open,
    last_event,
    open_alert,
    too_late,
)
from interventions.alerts.states import AlertChange, AlertState
from interventions.given import check_id, check_text
from interventions.messages.texts import clean
from interventions.once import Once
from interventions.opening import acting
from interventions.outcomes import Outcome, State
from interventions.record import Reason, record, withdraw_intervention
from school.access import Viewer
from school.errors import Conflict, InvalidInput
from school.models import Alert, AlertEvent, Intervention, InterventionType, Student

MOST_ACTION, MOST_NOTES = 200, 3000
ACTIONS: Mapping[str, str] = {
    "talked": "Talked with the student",
    "family": "Talked with the family",
    "class": "Helped in class",
    "plan": "Agreed on a plan",
    "settled": "It settled without help",
    "other": "Something else",
}
"""What was done, as the form offers it. Reasons are not among it."""


def mark_alert_resolved(
    teacher_id: int,
    alert_id: int,
    resolution_notes: str,
    action_taken: str,
    *,
    session: Session,
    now: datetime,
    key: str | None = None,
    version: int | None = None,
) -> Intervention:
    """Close an alert, and what was done about it; returns the record of that.

    `version` is the one that the person saw; None takes the alert as it is. Once under `key`.
    Raises NotFound, InvalidInput (`action_taken`, `resolution_notes`), and Conflict where it was
    closed or changed before: who did it, and when.
    """
    viewer = acting(teacher_id, session=session, now=now)
    check_id(alert_id, "alert_id")
    action, notes = _checked_action(action_taken), _checked_notes(resolution_notes)
    once = Once.under(viewer, key, "resolve", alert_id, action, notes)
    alert, student = open_alert(viewer, alert_id, session=session, now=now, change=True)
    if (before := once.before(session=session)) is not None:
        return before
    check_open(alert, viewer, session=session, now=now)
    if version is not None and alert.version != version:
        raise Conflict(CHANGED)
    made = _recorded(viewer, alert, student, action, session=session, now=now)
    once.keep(made)
    _close(alert, viewer, made, session=session, now=now)
    for one in _unresolved(alert, session=session):
        one.is_resolved, one.resolved_at = True, now
        one.resolution_notes = notes or one.resolution_notes
    session.flush()  # the card is rendered from what stands there
    return made


def reopen_alert(
    teacher_id: int,
    alert_id: int,
    *,
    session: Session,
    now: datetime,
    version: int | None = None,
) -> Alert:
    """Open an alert that was resolved again. Raises NotFound, and Conflict where it is open, was
    closed by something else, or has changed since `version`.
    """
    viewer = acting(teacher_id, session=session, now=now)
    alert, _ = open_alert(viewer, alert_id, session=session, now=now, change=True)
    if alert.closed_at is None:
        raise Conflict(OPEN_ALREADY)
    if version is not None and alert.version != version:
        raise Conflict(CHANGED)
    resolution = _resolution(alert, session=session)
    if resolution is None:
        raise too_late(alert, viewer, session=session, now=now)
    _reopen(alert, viewer.user_id, session=session, now=now)
    withdraw_intervention(resolution, session=session, now=now)
    return alert


def undo_resolution(session: Session, intervention: Intervention, now: datetime) -> None:
    """Open the alert of a resolution again, as long as it is this one that closed it."""
    locked = {"key_share": True}
    alert = session.get(
        Alert, intervention.alert_id, with_for_update=locked, populate_existing=True
    )
    if alert is None or alert.closed_at is None:
        return
    resolution = _resolution(alert, session=session)
    if resolution is not None and resolution.id == intervention.id:
        _reopen(alert, intervention.teacher_id, session=session, now=now)


def resolution_outcomes(
    _session: Session, interventions: Sequence[Intervention], _now: datetime
) -> Mapping[int, Outcome]:
    """A resolution stands from the moment on that it was made."""
    return {
        one.id: Outcome(State.RESOLVED, one.created_at, one.resolution_notes)
        for one in interventions
    }


def _checked_action(words: str) -> str:
    """Raises InvalidInput where it does not say what was done, or goes on for too long."""
    check_text(words, "action_taken")
    action = " ".join(clean(words).split())
    if not action:
        raise InvalidInput("action_taken", "Say what was done.")
    if len(action) > MOST_ACTION:
        raise InvalidInput("action_taken", f"At most {MOST_ACTION} characters.")
    return action


def _checked_notes(words: str) -> str | None:
    check_text(words, "resolution_notes")
    notes = clean(words)
    if len(notes) > MOST_NOTES:
        raise InvalidInput("resolution_notes", f"At most {MOST_NOTES:,} characters.")
    return notes or None


def _recorded(
    viewer: Viewer,
    alert: Alert,
    student: Student,
    action: str,
    *,
    session: Session,
    now: datetime,
) -> Intervention:
    skills = () if alert.skill_id is None else (alert.skill_id,)
    return record(
        viewer,
        student,
        InterventionType.RESOLUTION,
        action,
        session=session,
        now=now,
        reason=Reason(alert.kind, skills, alert.id),
        class_id=alert.class_id,
    )


def _close(
    alert: Alert, viewer: Viewer, made: Intervention, *, session: Session, now: datetime
) -> None:
    alert.version += 1
    alert.state, alert.closed_at = AlertState.RESOLVED.value, now
    detail = {"intervention": made.id}
    session.add(_event(alert, AlertChange.RESOLVED, viewer.user_id, now, **detail))


def _reopen(alert: Alert, user_id: int, *, session: Session, now: datetime) -> None:
    """What was resolved with it is so no more."""
    query = select(Intervention).where(
        Intervention.alert_id == alert.id, Intervention.resolved_at == alert.closed_at
    )
    for one in session.scalars(query):
        one.is_resolved, one.resolved_at = False, None
    alert.version += 1
    alert.state, alert.closed_at = AlertState.OPEN.value, None
    session.add(_event(alert, AlertChange.REOPENED, user_id, now))
    session.flush()


def _event(
    alert: Alert, kind: AlertChange, user_id: int, now: datetime, **detail: int
) -> AlertEvent:
    return AlertEvent(
        workspace_id=alert.workspace_id,
        alert_id=alert.id,
        user_id=user_id,
        kind=kind.value,
        detail=detail,
        happened_at=now,
    )


def _unresolved(alert: Alert, *, session: Session) -> Sequence[Intervention]:
    """What was done about an alert and not resolved before."""
    query = select(Intervention).where(
        Intervention.alert_id == alert.id,
        Intervention.withdrawn_at.is_(None),
        Intervention.is_resolved.is_not(True),
    )
    return session.scalars(query).all()


def _resolution(alert: Alert, *, session: Session) -> Intervention | None:
    """The record of what closed an alert; None where that was something else."""
    last = last_event(alert, session=session)
    if last is None or last.kind != AlertChange.RESOLVED.value:
        return None
    return session.get(Intervention, int(last.detail["intervention"]))
