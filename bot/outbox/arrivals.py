"""Whether a document that was given to Slack has come: asked of Slack until it is clear.

`files.completeUploadExternal` "can only be called once" a file, and `files.info` says where a file
is shared: so the file's id settles what is unclear, and nothing is shared twice. Why this way:
docs/decisions/0006-documents.md. The states are told of in `bot.outbox.documents`.
"""

import logging
from datetime import datetime, timedelta

from bot.outbox.book import SENT, Book
from bot.outbox.build import Builds, in_words
from bot.outbox.files import Later
from bot.outbox.notices import Notices
from bot.outbox.settle import Settler
from bot.outbox.shares import is_shared, says_where, share_ts
from bot.outgoing import FileTrouble
from bot.slack import Refused, SlackGateway, Unclear
from school.deliveries import queue_of
from school.models import Delivery

LOG = logging.getLogger(__name__)
NO_FILE, DELETED = "file_not_found", "file_deleted"
GIVING, GIVEN, AGAIN, UNKNOWN = "giving", "given", "again", "unknown"
ASKED_ABOUT, ONCE_MORE = frozenset({GIVING, GIVEN}), frozenset({AGAIN, UNKNOWN})
TROUBLES = frozenset(each.value for each in FileTrouble)
LONGEST_POLL = 3.0
NOTHING = "Nothing came of this file; why stands below."
PLAIN_AFTER = 2
"""After so many unclear answers the words beside the file go as plain text."""


class Arrivals:
    """Finds out what came of documents that were given to Slack, and has their notices say so."""

    def __init__(
        self, book: Book, gateway: SlackGateway, notices: Notices, settler: Settler
    ) -> None:
        self._book, self._gateway = book, gateway
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
            self.say_instead(delivery, FileTrouble.BROKEN, delivery.error or "not shared")
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
        self.say_instead(delivery, trouble, "Slack never showed it")
        return False

    def _is_never_answered(self, delivery: Delivery) -> bool:
        """Whether Slack was given it several times, answered nothing, and does not show it."""
        often = delivery.file_state == GIVING and delivery.attempts > PLAIN_AFTER
        return often and self.has_failed_for_long(delivery)

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

    def say_instead(self, delivery: Delivery, trouble: FileTrouble, why: str) -> None:
        """Let words stand in. Raises Later."""
        LOG.warning("delivery %s goes without its file: %s", delivery.id, why)
        self._book.save(delivery, file_state=trouble.value)
        raise Later(self._book.now())

    def has_failed_for_long(self, delivery: Delivery) -> bool:
        """Whether a document that keeps failing has had its time."""
        since = delivery.failing_since
        limit = timedelta(seconds=self._book.settings.file_share_limit)
        return since is not None and self._book.now() - since > limit


def _is_beside_messages(delivery: Delivery) -> bool:
    """Whether it has a queue of its own beside its recipient's messages, as documents have."""
    who = delivery.recipient_id
    return who is not None and delivery.queue != queue_of(who, delivery.channel)
