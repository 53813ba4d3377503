"""The copies of cards: messages that show a record and are edited in place as it changes."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Key, Short, UserRef, WorkspaceRef


class CardCopy(Base):
    """One copy of a card, in one teacher's direct messages.

    `card` is the kind of the deliveries that bring it, `subject_id` the record it shows, whose own
    `version` grows with each change of state. `version` is the one that the copy shows; 0 while it
    has not been sent yet, and then `channel` and `message_ts` are unknown.
    """

    __tablename__ = "card_copies"
    __table_args__ = (UniqueConstraint("workspace_id", "card", "subject_id", "user_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    card: Mapped[Short]
    subject_id: Mapped[int]
    user_id: Mapped[UserRef]
    channel: Mapped[str | None] = mapped_column(String(50))
    message_ts: Mapped[str | None] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=0)
