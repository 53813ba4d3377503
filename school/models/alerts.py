"""Alerts and their history."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, ClassRef, Key, Short, StudentRef, WorkspaceRef


class Alert(Base):
    """One concern about one student in one class. `version` grows with each change of state."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_open", "workspace_id", "class_id", "state"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    class_id: Mapped[ClassRef]
    student_id: Mapped[StudentRef]
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id"))
    kind: Mapped[Short]
    severity: Mapped[Short]
    state: Mapped[Short]
    evidence: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    raised_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class AlertEvent(Base):
    """What happened to an alert, when and by whom (none: the clock)."""

    __tablename__ = "alert_events"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[Short]
    detail: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]
