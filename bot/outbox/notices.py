"""Notices: messages that say that a document is being made, edited in place as it goes on.

A notice is a delivery of its own, sent like any other. Its edits are a courtesy: tried once, and
never a reason for the document to wait or fail. Only that the file has come waits for its turn.
"""

import logging
from datetime import timedelta

from sqlalchemy import select

from bot.outbox.book import Book
from bot.outbox.telling import BESIDE
from bot.outgoing import Blocks
from bot.slack import HeldBack, SlackGateway, SlackTrouble
from school.database import reading
from school.models import Delivery

LOG = logging.getLogger(__name__)
UPDATE = "chat.update"
PATIENCE = timedelta(seconds=5)
"""How long a document waits for its notice to stand above it."""


def notice_key(unique_key: str) -> str:
    """The unique key of the notice of the delivery that bears `unique_key`."""
    return f"{unique_key}{BESIDE}"


class Notices:
    """Finds and edits the notices of documents."""

    def __init__(self, book: Book, gateway: SlackGateway) -> None:
        self._book, self._gateway = book, gateway

    def is_awaited(self, delivery: Delivery) -> bool:
        """Whether the document's notice is still to be sent, and will be in a moment."""
        if self._book.now() - delivery.created_at > PATIENCE:
            return False
        return self.is_under_way(delivery)

    def is_under_way(self, delivery: Delivery) -> bool:
        """Whether the notice is still to be sent, or it is not clear yet whether it was."""
        notice = self._find(delivery)
        return notice is not None and notice.finished_at is None

    def edit(self, delivery: Delivery, text: str, blocks: Blocks, *, patient: bool = False) -> None:
        """Have the notice say something else, where it stands and Slack lets us.

        Raises HeldBack where it is `patient`: it is to be said, if not now.
        """
        notice = self._find(delivery)
        if notice is None or not notice.message_ts:
            return
        place = {"channel": notice.message_channel, "ts": notice.message_ts}
        try:
            self._gateway.call(delivery.workspace_id, UPDATE, text=text, blocks=blocks, **place)
        except SlackTrouble as trouble:
            if patient and isinstance(trouble, HeldBack):
                raise
            LOG.info("the notice of delivery %s stays as it is: %s", delivery.id, trouble)

    def _find(self, delivery: Delivery) -> Delivery | None:
        query = select(Delivery).where(
            Delivery.workspace_id == delivery.workspace_id,
            Delivery.unique_key == notice_key(delivery.unique_key),
        )
        with self._book.session_factory() as session:
            return reading(session).scalar(query)
