"""The states of an alert that a teacher's hand brings about, and what is noted of each change."""

from enum import StrEnum


class AlertState(StrEnum):
    """An alert whose `closed_at` is set is open no more, whatever closed it."""

    OPEN = "open"
    RESOLVED = "resolved"


class AlertChange(StrEnum):
    """Kinds of events of an alert."""

    RESOLVED = "resolved"
    REOPENED = "reopened"
