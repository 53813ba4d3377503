"""Classes, who teaches them, and who is enrolled when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import (
    Base,
    ClassRef,
    Code,
    Key,
    Name,
    Short,
    StudentRef,
    UserRef,
    WorkspaceRef,
)


class Class(Base):
    """A class, as a teacher names it. `source_id` is the roster's id for it."""

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id"))
    source_id: Mapped[Code]
    title: Mapped[Name]
    grade: Mapped[str | None] = mapped_column(String(50))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class ClassTeacher(Base):
    """That a user teaches a class, alone or with others, between two days (none: open)."""

    __tablename__ = "class_teachers"
    __table_args__ = (UniqueConstraint("class_id", "user_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    class_id: Mapped[ClassRef]
    user_id: Mapped[UserRef]
    role: Mapped[Short] = mapped_column(default="primary")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class Enrolment(Base):
    """That a student belongs to a class between two days, both included (none: open)."""

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("class_id", "student_id"),
        Index("ix_enrolments_student_class", "student_id", "class_id"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    class_id: Mapped[ClassRef]
    student_id: Mapped[StudentRef]
    source_id: Mapped[Code | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
