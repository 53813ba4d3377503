"""Who and what all is about: names, Slack accounts and ids."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.authorization.rows import Who

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
YESTERDAY = date(2026, 3, 1)
TEAM, FAR_TEAM = "T0HERE", "T0FAR"
STUDENT, CLASS = "Quilla Zephyr", "Kestrel Maths"
TYPED = {STUDENT: "quilla", CLASS: "kestrel"}
MARKS = {"student": "Zephyr", "class": "Kestrel"}
"""What stands in an answer only when it shows the record: nobody types it."""

SLACK_IDS = {who: f"U{number:02d}" for number, who in enumerate(Who)}
FLAGS: dict[Who, dict[str, bool]] = {Who.GUEST: {"is_restricted": True}}


FAILED, MAIL, SHOWN = LAID = (1001, 1002, 1003)
"""Ids of deliveries that are there before a test."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of the student and the class that all is about, of a meeting that the student's own
    teacher has about them and something that this teacher did for them, and of each person on
    record.
    """

    student: int
    skill: int
    class_id: int
    meeting: int
    intervention: int
    alert: int
    users: dict[Who, int]
    workspaces: dict[Who, int]
