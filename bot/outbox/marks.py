"""The mark before a call that sends: saved in the transaction that passes the gate."""

from typing import Protocol

from bot.outbox.book import Book
from bot.outbox.claim import SENDING
from bot.slack import HeldBack, SlackGateway
from school.models import Base, Delivery


class WithRows(Protocol):
    """What was rendered: the rows that its builder added, to be written with the first mark."""

    @property
    def rows(self) -> tuple[Base, ...]:
        """The rows, which no session holds."""


def mark_sending(
    book: Book,
    gateway: SlackGateway,
    delivery: Delivery,
    method: str,
    channel: str,
    built: WithRows,
    **more: object,
) -> None:
    """Save that it is being sent, with the builder's rows the first time, and pass the gate.

    Raises HeldBack, LostClaim, and Obsolete where it was withdrawn meanwhile; nothing is saved.
    """
    now = book.now()
    marks: dict[str, object] = {"state": SENDING, "message_channel": channel, **more}
    if delivery.first_attempt_at is None:
        marks["first_attempt_at"] = now
    with book.session_factory.begin() as session:
        wait = gateway.gate.reserve(session, delivery.workspace_id, method, channel, now)
        if wait is not None:
            raise HeldBack(method, wait.until, now, everywhere=wait.everywhere)
        if delivery.first_attempt_at is None:
            session.add_all(built.rows)
        book.mark_in(session, delivery, **marks)
    book.keep(delivery, **marks)
