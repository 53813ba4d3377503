"""Timers: what the clock is to do for whom, and when; the database lets each act once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, BigKey, Short, WorkspaceKey

_WAITING = text("state = 'waiting'")


class TimerState(StrEnum):
    """`done`: its job has acted. `closed`: it was past its use, and nothing was done.

    `withdrawn`: what it was for has changed before its time.
    """

    WAITING = "waiting"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Timer(Base):
    """One occasion of one job. (job, subject, occasion) is unique in a workspace.

    `subject` names what it is for, such as `user 12` or `meeting 7`; `occasion` which time it is:
    a local date for a daily job, or whatever tells one reminder of a meeting from the next.
    `user_id` is the person in whose local time it is reckoned. After `expires_at` it is closed.
    A job that breaks is tried again at `next_attempt_at`; `due_at` stays what it was.
    """

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("workspace_id", "job", "subject", "occasion"),
        Index("ix_timers_due", "next_attempt_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_timers_subject", "subject", sqlite_where=_WAITING, postgresql_where=_WAITING),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    id: Mapped[BigKey]
    job: Mapped[Short]
    subject: Mapped[str] = mapped_column(String(60))
    occasion: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[Short] = mapped_column(default=TimerState.WAITING.value)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
