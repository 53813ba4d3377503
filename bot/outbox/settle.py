"""Settling a send that brought no answer: its key is looked for in the channel's history."""

import logging
from datetime import timedelta

from bot.outbox.book import UNSETTLED, Book
from bot.outbox.message import bears_key
from bot.outgoing import CardShown
from bot.slack import NO_METHOD, Refused, SlackGateway
from school.cards import card_of
from school.models import Delivery, Lane

LOG = logging.getLogger(__name__)
PAGE = 200
# The history cannot be had at all, now or later: of a Slack without the method, or of a channel
# that was never learnt because the message went to the person's id.
UNKNOWABLE = NO_METHOD | {"channel_not_found"}
PATIENT_TRIES = 4
"""So many tries a permission may still be granted; then a person has waited long enough."""


class Settler:
    """Finds out whether an uncertain delivery arrived."""

    def __init__(self, book: Book, gateway: SlackGateway) -> None:
        self._book = book
        self._gateway = gateway

    def settle(self, delivery: Delivery) -> bool:
        """True: it is done, in the channel or given up. False: it is not there, and may be sent.

        Where this Slack has no history, or keeps it from us while somebody waits, it is sent again,
        once, and the row says so (`sent_again_unsettled`): twice is better than none. Raises what
        `SlackGateway.call` raises; the delivery then stays uncertain.
        """
        error = delivery.error
        try:
            ts = self._find(delivery)
        except Refused as refusal:
            if not _is_unknowable(refusal, delivery):
                raise
            if error == UNSETTLED:
                # Slack takes it and answers nothing, over and over: twice is enough.
                self._book.fail(delivery, "unsettled")
                return True
            ts, error = None, UNSETTLED
            LOG.warning("delivery %s cannot be settled: %s", delivery.id, refusal.code)
        if ts is not None:
            self._book.sent(delivery, str(delivery.message_channel), ts, _card(delivery))
            return True
        if self._book.is_hopeless(delivery):
            self._book.fail(delivery, error or "uncertain")
            return True
        self._book.save(delivery, uncertain_at=None, error=error)
        return False

    def find_or_none(self, delivery: Delivery) -> str | None:
        """Its message's timestamp; None when it is not there, or nobody lets us look."""
        try:
            return self._find(delivery)
        except Refused as refusal:
            if not refusal.is_lacking and refusal.code not in UNKNOWABLE:
                raise
            return None

    def _find(self, delivery: Delivery) -> str | None:
        """The message's timestamp, or None when it is not there."""
        assert delivery.first_attempt_at is not None  # it was sent before
        slack = timedelta(seconds=self._book.settings.clock_slack)
        oldest = f"{(delivery.first_attempt_at - slack).timestamp():.6f}"
        cursor: str | None = None
        while True:
            answer = self._gateway.call(
                delivery.workspace_id,
                "conversations.history",
                channel=delivery.message_channel,
                oldest=oldest,
                limit=PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in answer.get("messages", ()):
                if bears_key(message, delivery):
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return None


def _card(delivery: Delivery) -> CardShown | None:
    """What it shows where it is a card: at least the version that it was saved for."""
    saved = card_of(delivery.payload)
    return CardShown(*saved) if saved is not None else None


def _is_unknowable(refusal: Refused, delivery: Delivery) -> bool:
    """Whether nobody will say in time if it arrived. A day of silence is no answer to a person."""
    waited = delivery.lane == Lane.INTERACTIVE.value and delivery.attempts >= PATIENT_TRIES
    return refusal.code in UNKNOWABLE or (waited and refusal.is_lacking)
