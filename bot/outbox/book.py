"""The outbox's own book: what came of each try, saved under the fence that the worker holds."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.backoff import pause
from bot.outbox.claim import UNCERTAIN, WAITING, swap
from bot.outbox.metrics import OutboxMetrics
from bot.outbox.telling import FAILURE_NOTICE, tell_of_failure
from bot.outbox.use import WITHDRAWN
from bot.outgoing import CardShown, Obsolete
from bot.settings import Settings
from school.cards import copy_shown
from school.database import SessionFactory
from school.following import follow
from school.models import Delivery, DeliveryState

LOG = logging.getLogger(__name__)
TRIES = 5
"""How often an outcome is written before it is left to the lease and the channel's history."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

UNSETTLED = "sent_again_unsettled"
"""The error of a delivery that was sent again on a Slack without history: it may stand twice."""

SENT, FAILED = DeliveryState.SENT.value, DeliveryState.FAILED.value
CLOSED = DeliveryState.CLOSED.value


Also = Callable[[Session], None]
"""What is written in the same transaction as an outcome."""


class LostClaim(Exception):
    """Somebody else has the delivery by now: this worker must not touch it any more."""


def new_reference() -> str:
    """A reference that can be read out on the telephone, such as 7F3K."""
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


class Book:
    """Saves outcomes. `later` is told of each moment at which something is to be tried again.

    `has_notes`: there is a builder for what tells of failures.
    """

    def __init__(
        self,
        session_factory: SessionFactory,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        later: Callable[[datetime], None],
        metrics: OutboxMetrics,
        has_notes: bool = False,
    ) -> None:
        self.session_factory = session_factory
        self.settings = settings
        self.now = now
        self._later = later
        self._metrics = metrics
        self._has_notes = has_notes

    def save_in(self, session: Session, delivery: Delivery, **values: object) -> None:
        """Save within the caller's transaction, and renew the lease. Raises LostClaim.

        The delivery itself is changed by `keep` once the transaction is committed.
        """
        if not swap(session, delivery, self._with_lease(values)):
            raise LostClaim

    def mark_in(self, session: Session, delivery: Delivery, **values: object) -> None:
        """The same for what is about to be sent. Raises Obsolete where it was withdrawn by now."""
        stands = Delivery.withdrawn_at.is_(None)
        if swap(session, delivery, self._with_lease(values), stands):
            return
        one = Delivery.workspace_id == delivery.workspace_id, Delivery.id == delivery.id
        fence = session.scalar(select(Delivery.fence).where(*one))
        raise Obsolete(WITHDRAWN) if fence == delivery.fence else LostClaim

    def save(self, delivery: Delivery, **values: object) -> None:
        """Save in a transaction of its own, and renew the lease. Raises LostClaim."""
        self._write(delivery, self._with_lease(values))

    def keep(self, delivery: Delivery, **values: object) -> None:
        """Know what was committed by `save_in`."""
        for name, value in self._with_lease(values).items():
            setattr(delivery, name, value)

    def postpone(self, delivery: Delivery, until: datetime, **values: object) -> None:
        """Let go of the delivery until then; nothing has failed."""
        state = values.get("uncertain_at", delivery.uncertain_at)
        free = {"lease_owner": None, "lease_until": None, "next_attempt_at": until}
        self._write(delivery, {**free, "state": UNCERTAIN if state else WAITING, **values})
        self._later(until)

    def retry(
        self,
        delivery: Delivery,
        error: str,
        *,
        at_least: timedelta = timedelta(),
        **values: object,
    ) -> None:
        """It failed: try again after a pause, or give up when it has been failing for too long."""
        if self.is_hopeless(delivery):
            self.fail(delivery, error)
            return
        now, failures = self.now(), delivery.attempts + 1
        since = delivery.failing_since or now
        LOG.info("delivery %s: %s, try %s", delivery.id, error, failures)
        values = {**values, "error": error, "attempts": failures, "failing_since": since}
        wait = max(pause(self.settings, failures), at_least)
        self.postpone(delivery, now + wait, **values)

    def is_hopeless(self, delivery: Delivery) -> bool:
        """Whether it has been failing for so long that it is to be given up."""
        limit = timedelta(seconds=self.settings.give_up_after)
        since = delivery.failing_since
        return since is not None and self.now() - since > limit

    def uncertain(self, delivery: Delivery, error: str) -> None:
        """It was sent and no answer came: look for it when it must have arrived, if it did."""
        now = self.now()
        since = delivery.failing_since or now
        LOG.warning("delivery %s: no clear answer (%s)", delivery.id, error)
        wait = self.settings.settled_after
        if delivery.error == UNSETTLED:
            error = UNSETTLED
        self.postpone(
            delivery,
            now + wait,
            uncertain_at=now,
            error=error,
            attempts=delivery.attempts + 1,
            unclear=delivery.unclear + 1,
            failing_since=since,
        )

    def broke(self, delivery: Delivery, error: str) -> str:
        """Something broke on our side: it has failed with a reference, which it returns.

        Whom it concerns is told by a note that can have it tried again; where there are no notes,
        the person gets words in its place.
        """
        whom = delivery.sender_id or delivery.recipient_id
        if self._has_notes and whom is not None and delivery.kind != FAILURE_NOTICE:
            self.fail(delivery, error[:200])
            return str(delivery.reference)
        reference = new_reference()
        self.postpone(delivery, self.now(), error=error[:200], reference=reference)
        return reference

    def fail(self, delivery: Delivery, error: str) -> None:
        """Give up for good. The log and the row have the reference."""
        reference = delivery.reference or new_reference()
        LOG.error("delivery %s (%s) failed: %s %s", delivery.id, delivery.kind, error, reference)

        def tell(session: Session) -> None:
            tell_of_failure(session, delivery, error, now=self.now())

        self._finish(delivery, FAILED, tell, error=error, reference=reference)

    def close(self, delivery: Delivery, why: str) -> None:
        """It is of no use any more: nothing is sent, and nothing has failed."""
        LOG.info("delivery %s (%s) closed: %s", delivery.id, delivery.kind, why)
        self._finish(delivery, CLOSED, error=why[:200], uncertain_at=None)

    def sent(
        self, delivery: Delivery, channel: str, ts: str, card: CardShown | None = None
    ) -> None:
        """It stands in Slack. One that broke on our side has failed, though its words are sent.

        Where it is a card, its place is noted in the same transaction: a card whose place nobody
        knows would be posted a second time at its next change.
        """
        state = FAILED if delivery.reference else SENT
        kept = delivery.error if delivery.reference or delivery.error == UNSETTLED else None
        where = {"message_channel": channel, "message_ts": ts}

        def note(session: Session) -> None:
            if card is not None and state == SENT:
                copy_shown(session, card.copy_id, card.version, channel, ts)
            if state == FAILED and delivery.sender_id not in (None, delivery.recipient_id):
                tell_of_failure(session, delivery, str(kept), now=self.now())

        self._finish(delivery, state, note, **where, uncertain_at=None, error=kept)

    def _finish(
        self, delivery: Delivery, state: str, also: Also | None = None, **values: object
    ) -> None:
        free = {"lease_owner": None, "lease_until": None, "finished_at": self.now()}
        self._write(delivery, {**free, "state": state, **values}, also)
        self._metrics.finished(state, delivery.lane)

    def _follow(self, session: Session, delivery: Delivery, values: dict[str, object]) -> None:
        """Have the card of what it is about say so: it is over, or has failed for the first time
        and cannot be taken back any more.
        """
        first_failure = delivery.attempts == 0 and values.get("attempts") == 1
        if "finished_at" in values or first_failure:
            follow(delivery, session=session, now=self.now())

    def _with_lease(self, values: dict[str, object]) -> dict[str, object]:
        return {"lease_until": self.now() + self.settings.lease_time, **values}

    def _write(
        self, delivery: Delivery, values: dict[str, object], also: Also | None = None
    ) -> None:
        for turn in range(1, TRIES + 1):
            try:
                with self.session_factory.begin() as session:
                    if not swap(session, delivery, values):
                        raise LostClaim
                    if also is not None:
                        also(session)
                    self._follow(session, delivery, values)
                break
            except OperationalError:
                # A writer that holds SQLite too long, or a connection lost: once more.
                if turn == TRIES:
                    raise
        for name, value in values.items():
            setattr(delivery, name, value)
