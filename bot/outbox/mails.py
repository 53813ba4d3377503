"""Sending one delivery by e-mail: rendered when it is sent, handed over once for each mark.

Before it is handed over the delivery is marked as being sent, as a post in Slack is. A mailbox has
no history to look into: what may have arrived or not is sent again after the settling pause, with
the same Message-ID and calendar UID, and `Delivery.unclear` counts how often that was.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from sqlalchemy.orm import Session

from bot.gate import ALL, MAIL
from bot.mail.client import Mailer, MailLater, MailRefused, MailUnclear
from bot.outbox.book import Book
from bot.outbox.build import NO_ACCESS, UnknownKind, rendered
from bot.outbox.late import is_late
from bot.outbox.mail_rest import MailRest, Rest
from bot.outbox.making import CannotMake, Maker
from bot.outbox.marks import mark_sending
from bot.outgoing import Mail, Obsolete
from bot.slack import SlackGateway
from school.models import Base, Delivery

LOG = logging.getLogger(__name__)
MailBuilder = Callable[[Session, Delivery, datetime], Mail]
"""Makes the e-mail of one kind of delivery, and looks up its address. It reads, and may add rows
(the audit's); it raises Obsolete where nobody is to get it any more."""

UNSETTLED = "mail_unsettled"
"""The error of a mail that was handed over again and again, and never answered for."""
TELL_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class BuiltMail:
    """An e-mail as a message, and the rows that its builder added."""

    message: EmailMessage
    rows: tuple[Base, ...]


class Mails:
    """Sends deliveries by e-mail."""

    def __init__(
        self,
        book: Book,
        gateway: SlackGateway,
        mailer: Mailer,
        builders: Mapping[str, MailBuilder],
        maker: Maker,
    ) -> None:
        self._book = book
        self._gateway = gateway
        self._mailer = mailer
        self._builders = builders
        self._maker = maker
        self._rest = MailRest(book.settings, book.now)
        self._told: datetime | None = None

    def carry_out(self, delivery: Delivery) -> None:
        """Send it and save the outcome. Raises what `mark_sending` and a broken builder raise,
        UnknownKind, Obsolete where nobody is to get it any more, and Later where the process stops
        before its file is made.
        """
        hopeless = self._why_not(delivery)
        if hopeless is not None:
            self._book.fail(delivery, hopeless)
            return
        rest = self._rest.now()
        if rest is not None:
            self._wait(delivery, rest)
            return
        try:
            built = self._built(delivery)
        except MailRefused as refusal:
            self._book.fail(delivery, refusal.code)
        else:
            self._try(delivery, built)

    def _try(self, delivery: Delivery, built: BuiltMail) -> None:
        rest = self._rest.begin()
        if rest is not None:
            self._wait(delivery, rest)
            return
        try:
            self._hand_over(delivery, built)
        except MailRefused as refusal:
            self._rest.came_through()
            self._book.fail(delivery, refusal.code)
        except MailLater as trouble:
            self._later(delivery, trouble)
        except MailUnclear as unclear:
            self._rest.failed(unclear.code)
            self._book.uncertain(delivery, unclear.code)
        else:
            self._rest.came_through()

    def _later(self, delivery: Delivery, trouble: MailLater) -> None:
        if trouble.for_all:
            self._rest.failed(trouble.code)
            self._tell(trouble.code)
        else:
            self._rest.came_through()
        self._book.retry(delivery, trouble.code)

    def _wait(self, delivery: Delivery, rest: Rest) -> None:
        """Nobody gets mail for now: it has not been tried, but waits, and not for ever."""
        if self._book.is_hopeless(delivery):
            self._book.fail(delivery, rest.code)
            return
        since = delivery.failing_since or self._book.now()
        self._book.postpone(delivery, rest.until, error=rest.code, failing_since=since)

    def _why_not(self, delivery: Delivery) -> str | None:
        """Why it cannot be sent at all, now or at another time."""
        if self._mailer.lacking is not None:
            return self._mailer.lacking
        if delivery.reference is not None:
            return delivery.error or "broke"
        most = self._book.settings.mail_copies * (1 + delivery.retried)
        return UNSETTLED if delivery.unclear >= most else None

    def _built(self, delivery: Delivery) -> BuiltMail:
        """Raises MailRefused where its address is none, and what `carry_out` raises."""
        builder = self._builders.get(delivery.kind)
        if builder is None:
            raise UnknownKind(delivery.kind)
        factory, now = self._book.session_factory, self._book.now()
        try:
            mail, rows = rendered(factory, builder, delivery, now)
        except NO_ACCESS:
            raise Obsolete("no_access") from None
        late, content = is_late(self._book, delivery), self._file_of(mail, delivery)
        message = self._mailer.message(mail, delivery_id=delivery.id, late=late, content=content)
        return BuiltMail(message, rows)

    def _file_of(self, mail: Mail, delivery: Delivery) -> bytes | None:
        """The mail's file; None where there is none, it cannot be made, or is too large."""
        if mail.file is None:
            return None
        try:
            content = self._maker.make_one(delivery, mail.file.job)
        except CannotMake as failure:
            LOG.warning("delivery %s goes without its file: %s", delivery.id, failure)
            return None
        return content if len(content) <= self._book.settings.mail_file_most else None

    def _hand_over(self, delivery: Delivery, built: BuiltMail) -> None:
        date = self._date(delivery)
        marks = {"uncertain_at": None, "message_ts": str(int(date.timestamp()))}
        mark_sending(self._book, self._gateway, delivery, MAIL, ALL, built, **marks)
        self._mailer.send(built.message, date)
        self._book.sent(delivery, ALL, str(delivery.message_ts))

    def _date(self, delivery: Delivery) -> datetime:
        """The mail's date: now, but a copy bears that of the first that may have arrived.

        So a mailbox may take them for one. It stands where a message in Slack has its timestamp.
        """
        if delivery.unclear and delivery.message_ts:
            return datetime.fromtimestamp(float(delivery.message_ts), UTC)
        return self._book.now()

    def _tell(self, code: str) -> None:
        """Say in the log, once in a while, why no e-mail goes out."""
        now = self._book.now()
        if self._told is None or now - self._told > TELL_AGAIN:
            self._told = now
            LOG.warning("e-mail waits: the mail server does not take it (%s)", code)
