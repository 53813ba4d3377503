"""Deliveries: everything that is to be sent, saved first; and the gate that every call passes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, BigKey, Short, WorkspaceKey


class Lane(StrEnum):
    """Who waits for it: a person now, nobody in particular, or a person who knows it takes long."""

    INTERACTIVE = "interactive"
    SCHEDULED = "scheduled"
    BACKGROUND = "background"


class Medium(StrEnum):
    """By what a delivery reaches its recipient; `calendar`: an event in a teacher's calendar."""

    SLACK = "slack"
    MAIL = "mail"
    CALENDAR = "calendar"


class DeliveryState(StrEnum):
    """Where a delivery stands.

    `sending`: saved before the call that posts it. `uncertain`: sent, and no answer came. The last
    four are ends: `closed` was not sent because it was of no use any more (`error` says why),
    `taken_back` because a person took it back in time.
    """

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"


ZERO = text("0")
_OPEN = text("finished_at IS NULL")
_FINISHED = text("finished_at IS NOT NULL")
_IN_FLIGHT = text("state IN ('claimed', 'sending')")
# Without the workspace, or SQLite takes the primary key for as good, and reads all deliveries.
_ABOUT = text("about IS NOT NULL")
_EXPIRING = text("finished_at IS NULL AND expires_at IS NOT NULL")


class Delivery(Base):
    """A kind and ids, no rendered content. `fence` grows with each claim; a stale worker loses.

    `queue` is what keeps its order (see `school.deliveries.queue_of`); the database lets one
    delivery of a queue be in flight. `attempts` counts tries that failed, `failing_since` is when
    the first of them did. `reference` marks one that broke on our side: the person gets it in
    words, the log has it too.

    `student_id` is the student in whose direct messages it goes, where the recipient is none of the
    users. `sender_id` is on whose behalf it goes, where that is not the recipient: who hears of its
    failure and may take it back. `about` names the record it tells of, such as `meeting 7`, so that
    all that is open about a record can be withdrawn with it. After `expires_at` it is closed and
    not sent. `withdrawn_at`: its record changed while it was under way; it is not sent again.
    `unclear` counts how often it was handed over without an answer, `retried` how often a person
    had a failed one tried once more.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "unique_key"),
        Index(
            "ix_deliveries_due",
            "lane",
            "next_attempt_at",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_deliveries_queue",
            "workspace_id",
            "queue",
            "lane",
            "due_at",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_deliveries_in_flight",
            "workspace_id",
            "queue",
            unique=True,
            sqlite_where=_IN_FLIGHT,
            postgresql_where=_IN_FLIGHT,
        ),
        Index(
            "ix_deliveries_expires",
            "expires_at",
            sqlite_where=_EXPIRING,
            postgresql_where=_EXPIRING,
        ),
        Index(
            "ix_deliveries_about",
            "about",
            sqlite_where=_ABOUT,
            postgresql_where=_ABOUT,
        ),
        Index(
            "ix_deliveries_finished",
            "workspace_id",
            "state",
            "finished_at",
            sqlite_where=_FINISHED,
            postgresql_where=_FINISHED,
        ),
        {"sqlite_with_rowid": False},
    )

    workspace_id: Mapped[WorkspaceKey]
    id: Mapped[BigKey]
    kind: Mapped[Short]
    unique_key: Mapped[str] = mapped_column(String(200))
    lane: Mapped[Short]
    medium: Mapped[Short] = mapped_column(
        default=Medium.SLACK.value, server_default=Medium.SLACK.value
    )
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    about: Mapped[str | None] = mapped_column(String(60))
    channel: Mapped[str | None] = mapped_column(String(50))
    queue: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    state: Mapped[Short] = mapped_column(default=DeliveryState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    unclear: Mapped[int] = mapped_column(default=0, server_default=ZERO)
    retried: Mapped[int] = mapped_column(default=0, server_default=ZERO)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    uncertain_at: Mapped[datetime | None]
    message_channel: Mapped[str | None] = mapped_column(String(50))
    message_ts: Mapped[str | None] = mapped_column(String(30))
    file_id: Mapped[str | None] = mapped_column(String(50))
    file_state: Mapped[str | None] = mapped_column(String(20))
    file_since: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
    reference: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Gate(Base):
    """When a method may next be called in a workspace and channel ('' for all channels).

    Until `urgent_until` a person's own call waits for its turn; what nobody waits for has its next
    one not before `patient_from` then.
    """

    __tablename__ = "gates"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace_id: Mapped[WorkspaceKey]
    method: Mapped[str] = mapped_column(String(100), primary_key=True)
    channel: Mapped[str] = mapped_column(String(50), primary_key=True)
    free_at: Mapped[datetime]
    banned_until: Mapped[datetime | None]
    urgent_until: Mapped[datetime | None]
    patient_from: Mapped[datetime | None]


class SeenEvent(Base):
    """An event or submission that was taken in, so that its repeat does nothing."""

    __tablename__ = "seen_events"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace_id: Mapped[WorkspaceKey]
    event_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    seen_at: Mapped[datetime]
