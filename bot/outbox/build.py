"""Rendering a delivery when it is sent: its builder's message, an error's words, or a notice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.outbox.plain import plain_blocks
from bot.outgoing import Blocks, FileTrouble, Obsolete, Outgoing
from school.cards import card_of
from school.database import SessionFactory, reading
from school.errors import HomeroomError, NotAllowed, NotFound
from school.models import Base, Delivery, Lane

Builder = Callable[[Session, Delivery, datetime], Outgoing]
"""Makes the message of one kind of delivery. It opens records through `school.access`, reads, and
may add rows (the audit's); it changes none and does not flush."""

Made = TypeVar("Made")
NO_ACCESS = (NotFound, NotAllowed)
"""Who asked for something is told so; what nobody asked for is not sent."""
KEPT = timedelta(seconds=60)
"""How long a rendered message may wait for its picture before it is rendered anew."""
MOST_KEPT = 200
SECTION_LIMIT = 3000


class UnknownKind(Exception):
    """No builder for a delivery's kind: another release made it, and will send it."""


@dataclass(slots=True)
class Built:
    """A message, the rows that its builder added, and its picture once drawn.

    The rows are written by the transaction that marks the message as being sent: what nobody was
    sent, nobody has seen. `plain` is set where this Slack refuses the newer kinds of blocks.
    """

    outgoing: Outgoing
    rows: tuple[Base, ...]
    at: datetime
    drawn: bytes | None = None
    plain: bool = False

    def say_instead(self, file_state: str | None) -> None:
        """Where a document has come to nothing, say why in words."""
        document = self.outgoing.document
        if document is not None:
            blocks = document.otherwise(FileTrouble(str(file_state)))
            self.outgoing = replace(self.outgoing, compose=lambda _file: blocks)

    def make_plain(self, file_id: str | None) -> bool:
        """Have it sent in the oldest kinds of blocks; False where that says nothing new."""
        blocks = self.outgoing.compose(file_id)
        simpler = plain_blocks(blocks)
        self.plain, was = bool(simpler) and simpler != blocks, self.plain
        return self.plain and not was


class Builds:
    """Messages rendered by this process, kept while their pictures are on the way to Slack."""

    def __init__(
        self,
        session_factory: SessionFactory,
        builders: Mapping[str, Builder],
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._session_factory = session_factory
        self._builders = builders
        self._now = now
        self._kept: dict[tuple[int, int], Built] = {}
        self._lock = Lock()

    def of(self, delivery: Delivery) -> Built:
        """The delivery's message as it is now.

        Raises UnknownKind, Obsolete, and what a broken builder raises.
        """
        if delivery.reference is not None:
            return Built(broken_notice(delivery.reference), (), self._now())
        key = (delivery.workspace_id, delivery.id)
        with self._lock:
            built = self._kept.get(key)
        if built is None or self._now() - built.at > KEPT or _has_moved(built, delivery):
            built = self._render(delivery)
            self._keep(key, built)
        return built

    def forget(self, delivery: Delivery) -> None:
        """Let go of a message that is not needed any more, or not as it was."""
        with self._lock:
            self._kept.pop((delivery.workspace_id, delivery.id), None)

    def _keep(self, key: tuple[int, int], built: Built) -> None:
        with self._lock:
            self._kept[key] = built
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def _render(self, delivery: Delivery) -> Built:
        now, builder = self._now(), self._builders.get(delivery.kind)
        if builder is None:
            raise UnknownKind(delivery.kind)

        def build(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
            try:
                return builder(session, delivery, now)
            except HomeroomError as error:
                if isinstance(error, NO_ACCESS) and not _is_asked_for(delivery):
                    raise Obsolete("no_access") from None
                return in_words(str(error))

        outgoing, rows = rendered(self._session_factory, build, delivery, now)
        return Built(outgoing, rows, now)


def rendered(
    session_factory: SessionFactory,
    build: Callable[[Session, Delivery, datetime], Made],
    delivery: Delivery,
    now: datetime,
) -> tuple[Made, tuple[Base, ...]]:
    """What a builder makes, and the rows that it added, which no session holds any more.

    It reads without SQLite's write lock, which every acknowledgement needs; the rows are for the
    short transaction that writes them.
    """
    with session_factory(autoflush=False) as session:
        made = build(reading(session), delivery, now)
        rows = tuple(session.new)
        for row in rows:
            session.expunge(row)
    return made, rows


def _is_asked_for(delivery: Delivery) -> bool:
    """Whether somebody waits for an answer; a card is brought to all whom its record concerns."""
    return delivery.lane != Lane.SCHEDULED.value and card_of(delivery.payload) is None


def _has_moved(built: Built, delivery: Delivery) -> bool:
    """Whether the record of a card has moved since it was rendered."""
    card, saved = built.outgoing.card, card_of(delivery.payload)
    return card is not None and saved is not None and card.version < saved[1]


def in_words(words: str) -> Outgoing:
    """A message that only says something. What a lock screen shows of it names nobody."""
    return Outgoing("I could not make what you asked for.", lambda _file_id: _section(words))


def broken_notice(reference: str) -> Outgoing:
    """What a person gets when something broke on our side."""
    words = f"Something broke on my side. Reference {reference}. Nothing was sent."
    return Outgoing(words, lambda _file_id: _section(words))


def _section(words: str) -> Blocks:
    return [{"type": "section", "text": {"type": "plain_text", "text": words[:SECTION_LIMIT]}}]
