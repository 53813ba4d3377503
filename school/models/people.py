"""Users (teachers and administrators), students and guardians."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Code, Key, Name, Short, StudentRef, UserRef, WorkspaceRef


class Role(StrEnum):
    """What a user is in the workspace."""

    TEACHER = "teacher"
    ADMINISTRATOR = "administrator"


class User(Base):
    """A teacher or administrator. `slack_channel` is their direct-message channel with the bot.

    `slack_channel_of` is whose it is by Slack's word: where that is not `slack_user_id`, nothing is
    sent there before Slack was asked.
    """

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        UniqueConstraint("workspace_id", "slack_user_id"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    source_id: Mapped[Code | None]
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[Name]
    role: Mapped[Short] = mapped_column(default=Role.TEACHER.value)
    slack_user_id: Mapped[str | None] = mapped_column(String(20))
    slack_channel: Mapped[str | None] = mapped_column(String(20))
    slack_channel_of: Mapped[str | None] = mapped_column(String(20))
    timezone: Mapped[str | None] = mapped_column(String(50))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Student(Base):
    """A student. `source_id` is the id that rosters and practice files know them by.

    `on_leaderboard`: whether leaderboards may name and count them; `may_tutor`: whether they may be
    asked to tutor. `slack_channel` and `slack_channel_of` are as a `User`'s.
    """

    __tablename__ = "students"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id"),
        Index("ix_students_slack", "workspace_id", "slack_user_id"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    source_id: Mapped[Code]
    given_name: Mapped[Name]
    family_name: Mapped[Name] = mapped_column(default="")
    grade: Mapped[str | None] = mapped_column(String(50))
    email: Mapped[str | None] = mapped_column(String(320))
    photo_url: Mapped[str | None] = mapped_column(String(2000))
    slack_user_id: Mapped[str | None] = mapped_column(String(20))
    is_active: Mapped[bool] = mapped_column(default=True)
    on_leaderboard: Mapped[bool] = mapped_column(default=True, server_default=text("TRUE"))
    slack_channel: Mapped[str | None] = mapped_column(String(20))
    slack_channel_of: Mapped[str | None] = mapped_column(String(20))
    may_tutor: Mapped[bool] = mapped_column(default=True, server_default=text("TRUE"))
    created_at: Mapped[datetime]

    @property
    def name(self) -> str:
        """The name as a teacher says it: given, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


class Guardian(Base):
    """A parent or guardian of one student, and how they may be reached.

    `source_id` is the roster's id for the person, who may be the guardian of several students.
    Who is not active is no guardian of the student any more; `do_not_contact` is the school's word.
    """

    __tablename__ = "guardians"
    __table_args__ = (UniqueConstraint("workspace_id", "student_id", "email"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    student_id: Mapped[StudentRef]
    source_id: Mapped[Code | None]
    name: Mapped[Name]
    email: Mapped[str | None] = mapped_column(String(320))
    language: Mapped[str | None] = mapped_column(String(20))
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("TRUE"))


class Preference(Base):
    """One setting of one user, such as the digest's hour."""

    __tablename__ = "preferences"

    user_id: Mapped[UserRef] = mapped_column(primary_key=True)
    key: Mapped[Short] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceRef]
    value: Mapped[dict[str, Any]]
