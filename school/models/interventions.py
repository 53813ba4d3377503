"""What teachers do for students: interventions, and messages with their templates.

The columns of `teacher_messages`, `message_templates`, `interventions` and `meetings` are the
product's specification; only columns may be added.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import (
    Base,
    Key,
    Short,
    StudentRef,
    UserRef,
    UtcDateTime,
    WorkspaceRef,
)

NOW = text("CURRENT_TIMESTAMP")
NO = text("FALSE")


class InterventionType(StrEnum):
    """What was done."""

    MESSAGE = "message"
    ASSIGNMENT = "assignment"
    MEETING = "meeting"
    PARENT_NOTICE = "parent_notice"
    PEER_TUTORING = "peer_tutoring"
    RESOLUTION = "resolution"


class MessageTemplate(Base):
    """A prepared text for a message; `variables` names its placeholders.

    The product's own have no workspace and a `code` by which a new release finds them again; a
    teacher's own are theirs alone (`teacher_id`). What is not active is offered no more.
    """

    __tablename__ = "message_templates"

    id: Mapped[Key]
    workspace_id: Mapped[int | None] = mapped_column(ForeignKey("workspaces.id"), index=True)
    category: Mapped[str] = mapped_column(String(50))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    variables: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=NOW)
    code: Mapped[str | None] = mapped_column(String(50), unique=True)
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("TRUE"))
    changed_at: Mapped[datetime | None]
    key: Mapped[str | None] = mapped_column(String(100))


class TeacherMessage(Base):
    """A message from a teacher to a student.

    `delivery_id` is the delivery that takes it there, by the medium `way`: `slack`, `mail`, or
    `none` where there is no way. `read_by` says how it came to be known as read: `click`, `reply`
    or `page`.
    """

    __tablename__ = "teacher_messages"
    __table_args__ = (Index("ix_teacher_messages_when", "teacher_id", "sent_at"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    message: Mapped[str] = mapped_column(Text)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("message_templates.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=NOW)
    read_at: Mapped[datetime | None]
    is_read: Mapped[bool | None] = mapped_column(Boolean, server_default=NO)
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), unique=True)
    way: Mapped[str | None] = mapped_column(String(20))
    delivery_id: Mapped[int | None] = mapped_column(BigInteger)
    read_by: Mapped[str | None] = mapped_column(String(20))


class StudentReply(Base):
    """What a student answered to a message, kept as written. `key` makes a repeated event one."""

    __tablename__ = "student_replies"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    message_id: Mapped[int] = mapped_column(ForeignKey("teacher_messages.id"), index=True)
    reply: Mapped[str] = mapped_column(Text)
    way: Mapped[Short]
    replied_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(String(100))


class Intervention(Base):
    """Something that was done for a student, and how it went.

    `intervention_type` is an `InterventionType`; the message, assignment, meeting, notice or pair
    that it was bears its id. `concern` is what it was done about, such as `inactive`; the skills
    concerned are its `InterventionSkill`s. `key` makes what was asked for twice one, and `asked` is
    the fingerprint of what that was (interventions/once.py). `version` grows with each change of it
    or of what it was, for its card. `withdrawn_at`: it was taken back or undone, and counts for
    nothing.
    """

    __tablename__ = "interventions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_interventions_student_when", "student_id", "created_at"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"), index=True)
    intervention_type: Mapped[str] = mapped_column(String(50))
    action_taken: Mapped[str] = mapped_column(Text)
    resolution_notes: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=NOW)
    resolved_at: Mapped[datetime | None]
    is_resolved: Mapped[bool | None] = mapped_column(Boolean, server_default=NO)
    effectiveness_rating: Mapped[int | None] = mapped_column(Integer)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"), index=True)
    concern: Mapped[str | None] = mapped_column(String(50))
    key: Mapped[str | None] = mapped_column(String(100))
    asked: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    withdrawn_at: Mapped[datetime | None]
    rated_at: Mapped[datetime | None]


class InterventionSkill(Base):
    """That an intervention was about a skill."""

    __tablename__ = "intervention_skills"

    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    workspace_id: Mapped[WorkspaceRef]
