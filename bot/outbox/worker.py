"""One claimed delivery, taken as far as it goes: settled, placed, rendered, pictured, sent."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.gate import POST
from bot.outbox.arrivals import ASKED_ABOUT, TROUBLES, Arrivals
from bot.outbox.book import Book, LostClaim
from bot.outbox.build import Builds, UnknownKind
from bot.outbox.channel import Person, find_channel, find_recipient, forget_channel
from bot.outbox.documents import COMPLETE, Documents
from bot.outbox.entries import Entries
from bot.outbox.expiry import FILE_EXPIRY, Expiry
from bot.outbox.files import NO_ENTRY, DrawsPictures, Files, Later
from bot.outbox.held import Held
from bot.outbox.mails import Mails
from bot.outbox.making import Maker, MakesJobs
from bot.outbox.message import BAD_CONTENT
from bot.outbox.notices import Notices
from bot.outbox.send import UPDATE, Sender
from bot.outbox.settle import Settler
from bot.outbox.telling import NO_CHANNEL, NOBODY
from bot.outbox.use import PAST_USE, check_use
from bot.outgoing import NotYet, Obsolete
from bot.slack import HeldBack, Refused, SlackGateway, Unclear, Unreachable
from school.models import Delivery, Medium

LOG = logging.getLogger(__name__)

TELL_AGAIN = timedelta(minutes=10)


class Pool(DrawsPictures, MakesJobs, Protocol):
    """What draws pictures and makes documents."""


class Worker:
    """Advances deliveries; every way out of `advance` has saved where the delivery stands."""

    def __init__(
        self,
        book: Book,
        gateway: SlackGateway,
        builds: Builds,
        pool: Pool,
        held: Held,
        mails: Mails,
        entries: Entries,
        *,
        stopping: Callable[[], bool],
    ) -> None:
        self._book = book
        self._gateway = gateway
        self._builds = builds
        self._files = Files(book, gateway, pool)
        self._held = held
        self._mails = mails
        self._entries = entries
        self._settler = Settler(book, gateway)
        notices = Notices(book, gateway)
        maker = Maker(book, pool, notices, stopping=stopping)
        self._arrivals = Arrivals(book, gateway, notices, self._settler)
        self._documents = Documents(book, gateway, maker, notices, self._arrivals)
        self._expiry = Expiry(book, gateway)
        self._sender = Sender(book, gateway)
        self._told_of_token: datetime | None = None

    def advance(self, delivery: Delivery) -> None:
        """Take a claimed delivery as far as it goes. Raises what a broken builder raises."""
        try:
            self._advance(delivery)
        except LostClaim:
            LOG.info("delivery %s is another worker's by now", delivery.id)
        except HeldBack as wait:
            now = self._book.now()
            place = self._held.place(delivery, wait, now)
            self._book.postpone(delivery, self._held.turn(delivery, wait, now), **place)
        except Later as later:
            self._book.postpone(delivery, later.until)
        except NotYet as wait:
            # Due anew: what comes whatever the hour does not wait behind it.
            self._book.postpone(delivery, wait.until, due_at=wait.until)
        except Refused as refusal:
            self._refused(delivery, refusal)
        except (Unclear, Unreachable) as trouble:
            self._book.retry(delivery, trouble.reason)
        except UnknownKind:
            self._book.retry(delivery, "unknown_kind")
        except Obsolete as obsolete:
            self._end(delivery, obsolete.code)
        self.conclude(delivery)

    def _end(self, delivery: Delivery, why: str) -> None:
        """Close what is of no use any more. What was to reach others on somebody's behalf, and was
        tried in vain until then, has failed: they count on it, and have to hear of it.
        """
        in_vain = delivery.sender_id is not None and delivery.failing_since is not None
        if why == PAST_USE and in_vain:
            self._book.fail(delivery, delivery.error or why)
        else:
            self._book.close(delivery, why)

    def conclude(self, delivery: Delivery) -> None:
        """Have the notice beside a delivery that is done say what came of it."""
        if delivery.finished_at is not None:
            self._arrivals.finished(delivery, self._builds)
            self._builds.forget(delivery)

    def _advance(self, delivery: Delivery) -> None:
        if delivery.kind == FILE_EXPIRY:
            self._expiry.carry_out(delivery)
            return
        # What was sent already is settled first, whatever has become of it by now.
        if delivery.medium == Medium.SLACK.value and self._has_arrived(delivery):
            return
        check_use(delivery, self._book.now())
        recipient = find_recipient(delivery, session_factory=self._book.session_factory)
        if delivery.medium == Medium.MAIL.value:
            self._mails.carry_out(delivery)
        elif delivery.medium == Medium.CALENDAR.value:
            self._entries.carry_out(delivery)
        else:
            self._send(delivery, recipient)

    def _has_arrived(self, delivery: Delivery) -> bool:
        """Whether what was sent before, and not known to be there, is there."""
        if delivery.file_state in ASKED_ABOUT:
            return self._arrivals.settle(delivery, self._builds)
        return delivery.uncertain_at is not None and self._settler.settle(delivery)

    def _send(self, delivery: Delivery, recipient: Person | None) -> None:
        factory = self._book.session_factory
        channel = find_channel(delivery, recipient, session_factory=factory, gateway=self._gateway)
        built = self._builds.of(delivery)
        document = built.outgoing.document
        if document is not None and delivery.file_state not in TROUBLES:
            self._documents.share(delivery, channel, built, document)
            return
        if document is not None:
            self._documents.wait_for_notice(delivery)
        built.say_instead(delivery.file_state)
        file_id = self._files.file_for(delivery, built)
        try:
            self._sender.send(delivery, channel, built, file_id)
            if built.outgoing.replaces == (delivery.message_channel, delivery.message_ts):
                self._expiry.replaced(delivery)
        except Refused as refusal:
            if refusal.code == "invalid_blocks" and file_id is not None:
                self._doubt(delivery)
            elif refusal.code in BAD_CONTENT and built.make_plain(file_id):
                LOG.warning("delivery %s goes in plain blocks: %s", delivery.id, refusal.code)
                self._book.postpone(delivery, self._book.now())
            else:
                raise

    def _doubt(self, delivery: Delivery) -> None:
        try:
            self._files.doubt(delivery)
        except Later as later:
            self._book.postpone(delivery, later.until)

    def _refused(self, delivery: Delivery, refusal: Refused) -> None:
        code, sending = refusal.code, refusal.method in (POST, UPDATE, COMPLETE)
        if sending and code in BAD_CONTENT and delivery.reference is None:
            reference = self._book.broke(delivery, code)
            LOG.error("delivery %s refused: %s, reference %s", delivery.id, code, reference)
        elif code in NOBODY or (sending and code in BAD_CONTENT):
            self._book.fail(delivery, code)
        elif code == NO_CHANNEL and sending:
            self._look_for_channel_anew(delivery)
        else:
            if code in NO_ENTRY:
                self._tell_of_token(code)
            self._book.retry(delivery, code)

    def _tell_of_token(self, code: str) -> None:
        """Say in the log, once in a while, why nothing is sent at all."""
        now = self._book.now()
        if self._told_of_token is None or now - self._told_of_token > TELL_AGAIN:
            self._told_of_token = now
            LOG.error(
                "Slack refuses SLACK_BOT_TOKEN (%s): nothing is sent. Is the app still installed, "
                "and is it the xoxb- token of this app?",
                code,
            )

    def _look_for_channel_anew(self, delivery: Delivery) -> None:
        """A stored channel of direct messages may be another Slack's: open it once more."""
        to_a_person = delivery.recipient_id is not None or delivery.student_id is not None
        if not to_a_person or delivery.error == NO_CHANNEL:
            self._book.fail(delivery, NO_CHANNEL)
            return
        forget_channel(delivery, session_factory=self._book.session_factory)
        self._book.retry(delivery, NO_CHANNEL, channel=None)
