"""A document: made, uploaded, and shared in the direct messages by the call that completes it.

States of a delivery's file here: `uploading` (its id is known), `stored` (Slack has the bytes),
`giving` (saved before the one call that shares it), `given` (Slack took it and shows it when it is
ready), `again` and `unknown` (that call brought no answer, and Slack shows it nowhere, or does
not know it: call once more), `lacking` and `broken` (words stand in).

`files.completeUploadExternal` "can only be called once" a file, and `files.info` says where a file
is shared: so the file's id settles what is unclear, and nothing is shared twice. Why this way:
docs/decisions/0006-documents.md.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from bot.outbox.book import SENT, Book
from bot.outbox.build import Builds, Built, in_words
from bot.outbox.expiry import expire_file
from bot.outbox.files import NO_ENTRY, Later
from bot.outbox.late import lateness
from bot.outbox.making import CannotMake, Maker
from bot.outbox.marks import mark_sending
from bot.outbox.message import BAD_CONTENT, with_key
from bot.outbox.notices import Notices
from bot.outbox.settle import Settler
from bot.outbox.shares import is_shared, says_where, share_ts
from bot.outgoing import Document, FileTrouble
from bot.slack import HeldBack, Refused, SlackGateway, Unclear
from school.deliveries import queue_of
from school.models import Delivery

LOG = logging.getLogger(__name__)
COMPLETE = "files.completeUploadExternal"
OF_FILES = frozenset({"files.getUploadURLExternal", "files.upload", COMPLETE})
NO_FILE, DELETED, NO_CHANNEL = "file_not_found", "file_deleted", "channel_not_found"
UPLOADING, STORED = "uploading", "stored"
GIVING, GIVEN, AGAIN, UNKNOWN = "giving", "given", "again", "unknown"
ASKED_ABOUT, ONCE_MORE = frozenset({GIVING, GIVEN}), frozenset({AGAIN, UNKNOWN})
TROUBLES = frozenset(each.value for each in FileTrouble)
STALE = timedelta(minutes=10)
"""A file older than this and still not shared is made anew: its numbers may have moved."""
LONGEST_POLL = 3.0
NOTHING = "Nothing came of this file; why stands below."
PLAIN_AFTER = 2
"""After so many unclear answers the words beside the file go as plain text."""


class Documents:
    """Brings documents to the direct messages."""

    def __init__(
        self, book: Book, gateway: SlackGateway, maker: Maker, notices: Notices, settler: Settler
    ) -> None:
        self._book, self._gateway, self._maker = book, gateway, maker
        self._notices, self._settler = notices, settler

    def kept_until(self, delivery: Delivery) -> datetime:
        """When the file that is being uploaded will be deleted in Slack."""
        since = delivery.file_since or self._book.now()
        return since + timedelta(seconds=self._book.settings.export_kept)

    def settle(self, delivery: Delivery, builds: Builds) -> bool:
        """Whether a file that was given to Slack has arrived, and the delivery is done with it.

        False: it has to be shared, or something said instead. Raises Later while it may still
        come, and what `SlackGateway.call` raises.
        """
        channel = str(delivery.message_channel)
        try:
            answer = self._gateway.call(delivery.workspace_id, "files.info", file=delivery.file_id)
        except (Refused, Unclear) as trouble:
            return self._settle_otherwise(delivery, builds, trouble)
        file = answer.get("file") or {}
        if is_shared(file, channel):
            return self._arrived(delivery, builds, share_ts(file, channel))
        return self._not_there(delivery, builds, AGAIN, says_where=says_where(file))

    def _settle_otherwise(
        self, delivery: Delivery, builds: Builds, trouble: Refused | Unclear
    ) -> bool:
        """Slack says nothing of the file itself: the channel's history has it, or has it not."""
        code = trouble.code if isinstance(trouble, Refused) else ""
        if code == DELETED:
            return self._arrived(delivery, builds, "")
        if not trouble.is_lacking and code != NO_FILE:
            raise trouble
        return self._is_in_history(delivery, builds) or self._not_there(
            delivery, builds, UNKNOWN, says_where=not trouble.is_lacking
        )

    def _is_in_history(self, delivery: Delivery, builds: Builds) -> bool:
        ts = self._settler.find_or_none(delivery)
        return ts is not None and self._arrived(delivery, builds, ts)

    def _arrived(self, delivery: Delivery, builds: Builds, ts: str) -> bool:
        """It stands in Slack: the notice says so first, as a process that stops between the two
        has it said once more, and one that stopped after them could not say it any more. For a
        while it waits until it can be said. Raises Later and HeldBack.
        """
        since = delivery.file_since or self._book.now()
        waited = (self._book.now() - since).total_seconds()
        patient = waited <= self._book.settings.file_share_limit
        if patient and self._notices.is_under_way(delivery):
            raise Later(self._book.now() + timedelta(seconds=LONGEST_POLL))
        self._tell_end(delivery, builds, self.kept_until(delivery), patient=patient)
        self._book.sent(delivery, str(delivery.message_channel), ts)
        return True

    def _not_there(
        self, delivery: Delivery, builds: Builds, next_state: str, *, says_where: bool
    ) -> bool:
        """A Slack that took it and never says where files are is not asked for long."""
        if self._book.is_hopeless(delivery) or self._is_never_answered(delivery):
            self._book.save(delivery, uncertain_at=None)
            self._say_instead(delivery, FileTrouble.BROKEN, delivery.error or "not shared")
        if delivery.file_state == GIVING:
            self._book.save(delivery, uncertain_at=None, file_state=next_state)
            return False
        waited = (self._book.now() - (delivery.file_since or self._book.now())).total_seconds()
        settings = self._book.settings
        if waited <= (settings.file_share_limit if says_where else settings.file_ready_limit):
            poll = max(settings.file_poll, min(waited / 3, LONGEST_POLL))
            raise Later(self._book.now() + timedelta(seconds=poll))
        if self._is_in_history(delivery, builds):
            return True
        trouble = FileTrouble.BROKEN if says_where else FileTrouble.UNSEEN
        self._say_instead(delivery, trouble, "Slack never showed it")
        return False

    def _is_never_answered(self, delivery: Delivery) -> bool:
        """Whether Slack was given it several times, answered nothing, and does not show it."""
        often = delivery.file_state == GIVING and delivery.attempts > PLAIN_AFTER
        return often and self._has_failed_for_long(delivery)

    def finished(self, delivery: Delivery, builds: Builds) -> None:
        """Have the notice say that nothing came of it, once the delivery is done."""
        if delivery.state == SENT and delivery.file_state in ASKED_ABOUT:
            return
        if delivery.file_state not in ASKED_ABOUT | TROUBLES:
            if _is_beside_messages(delivery):
                self._notices.edit(delivery, NOTHING, in_words(NOTHING).compose(None))
            return
        self._tell_end(delivery, builds, None)

    def _tell_end(
        self, delivery: Delivery, builds: Builds, until: datetime | None, *, patient: bool = False
    ) -> None:
        """Have the notice say until when the file is there; None where none came."""
        document = builds.of(delivery).outgoing.document
        if document is not None and document.progress is not None:
            progress = document.progress
            blocks = progress.at_end(until)
            self._notices.edit(delivery, progress.text, blocks, patient=patient)

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
            self._say_instead(delivery, FileTrouble.BROKEN, str(failure))
        except Refused as refusal:
            if refusal.code in NO_ENTRY | {NO_CHANNEL} or refusal.method not in OF_FILES:
                raise
            trouble = FileTrouble.LACKING if refusal.is_lacking else FileTrouble.BROKEN
            self._say_instead(delivery, trouble, f"{refusal.method}: {refusal.code}")
        except Unclear as unclear:
            if unclear.is_lacking:
                self._say_instead(delivery, FileTrouble.LACKING, unclear.method)
            if not self._has_failed_for_long(delivery):
                raise
            self._say_instead(delivery, FileTrouble.BROKEN, f"{unclear.method}: {unclear.reason}")

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
            self._say_instead(delivery, FileTrouble.LACKING, "no channel")
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
        blocks = document.beside(self.kept_until(delivery))
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

    def _has_failed_for_long(self, delivery: Delivery) -> bool:
        since = delivery.failing_since
        limit = timedelta(seconds=self._book.settings.file_share_limit)
        return since is not None and self._book.now() - since > limit

    def _say_instead(self, delivery: Delivery, trouble: FileTrouble, why: str) -> None:
        """Let words stand in. Raises Later."""
        LOG.warning("delivery %s goes without its file: %s", delivery.id, why)
        self._book.save(delivery, file_state=trouble.value)
        raise Later(self._book.now())

    def _in_a_moment(self) -> datetime:
        return self._book.now() + timedelta(seconds=self._book.settings.file_poll)


def _rich(words: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}


def _is_beside_messages(delivery: Delivery) -> bool:
    """Whether it has a queue of its own beside its recipient's messages, as documents have."""
    who = delivery.recipient_id
    return who is not None and delivery.queue != queue_of(who, delivery.channel)
