"""Meetings about students: when and where, who is invited, and each change of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Key, Short, StudentRef, UserRef, UtcDateTime, WorkspaceRef

NOW = text("CURRENT_TIMESTAMP")


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
    `held` or `missed`; the last two are its outcome, answered for after it was to end. `key` is
    of earlier releases: keys stand with the interventions now. `told_sequence` is the sequence that
    the teacher's own invitation was last sent for.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_when", "workspace_id", "teacher_id", "scheduled_at"),
        Index("ix_meetings_around", "workspace_id", "scheduled_at"),
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
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), unique=True)
    told_sequence: Mapped[int | None] = mapped_column(Integer)


class MeetingStudent(Base):
    """A further student of a group meeting, beside the one that it is about.

    Each has an intervention of their own, so that it stands in the history of each.
    `removed_sequence` is the meeting's sequence as of which they are in the group no more.
    """

    __tablename__ = "meeting_students"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True, index=True)
    workspace_id: Mapped[WorkspaceRef]
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), unique=True)
    removed_sequence: Mapped[int | None] = mapped_column(Integer)


class MeetingAttendee(Base):
    """Somebody invited to a meeting: a user, a guardian, the student, or an address alone.

    `told_sequence` is the meeting's sequence that they last were told of; none: nothing yet.
    `answer` is `accepted`, `declined` or `tentative`, given at `answered_at` for the meeting as of
    `answered_sequence`; `answer_note` is what they wrote with it, `former_answer` what they had
    said to the same time before. `removed_sequence` is the meeting's sequence as of which they are
    invited no more; the row stays, as they may have to be told of that.
    """

    __tablename__ = "meeting_attendees"
    __table_args__ = (UniqueConstraint("meeting_id", "email"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    email: Mapped[str | None] = mapped_column(String(320))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    name: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(String(20))
    told_sequence: Mapped[int | None] = mapped_column(Integer)
    answered_at: Mapped[datetime | None]
    answered_sequence: Mapped[int | None] = mapped_column(Integer)
    answer_note: Mapped[str | None] = mapped_column(Text)
    former_answer: Mapped[str | None] = mapped_column(String(20))
    removed_sequence: Mapped[int | None] = mapped_column(Integer)


class MeetingEvent(Base):
    """One change of a meeting: what was done, by whom, and how the meeting stood after it.

    `version` is the meeting's own after the change, so that two at once cannot both be noted; with
    `sequence` it says what somebody was told who was told of that sequence. `change` is
    `scheduled`, `moved`, `invited`, `noted`, `move_undone`, `cancelled`, `restored`, `outcome` or
    `reopened`.
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
