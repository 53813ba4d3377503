"""The mark before a call that sends: saved in the transaction that passes the gate."""

from typing import Protocol

from bot.outbox.book import Book, LostClaim
from bot.outbox.claim import SENDING
from bot.slack import SlackGateway, held_back
from school.models import Base, Delivery, Lane


class WithRows(Protocol):
    """What was rendered: the rows that its builder added, to be written with the first mark."""

    @property
    def rows(self) -> tuple[Base, ...]:
        """The rows, which no session holds."""


def is_patient(delivery: Delivery) -> bool:
    """Whether nobody waits for it, or one who knows that it takes long."""
    return delivery.lane != Lane.INTERACTIVE.value


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

    Raises HeldBack, LostClaim, and Obsolete where it was withdrawn meanwhile; then nothing of it
    is saved.
    """
    now = book.now()
    marks: dict[str, object] = {"state": SENDING, "message_channel": channel, **more}
    if delivery.first_attempt_at is None:
        marks["first_attempt_at"] = now
    with book.session_factory.begin() as session:
        where = delivery.workspace_id, method, channel
        wait = gateway.gate.reserve(session, *where, now, patient=is_patient(delivery))
        if wait is None:
            if delivery.first_attempt_at is None:
                session.add_all(built.rows)
            book.mark_in(session, delivery, **marks)
    if wait is not None:
        raise held_back(method, wait, now)
    book.keep(delivery, **marks)
    if book.now() - now > book.settings.lease_time / 2:
        # The machine slept, or the database was slow to answer: by the time that this call arrives
        # another worker may have looked for it and sent it. Left alone, it is looked for and sent.
        raise LostClaim
