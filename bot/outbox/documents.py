"""A document: made, uploaded, and shared in the direct messages by the call that completes it.

States of a delivery's file here: `uploading` (its id is known), `stored` (Slack has the bytes),
`giving` (saved before the one call that shares it), `given` (Slack took it and shows it when it is
ready), `again` and `unknown` (that call brought no answer, and Slack shows it nowhere, or does
not know it: call once more), `lacking` and `broken` (words stand in).

What became of it is found out in `bot.outbox.arrivals`.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from bot.outbox.arrivals import GIVEN, GIVING, ONCE_MORE, PLAIN_AFTER, UNKNOWN, Arrivals
from bot.outbox.book import Book
from bot.outbox.build import Built
from bot.outbox.expiry import expire_file
from bot.outbox.files import NO_ENTRY, Later
from bot.outbox.late import lateness
from bot.outbox.making import CannotMake, Maker
from bot.outbox.marks import mark_sending
from bot.outbox.message import BAD_CONTENT, with_key
from bot.outbox.notices import Notices
from bot.outgoing import Document, FileTrouble
from bot.slack import HeldBack, Refused, SlackGateway, Unclear
from school.models import Delivery

LOG = logging.getLogger(__name__)
COMPLETE = "files.completeUploadExternal"
OF_FILES = frozenset({"files.getUploadURLExternal", "files.upload", COMPLETE})
NO_CHANNEL = "channel_not_found"
UPLOADING, STORED = "uploading", "stored"
STALE = timedelta(minutes=10)
"""A file older than this and still not shared is made anew: its numbers may have moved."""


class Documents:
    """Brings documents to the direct messages."""

    def __init__(
        self, book: Book, gateway: SlackGateway, maker: Maker, notices: Notices, arrivals: Arrivals
    ) -> None:
        self._book, self._gateway, self._maker = book, gateway, maker
        self._notices, self._arrivals = notices, arrivals

    def wait_for_notice(self, delivery: Delivery) -> None:
        """Let the notice stand above whatever comes of the document. Raises Later."""
        if self._notices.is_awaited(delivery):
            raise Later(self._in_a_moment())

    def share(self, delivery: Delivery, channel: str, built: Built, document: Document) -> None:
        """Take it as far as it goes.

        Raises Later, HeldBack, Unreachable, LostClaim, and what is to be tried again.
        """
        try:
            self._store(delivery, channel, built, document)
            self.wait_for_notice(delivery)
            self._give(delivery, channel, built, document)
        except CannotMake as failure:
            self._arrivals.say_instead(delivery, FileTrouble.BROKEN, str(failure))
        except Refused as refusal:
            if refusal.code in NO_ENTRY | {NO_CHANNEL} or refusal.method not in OF_FILES:
                raise
            trouble = FileTrouble.LACKING if refusal.is_lacking else FileTrouble.BROKEN
            self._arrivals.say_instead(delivery, trouble, f"{refusal.method}: {refusal.code}")
        except Unclear as unclear:
            if unclear.is_lacking:
                self._arrivals.say_instead(delivery, FileTrouble.LACKING, unclear.method)
            if not self._arrivals.has_failed_for_long(delivery):
                raise
            self._arrivals.say_instead(
                delivery, FileTrouble.BROKEN, f"{unclear.method}: {unclear.reason}"
            )

    def _store(self, delivery: Delivery, channel: str, built: Built, document: Document) -> None:
        """Bring the bytes to Slack. From when its id is known the file is sure to be deleted."""
        if delivery.file_state in ONCE_MORE or (
            delivery.file_state == STORED and self._fresh(delivery)
        ):
            return
        if channel.startswith(("U", "W")):
            # Where the notice went, this Slack may say which channel that is.
            self.wait_for_notice(delivery)
            # This Slack opens no direct messages, and no file is shared with a person's id.
            self._arrivals.say_instead(delivery, FileTrouble.LACKING, "no channel")
        content = built.drawn = built.drawn or self._maker.make(delivery, document)
        file_id, url = self._place_for(delivery, document.file_name, len(content))
        known = {"file_id": file_id, "file_state": UPLOADING, "file_since": self._book.now()}
        with self._book.session_factory.begin() as session:
            self._book.save_in(session, delivery, **known)
            due = self._book.now() + timedelta(seconds=self._book.settings.export_kept)
            expire_file(session, delivery.workspace_id, file_id, due=due, now=self._book.now())
        self._book.keep(delivery, **known)
        self._gateway.upload(delivery.workspace_id, url, content)
        self._book.save(delivery, file_state=STORED)

    def _place_for(self, delivery: Delivery, name: str, length: int) -> tuple[str, str]:
        method = "files.getUploadURLExternal"
        place = self._gateway.call(delivery.workspace_id, method, filename=name, length=length)
        file_id, url = str(place.get("file_id") or ""), str(place.get("upload_url") or "")
        if not file_id or not url:
            raise Refused(method, "no_upload_address")
        return file_id, url

    def _fresh(self, delivery: Delivery) -> bool:
        return delivery.file_since is not None and self._book.now() - delivery.file_since < STALE

    def _give(self, delivery: Delivery, channel: str, built: Built, document: Document) -> None:
        """Complete the upload in the channel, which shares it: saved first, called once."""
        before = delivery.file_state
        words = self._words(delivery, built, document)
        mark_sending(
            self._book, self._gateway, delivery, COMPLETE, channel, built, file_state=GIVING
        )
        files = [{"id": delivery.file_id, "title": document.file_name}]
        try:
            self._gateway.call_reserved(
                delivery.workspace_id, COMPLETE, files=files, channel_id=channel, **words
            )
        except Unclear as unclear:
            if unclear.is_lacking:
                raise
            self._book.uncertain(delivery, unclear.reason)
            return
        except HeldBack:
            self._book.save(delivery, file_state=before)
            raise
        except Refused as refusal:
            self._refused(delivery, built, refusal, before)
        self._book.save(delivery, file_state=GIVEN)
        raise Later(self._in_a_moment())

    def _words(self, delivery: Delivery, built: Built, document: Document) -> dict[str, Any]:
        """What stands with the file: rich text, or its plain form where that was refused."""
        late = lateness(self._book, delivery)
        if built.plain or delivery.attempts >= PLAIN_AFTER:
            return {"initial_comment": " ".join(filter(None, [built.outgoing.text, late]))}
        blocks = document.beside(self._arrivals.kept_until(delivery))
        return {"blocks": with_key(blocks + ([_rich(late)] if late else []), delivery)}

    def _refused(
        self, delivery: Delivery, built: Built, refusal: Refused, before: str | None
    ) -> None:
        """Slack did not share it; returns where it had done so already."""
        if before in ONCE_MORE and not refusal.is_lacking and refusal.code not in NO_ENTRY:
            LOG.info("delivery %s: %s to the second call", delivery.id, refusal.code)
            if before == UNKNOWN:
                # Slack knows it neither way: it was dropped before it was completed.
                self._book.save(delivery, file_state=None)
                raise Later(self._in_a_moment())
            return
        self._book.save(delivery, file_state=before)
        if refusal.code in BAD_CONTENT and not built.plain:
            built.plain = True
            raise Later(self._book.now())
        raise refusal

    def _in_a_moment(self) -> datetime:
        return self._book.now() + timedelta(seconds=self._book.settings.file_poll)


def _rich(words: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}
