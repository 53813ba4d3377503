"""Notices to guardians, and what they answered."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import (
    Base,
    BigKey,
    Key,
    Name,
    Short,
    StudentRef,
    UserRef,
    WorkspaceKey,
    WorkspaceRef,
)

NO = text("FALSE")


class ParentNotice(Base):
    """A notice to a guardian about a student.

    `concern` is a `ConcernType`. `delivery_id` is the e-mail's; when that was fetched and opened
    stands with its `PageLink`.
    """

    __tablename__ = "parent_notices"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    teacher_id: Mapped[UserRef]
    student_id: Mapped[StudentRef]
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    concern: Mapped[Name]
    message: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    language: Mapped[Short] = mapped_column(default="en", server_default="en")
    with_report: Mapped[bool] = mapped_column(default=False, server_default=NO)
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), index=True)
    delivery_id: Mapped[int | None] = mapped_column(BigInteger)


class ParentAnswer(Base):
    """A guardian's answer, kept as written; the latest one of a notice holds.

    `choice` is the answer of one click, empty for own words alone. `version` counts the answers
    of a notice, from 1.
    """

    __tablename__ = "parent_answers"

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    notice_id: Mapped[int] = mapped_column(ForeignKey("parent_notices.id"), index=True)
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
    choice: Mapped[str] = mapped_column(String(30), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class PageLink(Base):
    """An address that a person outside was given: `/s/`, `/p/` or `/m/` with a signed token.

    `kind` says what it opens, `subject_id` which record of that kind. `fetched_at`: something asked
    for it, which may have been a scanner of mail; `opened_at`: a person did.
    """

    __tablename__ = "page_links"
    __table_args__ = (
        # Without the workspace, or SQLite takes the primary key for as good, and reads all links.
        Index("ix_page_links_subject", "subject_id", "kind"),
        Index("uq_page_links_id", "id", unique=True),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    id: Mapped[BigKey]
    kind: Mapped[Short]
    subject_id: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
