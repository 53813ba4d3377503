"""The audit log: who opened or changed whose record, for what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, BigKey, Short, WorkspaceKey


class AuditEntry(Base):
    """One view, export or change of one record by one user."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_student", "workspace_id", "student_id", "happened_at"),
        Index("ix_audit_purpose", "workspace_id", "purpose", "happened_at", "user_id"),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"))
    purpose: Mapped[Short]
    happened_at: Mapped[datetime]
