"""Workspaces, the app's installs in them, schools, terms, holidays and pauses."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Code, Key, Name, Short, WorkspaceRef


class Workspace(Base):
    """One Slack workspace and all its records. `timezone` is the zone of its school days."""

    __tablename__ = "workspaces"

    id: Mapped[Key]
    name: Mapped[Name] = mapped_column(unique=True)
    slack_team_id: Mapped[str | None] = mapped_column(String(20), unique=True)
    timezone: Mapped[Short]
    created_at: Mapped[datetime]


class Install(Base):
    """The app's install in a workspace; its tokens are encrypted."""

    __tablename__ = "installs"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id", "enterprise_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    team_id: Mapped[str | None] = mapped_column(String(20))
    enterprise_id: Mapped[str | None] = mapped_column(String(20))
    bot_user_id: Mapped[str | None] = mapped_column(String(20))
    bot_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    scopes: Mapped[str | None] = mapped_column(String(1000))
    installed_at: Mapped[datetime]


class School(Base):
    """A school (a OneRoster org of type school)."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    source_id: Mapped[Code]
    name: Mapped[Name]


class Term(Base):
    """An academic session, both days included."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    source_id: Mapped[Code]
    title: Mapped[Name]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Holiday(Base):
    """A day without school for the whole workspace."""

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("workspace_id", "day"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    day: Mapped[date]
    name: Mapped[Name]


class Pause(Base):
    """Days, both included, in which a class or a person is left alone."""

    __tablename__ = "pauses"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
