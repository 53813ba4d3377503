"""Peer tutoring: pairs of students, their sittings, and who is not to be put together."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Key, Short, SkillRef, StudentRef, UserRef, WorkspaceRef


class PairState(StrEnum):
    """Where a pair stands; the last two are ends."""

    ASKED = "asked"
    ACTIVE = "active"
    DECLINED = "declined"
    ENDED = "ended"


class TutoringPair(Base):
    """A student who tutors another in one skill.

    `state` is a `PairState`; `version` grows with each change of it. `assignment_id` is the
    practice that they do together.
    """

    __tablename__ = "tutoring_pairs"
    __table_args__ = (Index("ix_tutoring_pairs_tutor", "tutor_id", "state"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    tutor_id: Mapped[StudentRef]
    student_id: Mapped[StudentRef]
    skill_id: Mapped[SkillRef]
    state: Mapped[Short]
    created_at: Mapped[datetime]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class TutoringSession(Base):
    """One sitting of a tutoring pair. `key` makes two clicks one; `undone_at`: it was none."""

    __tablename__ = "tutoring_sessions"
    __table_args__ = (UniqueConstraint("pair_id", "key"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    pair_id: Mapped[int] = mapped_column(ForeignKey("tutoring_pairs.id"), index=True)
    held_at: Mapped[datetime]
    notes: Mapped[str | None] = mapped_column(Text)
    held_on: Mapped[date | None]
    logged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str | None] = mapped_column(String(100))
    undone_at: Mapped[datetime | None]


class TutoringBar(Base):
    """That two students are not to be put together; the smaller id first. No reason is kept."""

    __tablename__ = "tutoring_bars"
    __table_args__ = (UniqueConstraint("student_id", "other_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    student_id: Mapped[StudentRef]
    other_id: Mapped[StudentRef]
    set_by: Mapped[UserRef]
    created_at: Mapped[datetime]
