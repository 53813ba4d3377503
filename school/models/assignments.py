"""Assignments and how far each student is with them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, ClassRef, Code, Key, Name, Short, StudentRef, WorkspaceRef


class Assignment(Base):
    """Practice that was set: so many questions on some skills until a moment.

    `key` is of earlier releases: keys stand with the interventions now. `withdrawn_at`: it was
    taken back or undone.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id"),
        Index("ix_assignments_due", "class_id", "due_at"),
        Index("uq_assignments_key", "workspace_id", "key", unique=True),
    )

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    source_id: Mapped[Code]
    class_id: Mapped[ClassRef]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[Name]
    description: Mapped[str] = mapped_column(default="")
    question_count: Mapped[int]
    difficulty: Mapped[Short]
    assigned_at: Mapped[datetime]
    due_at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(String(100))
    withdrawn_at: Mapped[datetime | None]


class AssignmentSkill(Base):
    """That an assignment practises a skill."""

    __tablename__ = "assignment_skills"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    workspace_id: Mapped[WorkspaceRef]


HAS_NEWS = text(
    "intervention_id IS NOT NULL AND (questions <> shown_questions OR "
    "(told_done_at IS NULL AND (completed_at IS NOT NULL OR reached_at IS NOT NULL)))"
)
"""Practice has gone on since the teacher last saw of it."""


class AssignmentStudent(Base):
    """One student's part of an assignment.

    `completed_at` and `score` are as imported. The rest is derived from practice: `questions`
    answered on its skills since it was assigned, `correct` of them, and `reached_at`, when the set
    number was reached. Counting goes on from the local day `counted_from` on (none: from the
    start), `questions_before` and `correct_before` being the counts up to it.

    `told_done_at`: the teacher was told that it is completed. `shown_questions` are the `questions`
    that the teacher's card shows; `seen_at` is when the student clicked that they have read of it.
    """

    __tablename__ = "assignment_students"
    __table_args__ = (
        Index(
            "ix_assignment_students_news",
            "workspace_id",
            "assignment_id",
            sqlite_where=HAS_NEWS,
            postgresql_where=HAS_NEWS,
        ),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), primary_key=True)
    student_id: Mapped[StudentRef] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceRef]
    completed_at: Mapped[datetime | None]
    score: Mapped[float | None]
    questions: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    correct: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reached_at: Mapped[datetime | None]
    counted_from: Mapped[date | None]
    questions_before: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    correct_before: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), index=True)
    told_done_at: Mapped[datetime | None]
    shown_questions: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    seen_at: Mapped[datetime | None]
