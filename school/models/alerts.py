"""Alerts, their history, and the copies of their cards."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, ClassRef, Key, Short, StudentRef, UserRef, WorkspaceRef


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


class AlertCopy(Base):
    """One copy of an alert's card, in one teacher's direct messages."""

    __tablename__ = "alert_copies"
    __table_args__ = (UniqueConstraint("alert_id", "user_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    user_id: Mapped[UserRef]
    channel: Mapped[str | None] = mapped_column(String(20))
    message_ts: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=0)
