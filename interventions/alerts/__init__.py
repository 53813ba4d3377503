"""Resolving alerts, and opening them again."""

from interventions.alerts.opening import check_open
from interventions.alerts.queries import OpenAlert, alert_of, alerts_about, open_alerts
from interventions.alerts.resolve import (
    ACTIONS,
    MOST_NOTES,
    mark_alert_resolved,
    reopen_alert,
    resolution_outcomes,
    undo_resolution,
)
from interventions.alerts.states import AlertState

__all__ = [
    "ACTIONS",
    "MOST_NOTES",
    "AlertState",
    "OpenAlert",
    "alert_of",
    "alerts_about",
    "check_open",
    "mark_alert_resolved",
    "open_alerts",
    "reopen_alert",
    "resolution_outcomes",
    "undo_resolution",
]
