"""Resolving alerts, and opening them again."""

from interventions.alerts.queries import OpenAlert, open_alerts
from interventions.alerts.resolve import (
    ACTIONS,
    mark_alert_resolved,
    reopen_alert,
    resolution_outcomes,
    undo_resolution,
)
from interventions.alerts.states import AlertState

__all__ = [
    "ACTIONS",
    "AlertState",
    "OpenAlert",
    "mark_alert_resolved",
    "open_alerts",
    "reopen_alert",
    "resolution_outcomes",
    "undo_resolution",
]
