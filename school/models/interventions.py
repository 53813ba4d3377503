"""What teachers do for students: messages, interventions, meetings, tutoring, notices to parents.

The columns of `teacher_messages`, `message_templates`, `interventions` and `meetings` are the
product's specification; only columns may be added.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
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
    Name,
    Short,
    SkillRef,
    StudentRef,
    UserRef,
    UtcDateTime,
    WorkspaceRef,
)

NOW = text("CURRENT_TIMESTAMP")
NO = text("FALSE")


class MessageTemplate(Base):
    """A prepared text for a message; `variables` names its placeholders."""

    __tablename__ = "message_templates"

    id: Mapped[Key]
    workspace_id: Mapped[int | None] = mapped_column(ForeignKey("workspaces.id"), index=True)
    category: Mapped[str] = mapped_column(String(50))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    variables: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=NOW)


class TeacherMessage(Base):
    """A message from a teacher to a student."""

    __tablename__ = "teacher_messages"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    message: Mapped[str] = mapped_column(Text)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("message_templates.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=NOW)
    read_at: Mapped[datetime | None]
    is_read: Mapped[bool | None] = mapped_column(Boolean, server_default=NO)


class Intervention(Base):
    """Something that was done for a student, and how it went."""

    __tablename__ = "interventions"

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


class MeetingType(StrEnum):
    """What kind of meeting it is."""

    ONE_ON_ONE = "one_on_one"
    PARENT_CONFERENCE = "parent_conference"
    GROUP = "group"


class MeetingStatus(StrEnum):
    """Where a meeting stands; the last two are its outcome."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"


class Meeting(Base):
    """A meeting about a student.

    `version` grows with each change of state, `sequence` with each change that a calendar has to
    know (its SEQUENCE, beside the stable `calendar_uid`). `status` is `scheduled`, `cancelled`,
    `held` or `missed`; the last two are its outcome, answered for after it was to end. `key` makes
    what was asked for twice one, such as a modal's draft.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_when", "workspace_id", "teacher_id", "scheduled_at"),
        Index("uq_meetings_key", "workspace_id", "key", unique=True),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    meeting_type: Mapped[str] = mapped_column(String(50))
    scheduled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_minutes: Mapped[int | None] = mapped_column(Integer, server_default=text("30"))
    location: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(String(20), server_default=text("'scheduled'"))
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=NOW)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"), index=True)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    sequence: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    calendar_uid: Mapped[str | None] = mapped_column(String(100))
    outcome_notes: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime | None]
    key: Mapped[str | None] = mapped_column(String(100))


class MeetingAttendee(Base):
    """Somebody invited to a meeting: a user, a guardian, the student, or an address alone.

    `told_sequence` is the meeting's sequence that they last were told of; none: nothing yet.
    """

    __tablename__ = "meeting_attendees"
    __table_args__ = (UniqueConstraint("meeting_id", "email"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    email: Mapped[str | None] = mapped_column(String(320))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    name: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(String(20))
    told_sequence: Mapped[int | None] = mapped_column(Integer)


class MeetingEvent(Base):
    """One change of a meeting: what was done, by whom, and how the meeting stood after it.

    `version` is the meeting's own after the change, so that two at once cannot both be noted; with
    `sequence` it says what somebody was told who was told of that sequence. `change` is
    `scheduled`, `moved`, `move_undone`, `cancelled`, `restored`, `outcome` or `reopened`.
    """

    __tablename__ = "meeting_events"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    user_id: Mapped[UserRef]
    change: Mapped[Short]
    version: Mapped[int]
    sequence: Mapped[int]
    status: Mapped[Short]
    scheduled_at: Mapped[datetime]
    duration_minutes: Mapped[int]
    location: Mapped[str | None] = mapped_column(String(200))
    happened_at: Mapped[datetime]


class TutoringPair(Base):
    """A student who tutors another in one skill."""

    __tablename__ = "tutoring_pairs"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    tutor_id: Mapped[StudentRef]
    student_id: Mapped[StudentRef]
    skill_id: Mapped[SkillRef]
    state: Mapped[Short]
    created_at: Mapped[datetime]


class TutoringSession(Base):
    """One sitting of a tutoring pair."""

    __tablename__ = "tutoring_sessions"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    pair_id: Mapped[int] = mapped_column(ForeignKey("tutoring_pairs.id"), index=True)
    held_at: Mapped[datetime]
    notes: Mapped[str | None] = mapped_column(Text)


class ParentNotice(Base):
    """A notice to a guardian about a student, and what they answered."""

    __tablename__ = "parent_notices"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    concern: Mapped[Name]
    message: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]


class ParentAnswer(Base):
    """A guardian's answer, kept as written."""

    __tablename__ = "parent_answers"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    notice_id: Mapped[int] = mapped_column(ForeignKey("parent_notices.id"), index=True)
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
