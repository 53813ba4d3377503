"""Sending one rendered message: posted, or edited where it stands; at most once for each mark.

Before the call the delivery is marked as being sent, in the transaction that passes the gate: a
worker that dies after that leaves an uncertain delivery, never one that is simply sent again.
"""

from typing import Any

from bot.gate import POST
from bot.outbox.book import Book
from bot.outbox.build import Built
from bot.outbox.channel import PATIENCE, remember_channel
from bot.outbox.late import lateness
from bot.outbox.marks import mark_sending
from bot.outbox.message import metadata_of, with_key, with_lateness
from bot.outbox.plain import plain_blocks
from bot.outgoing import CardShown
from bot.slack import Refused, SlackGateway, Unclear
from school.cards import AGAIN, confirm_later
from school.models import Delivery

UPDATE = "chat.update"
# The message to be edited is not there any more, or not for us: post a new one.
GONE_MESSAGE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"}
)


class Sender:
    """Posts and edits messages."""

    def __init__(self, book: Book, gateway: SlackGateway) -> None:
        self._book = book
        self._gateway = gateway

    def send(self, delivery: Delivery, channel: str, built: Built, file_id: str | None) -> None:
        """Send it and save the outcome. Raises Refused, HeldBack, Unreachable and LostClaim.

        An edit whose answer is missing raises Unclear: it may be made again. A post whose answer
        is missing is saved as uncertain.
        """
        content = self._content(delivery, built, file_id)
        stands = built.outgoing.replaces
        # A message elsewhere is left alone, whoever said that it is to be edited.
        own = stands is not None and stands[0] == channel
        if stands is not None and own and self._edited(delivery, *stands, content, built):
            return
        mark_sending(self._book, self._gateway, delivery, POST, channel, built)
        try:
            answer = self._gateway.call_reserved(
                delivery.workspace_id,
                POST,
                channel=channel,
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        except Unclear as unclear:
            self._book.uncertain(delivery, unclear.reason)
            return
        self._posted(delivery, channel, answer, built.outgoing.card)

    def _posted(
        self, delivery: Delivery, channel: str, answer: dict[str, Any], card: CardShown | None
    ) -> None:
        where = str(answer.get("channel") or channel)
        if channel.startswith(("U", "W")) and where != channel:
            # This Slack could not open direct messages, but has told where they are: known before
            # this is sent, as a file that waits for it needs the place.
            factory = self._book.session_factory
            remember_channel(delivery, channel, where, session_factory=factory)
        self._book.sent(delivery, where, str(answer.get("ts") or ""), card)

    def _edited(
        self, delivery: Delivery, channel: str, ts: str, content: dict[str, Any], built: Built
    ) -> bool:
        """Edit the message that stands; False where there is none to edit."""
        mark_sending(self._book, self._gateway, delivery, UPDATE, channel, built)
        try:
            self._gateway.call_reserved(
                delivery.workspace_id, UPDATE, channel=channel, ts=ts, **content
            )
        except Refused as refusal:
            if refusal.code not in GONE_MESSAGE and not refusal.is_lacking:
                raise
            return False
        except Unclear as unclear:
            if built.outgoing.card is not None and self._is_confirmed_later(
                delivery, built.outgoing.card, unclear
            ):
                return True
            # A card that is posted anew stands there twice, for all its buttons.
            may_give_up = built.outgoing.card is None and delivery.attempts >= PATIENCE
            if not (unclear.is_lacking or (unclear.is_broken and may_give_up)):
                raise
            return False
        self._book.sent(delivery, channel, ts, built.outgoing.card)
        return True

    def _is_confirmed_later(self, delivery: Delivery, card: CardShown, unclear: Unclear) -> bool:
        """The edit may still be carried out, over what is shown by then: look after it, once.

        True where this was the looking after itself: it is done again when it is settled.
        """
        book, now = self._book, self._book.now()
        settled = book.settings.settled_after
        if AGAIN in delivery.payload:
            book.retry(delivery, unclear.reason, at_least=settled)
            return True
        with book.session_factory.begin() as session:
            confirm_later(session, delivery, card.copy_id, due_at=now + settled, now=now)
        return False

    def _content(self, delivery: Delivery, built: Built, file_id: str | None) -> dict[str, Any]:
        blocks = with_lateness(built.outgoing.compose(file_id), lateness(self._book, delivery))
        if built.plain:
            return {
                "text": built.outgoing.text,
                "blocks": with_key(plain_blocks(blocks), delivery),
            }
        return {
            "text": built.outgoing.text,
            "blocks": with_key(blocks, delivery),
            "metadata": metadata_of(delivery),
        }
