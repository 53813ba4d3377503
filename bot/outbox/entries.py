"""Sending one delivery to a calendar: an entry that is to stand there, or not to.

It is rendered when it is sent, so it brings what holds by then. To put or delete an entry twice
changes nothing, so what was not answered for is simply done again; it is marked as being sent and,
without an answer, as uncertain only to keep the order: what comes after it waits until the server
cannot be busy with it any more, so that the latest state is the last to come.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendar.client import CalendarLater, CalendarRefused, CalendarServer, CalendarUnclear
from bot.gate import ALL, CALENDAR
from bot.outbox.book import Book
from bot.outbox.build import NO_ACCESS, UnknownKind, rendered
from bot.outbox.mail_rest import MailRest
from bot.outbox.marks import mark_sending
from bot.outgoing import CalendarEntry, Obsolete
from bot.slack import SlackGateway
from school.models import Base, Delivery

EntryBuilder = Callable[[Session, Delivery, datetime], CalendarEntry]
"""Makes the entry of one kind of delivery. It reads, and raises Obsolete where nothing is to be
done any more."""
NO_CALENDAR = "no_calendar"


@dataclass(frozen=True, slots=True)
class BuiltEntry:
    """An entry, and the rows that its builder added."""

    entry: CalendarEntry
    rows: tuple[Base, ...]


class Entries:
    """Brings deliveries into calendars; `server` is None where none is set."""

    def __init__(
        self,
        book: Book,
        gateway: SlackGateway,
        server: CalendarServer | None,
        builders: Mapping[str, EntryBuilder],
    ) -> None:
        self._book = book
        self._gateway = gateway
        self._server = server
        self._builders = builders
        probe = timedelta(seconds=book.settings.calendar_timeout)
        self._rest = MailRest(book.settings, book.now, probe=probe)

    def carry_out(self, delivery: Delivery) -> None:
        """Do it and save the outcome. Raises what `mark_sending` and a broken builder raise,
        UnknownKind, and Obsolete where nothing is to be done, or no calendars are set.
        """
        if self._server is None:
            raise Obsolete(NO_CALENDAR)
        if delivery.reference is not None:
            self._book.fail(delivery, delivery.error or "broke")
            return
        built = self._built(delivery)
        rest = self._rest.begin()
        if rest is not None:
            self._book.retry(delivery, rest.code, at_least=rest.until - self._book.now())
            return
        self._try(delivery, built, self._server)

    def _try(self, delivery: Delivery, built: BuiltEntry, server: CalendarServer) -> None:
        mark_sending(self._book, self._gateway, delivery, CALENDAR, ALL, built, uncertain_at=None)
        try:
            _hand_over(built.entry, server)
        except CalendarRefused as refusal:
            self._rest.came_through()
            self._book.fail(delivery, refusal.code)
        except CalendarUnclear as unclear:
            self._rest.failed(unclear.code)
            self._uncertain(delivery, unclear.code)
        except CalendarLater as trouble:
            self._rest.failed(trouble.code)
            self._book.retry(delivery, trouble.code)
        else:
            self._rest.came_through()
            self._book.sent(delivery, ALL, str(int(self._book.now().timestamp())))

    def _uncertain(self, delivery: Delivery, code: str) -> None:
        if self._book.is_hopeless(delivery):
            self._book.fail(delivery, code)
        else:
            self._book.uncertain(delivery, code)

    def _built(self, delivery: Delivery) -> BuiltEntry:
        builder = self._builders.get(delivery.kind)
        if builder is None:
            raise UnknownKind(delivery.kind)
        try:
            entry, rows = rendered(self._book.session_factory, builder, delivery, self._book.now())
        except NO_ACCESS:
            raise Obsolete("no_access") from None
        return BuiltEntry(entry, rows)


def _hand_over(entry: CalendarEntry, server: CalendarServer) -> None:
    if entry.event is None:
        server.delete(entry.email, entry.uid)
    else:
        server.put(entry.email, entry.uid, entry.event)
