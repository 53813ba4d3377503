"""Settings in a hurry, builders of small messages, and a pool that draws at once."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.outbox import Builder
from bot.outgoing import (
    Blocks,
    Document,
    FileTrouble,
    Job,
    Outgoing,
    Picture,
    Progress,
    document_message,
)
from bot.settings import Settings
from school.models import AuditEntry, Delivery

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def quick_settings(**changes: Any) -> Settings:
    """Settings of a machine in a hurry: no rates, and everything that waits waits for little."""
    short: dict[str, Any] = {
        "send_timeout": 5,
        "settle_wait": 0.1,
        "lease": 30,
        "poll_interval": 0.05,
        "file_poll": 0.02,
        "file_ready_limit": 5,
        "retry_base": 0.02,
        "retry_most": 0.2,
        "posts_per_channel": 0,
        "posts_per_minute": 0,
        "tier2_per_minute": 0,
        "tier3_per_minute": 0,
        "tier4_per_minute": 0,
        "ban_margin": 0.05,
        "stop_wait": 5,
    }
    return Settings(_env_file=None, **{**short, **changes})  # type: ignore[call-arg]


def hasty_settings(**changes: Any) -> Settings:
    """Quick settings of processes that get killed: short leases, and posts a little apart."""
    return quick_settings(
        **{"lease": 1.5, "settle_wait": 0.3, "posts_per_minute": 1500, "ban_margin": 0.2, **changes}
    )


class InlinePool:
    """Draws at once, in the caller's thread."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self, picture: Picture) -> "Future[bytes]":
        self.drawn += 1
        return self.make(Job(picture.draw, picture.arguments))

    def make(self, job: Job) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(job.run(*job.arguments))
        except ValueError as error:
            future.set_exception(error)
        return future


def plain(text: str) -> Blocks:
    return [{"type": "section", "text": {"type": "plain_text", "text": text}}]


def words(_session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
    """A builder of plain words."""
    said = str(delivery.payload["say"])
    return Outgoing("A message", lambda _file_id: plain(said))


def draw_dot() -> bytes:
    return PNG


def draw_nothing() -> bytes:
    raise ValueError("no canvas")


def pictured(picture: Picture) -> Builder:
    """A builder of a message with a picture, or the words "a table" where it stands in."""

    def build(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        def compose(file_id: str | None) -> Blocks:
            if file_id is None:
                return plain("a table")
            image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "a dot"}
            return [*plain("a picture"), image]

        return Outgoing("A report", compose, picture=picture)

    return build


DOT = Picture(draw_dot, (), "report.png", "a dot")


def audited(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A builder that writes an audit row, as opening a record does."""
    session.add(
        AuditEntry(
            workspace_id=delivery.workspace_id,
            user_id=delivery.recipient_id,
            purpose="report",
            happened_at=now,
        )
    )
    return words(session, delivery, now)


def page(number: int) -> bytes:
    return f"page {number} ".encode()


def page_that_fails() -> bytes:
    raise ValueError("no paper")


def bound(pages: Sequence[bytes]) -> bytes:
    return b"%PDF " + b"".join(pages)


def rich(text: str) -> Blocks:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "elements": [section]}]


def beside(until: datetime) -> Blocks:
    return rich(f"Here until {until:%d %b}")


def otherwise(trouble: FileTrouble) -> Blocks:
    return plain(f"No file: {trouble.value}")


def so_far(done: int, total: int) -> Blocks:
    return plain(f"{done} of {total}")


def at_end(until: datetime | None) -> Blocks:
    return plain("below" if until else "nothing came of it")


PROGRESS = Progress("Making it.", so_far, at_end)
PDF = Document("report.pdf", (Job(bound, ([b"one"],)),), beside, otherwise, progress=PROGRESS)
PACK = Document(
    "pack.pdf", tuple(Job(page, (n,)) for n in range(1, 7)), beside, otherwise, bound, PROGRESS
)


def documented(document: Document) -> Builder:
    """A builder of a document, audited as the opening of a record is."""

    def build(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
        audited(session, delivery, now)
        return document_message("Your file is here.", document)

    return build


def making(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
    """A notice."""
    return Outgoing("Making it.", lambda _file_id: plain("being made"))


BUILDERS: dict[str, Builder] = {
    "words": words,
    "report": pictured(DOT),
    "audited": audited,
    "pdf": documented(PDF),
    "pack": documented(PACK),
    "notice": making,
}
