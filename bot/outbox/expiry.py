"""Files do not stay in Slack for ever: each deletion is a delivery of its own, due then, done once.

A document goes after a while; its message says until when. A picture goes when another one has
taken its place, and after 90 days: its message then keeps in words what the picture said.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.book import Book
from bot.slack import Refused, SlackGateway
from school.database import reading
from school.deliveries import enqueue
from school.models import Delivery, Lane

LOG = logging.getLogger(__name__)
FILE_EXPIRY = "file_expiry"
"""The kind of the deliveries that are carried out here; no builder knows it."""
GONE = frozenset({"file_not_found", "file_deleted"})
KEEPS_US_OUT = frozenset({"cant_delete_file", "cant_update_message", "edit_window_closed"})
NO_MESSAGE = frozenset({"channel_not_found", "message_not_found"})
IN_A_WHILE = timedelta(minutes=1)
"""How long a picture stays that another one has replaced: every screen shows the other by then."""


def expire_file(
    session: Session,
    workspace_id: int,
    file_id: str,
    *,
    due: datetime,
    now: datetime,
    shown_by: int | None = None,
) -> None:
    """Save that a file is to be deleted, once for each reason.

    `shown_by` is the delivery whose message shows it as a picture, and is to keep its words.
    """
    more = {} if shown_by is None else {"shown_by": shown_by}
    enqueue(
        FILE_EXPIRY,
        {"file": file_id, **more},
        session=session,
        workspace_id=workspace_id,
        unique_key=f"expire:{file_id}{':shown' if more else ''}",
        recipient_id=None,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        due_at=due,
        queue=f"file {file_id}",
    )


class Expiry:
    """Deletes files in Slack. What is gone already, or cannot be deleted at all, is done with."""

    def __init__(self, book: Book, gateway: SlackGateway) -> None:
        self._book, self._gateway = book, gateway

    def carry_out(self, delivery: Delivery) -> None:
        """Delete one delivery's file. Raises what `SlackGateway.call` raises."""
        file_id = str(delivery.payload["file"])
        if "shown_by" in delivery.payload:
            self._take_out(delivery, file_id)
        self._try(delivery, "files.delete", file=file_id)
        self._book.sent(delivery, "", "")

    def replaced(self, delivery: Delivery) -> None:
        """Have the pictures deleted that a message showed before this delivery edited it."""
        query = select(Delivery.file_id).where(
            Delivery.recipient_id == delivery.recipient_id,
            Delivery.workspace_id == delivery.workspace_id,
            Delivery.message_ts == delivery.message_ts,
            Delivery.id != delivery.id,
            Delivery.file_id.is_not(None),
        )
        now = self._book.now()
        with self._book.session_factory() as session:
            files = list(reading(session).scalars(query))
        with self._book.session_factory.begin() as session:
            for file_id in filter(None, files):
                due = now + IN_A_WHILE
                expire_file(session, delivery.workspace_id, file_id, due=due, now=now)

    def _take_out(self, delivery: Delivery, file_id: str) -> None:
        """Put the picture's own words in its place, where the message still shows it."""
        key = (delivery.workspace_id, int(delivery.payload["shown_by"]))
        with self._book.session_factory() as session:
            shown = reading(session).get(Delivery, key)
        if shown is None or not shown.message_ts:
            return
        channel, ts = str(shown.message_channel), shown.message_ts
        message = self._message(delivery, channel, ts)
        blocks = message.get("blocks") or []
        if any(_shows(block, file_id) for block in blocks):
            kept = [in_words(block) if _shows(block, file_id) else block for block in blocks]
            text = str(message.get("text") or "")
            self._try(delivery, "chat.update", channel=channel, ts=ts, text=text, blocks=kept)

    def _message(self, delivery: Delivery, channel: str, ts: str) -> dict[str, Any]:
        """The message as Slack has it now; nothing where it has gone, or is kept from us."""
        only = {"latest": ts, "oldest": ts, "inclusive": True, "limit": 1}
        answer = self._try(delivery, "conversations.history", channel=channel, **only)
        found: list[dict[str, Any]] = answer.get("messages") or []
        return next((one for one in found if one.get("ts") == ts), {})

    def _try(self, delivery: Delivery, method: str, **arguments: Any) -> dict[str, Any]:
        """Slack's answer; nothing where there is no more to be done, now or later."""
        try:
            return self._gateway.call(delivery.workspace_id, method, **arguments)
        except Refused as refusal:
            if refusal.code not in GONE | KEEPS_US_OUT | NO_MESSAGE and not refusal.is_lacking:
                raise
            LOG.info("delivery %s: %s: %s", delivery.id, method, refusal.code)
            return {}


def _shows(block: dict[str, Any], file_id: str) -> bool:
    return block.get("type") == "image" and (block.get("slack_file") or {}).get("id") == file_id


def in_words(block: dict[str, Any]) -> dict[str, Any]:
    """A picture's alt text, which states its finding and figures, as a paragraph."""
    words = str(block.get("alt_text") or "The picture was deleted.")
    section = {"type": "section", "text": {"type": "plain_text", "text": words}}
    return section | ({"block_id": block["block_id"]} if "block_id" in block else {})
