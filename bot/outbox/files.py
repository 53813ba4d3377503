"""A message's picture: drawn, uploaded, ready; each state saved, and a table where it fails.

States of a delivery's file: none, `uploading` (its id is known), `uploaded` (Slack has it, and is
asked by and by whether it is ready), `ready`, `doubted` (ready, yet refused in a message once) and
`table` (given up: the table of numbers stands in). A worker waits for the drawing and for each
call, never for a file to become ready.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from datetime import datetime, timedelta
from typing import Protocol

from bot.outbox.book import Book
from bot.outbox.build import Built
from bot.outbox.expiry import expire_file
from bot.outgoing import Picture
from bot.slack import HeldBack, Refused, SlackGateway, Unclear
from school.models import Delivery

LOG = logging.getLogger(__name__)
UPLOADING, UPLOADED = "uploading", "uploaded"
READY, DOUBTED, TABLE = "ready", "doubted", "table"
NO_ENTRY = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Codes that concern every method: the message itself would be refused as well."""
STALE = timedelta(minutes=10)
"""A picture older than this, met again after a stop, is drawn anew: its numbers may have moved."""
LONGEST_POLL = 3.0
"""Seconds between two questions whether a file is ready, at most."""


class DrawsPictures(Protocol):
    """What draws, such as `bot.workers.DrawingPool`."""

    def draw(self, picture: Picture) -> "Future[bytes]":
        """Begin to draw; the future has PNG bytes or what went wrong."""


class Later(Exception):
    """Nothing failed; go on at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Files:
    """Brings pictures to Slack."""

    def __init__(self, book: Book, gateway: SlackGateway, pool: DrawsPictures) -> None:
        self._book = book
        self._gateway = gateway
        self._pool = pool
        self._settings = book.settings
        self._now: Callable[[], datetime] = book.now

    def file_for(self, delivery: Delivery, built: Built) -> str | None:
        """The id of the delivery's file, ready to be shown; None where the table stands in.

        Raises Later while it is on its way, HeldBack, Unreachable, and Refused where Slack lets
        us do nothing at all.
        """
        picture = built.outgoing.picture
        if picture is None or delivery.file_state == TABLE:
            return None
        try:
            self._advance(delivery, built, picture)
        except HeldBack as held:
            self._stop_the_clock(delivery, held.until)
            raise
        except Refused as refusal:
            if refusal.code in NO_ENTRY:
                raise
            self.give_up(delivery, f"{refusal.method}: {refusal.code}")
        except Unclear as unclear:
            why = f"{unclear.method}: {unclear.reason}"
            meet = self.give_up if unclear.is_lacking else self._again_or_give_up
            meet(delivery, why)
        return None if delivery.file_state == TABLE else delivery.file_id

    def doubt(self, delivery: Delivery) -> None:
        """Slack refused the message with its picture: once more a little later, then the table.

        Raises Later.
        """
        if delivery.file_state == READY:
            self._book.save(delivery, file_state=DOUBTED)
            raise Later(self._now() + timedelta(seconds=4 * self._settings.file_poll))
        self.give_up(delivery, "invalid_blocks")
        raise Later(self._now())

    def give_up(self, delivery: Delivery, why: str) -> None:
        """Let the table stand in."""
        LOG.warning("delivery %s goes without its picture: %s", delivery.id, why)
        self._book.save(delivery, file_state=TABLE)

    def _advance(self, delivery: Delivery, built: Built, picture: Picture) -> None:
        since = delivery.file_since
        if since is None or self._now() - since > STALE:
            self._book.save(delivery, file_state=None, file_since=self._now())
        if delivery.file_state in (None, UPLOADING):
            self._upload(delivery, built, picture)
        if delivery.file_state == UPLOADED:
            self._ask_whether_ready(delivery)

    def _upload(self, delivery: Delivery, built: Built, picture: Picture) -> None:
        content = built.drawn or self._draw(delivery, picture)
        if content is None:
            return
        built.drawn = content
        workspace_id, call = delivery.workspace_id, self._gateway.call
        place = call(
            workspace_id,
            "files.getUploadURLExternal",
            filename=picture.file_name,
            length=len(content),
        )
        file_id, url = str(place.get("file_id") or ""), str(place.get("upload_url") or "")
        if not file_id or not url:
            raise Refused("files.getUploadURLExternal", "no_upload_address")
        self._know(delivery, file_id)
        self._gateway.upload(workspace_id, url, content)
        files = [{"id": file_id, "title": picture.file_name}]
        call(workspace_id, "files.completeUploadExternal", files=files)
        self._book.save(delivery, file_state=UPLOADED, file_since=self._now())
        raise Later(self._now() + timedelta(seconds=self._settings.file_poll))

    def _know(self, delivery: Delivery, file_id: str) -> None:
        """Save the id of the file; from now on it is sure to be deleted some day."""
        known, now = {"file_id": file_id, "file_state": UPLOADING}, self._now()
        due = now + timedelta(seconds=self._settings.picture_kept)
        with self._book.session_factory.begin() as session:
            self._book.save_in(session, delivery, **known)
            where = delivery.workspace_id, file_id
            expire_file(session, *where, due=due, now=now, shown_by=delivery.id)
        self._book.keep(delivery, **known)

    def _draw(self, delivery: Delivery, picture: Picture) -> bytes | None:
        """PNG bytes, or None with the table taken where they cannot be had."""
        try:
            future = self._pool.draw(picture)
            error = future.exception(self._settings.drawing_limit)
        except (CancelledError, RuntimeError):
            # The pool is closed, as the process stops: another one draws it.
            raise Later(self._now() + timedelta(seconds=1)) from None
        except TimeoutError:
            future.cancel()
            self.give_up(delivery, "drawing took too long")
            return None
        if error is not None:
            self.give_up(delivery, f"drawing failed ({type(error).__name__})")
            return None
        return future.result()

    def _ask_whether_ready(self, delivery: Delivery) -> None:
        answer = self._gateway.call(delivery.workspace_id, "files.info", file=delivery.file_id)
        if (answer.get("file") or {}).get("mimetype"):
            self._book.save(delivery, file_state=READY)
        else:
            self._again_or_give_up(delivery, "not ready")

    def _again_or_give_up(self, delivery: Delivery, why: str) -> None:
        assert delivery.file_since is not None  # set before the first call
        waited = (self._now() - delivery.file_since).total_seconds()
        if waited > self._settings.file_ready_limit:
            self.give_up(delivery, why)
            return
        poll = max(self._settings.file_poll, min(waited / 3, LONGEST_POLL))
        raise Later(self._now() + timedelta(seconds=poll))

    def _stop_the_clock(self, delivery: Delivery, until: datetime) -> None:
        """Waiting at the gate does not count towards the limit."""
        if delivery.file_since is not None:
            held = until - self._now()
            self._book.save(delivery, file_since=delivery.file_since + held)
