"""The threads of one lane, and what became of what they were given."""

import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition

from bot.logs import place_of
from bot.outbox.book import Book, LostClaim
from bot.outbox.claim import SENDING
from bot.outbox.worker import Worker
from school.database import DATABASE_TROUBLE
from school.models import Delivery, Lane, Medium

LOG = logging.getLogger(__name__)


class LaneThreads:
    """Threads that advance the deliveries of one lane and these media; after each comes `done`."""

    def __init__(
        self,
        lane: Lane,
        threads: int,
        worker: Worker,
        book: Book,
        *,
        media: Collection[Medium],
        done: Callable[[], None],
    ) -> None:
        self.lane = lane
        self.media = media
        self.threads = threads
        self._worker = worker
        self._book = book
        self._done = done
        self._executor = ThreadPoolExecutor(threads, f"{lane.value}-sender")
        self._running: set[Future[None]] = set()
        self._changed = Condition()

    @property
    def free(self) -> int:
        """How many more deliveries can be begun at once."""
        with self._changed:
            return self.threads - len(self._running)

    def give(self, delivery: Delivery) -> None:
        """Have a claimed delivery advanced."""
        future = self._executor.submit(self._worker.advance, delivery)
        with self._changed:
            self._running.add(future)
        future.add_done_callback(lambda done: self._ended(done, delivery))

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait at most that long for what is in hand."""
        self._executor.shutdown(wait=False)
        self.finish(seconds)

    def finish(self, seconds: float | None = None) -> None:
        """Wait until what is in hand is done."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running, seconds)

    def _ended(self, future: "Future[None]", delivery: Delivery) -> None:
        try:
            if isinstance(error := future.exception(), Exception):
                self._went_wrong(delivery, error)
        except LostClaim:
            LOG.info("delivery %s is another worker's by now", delivery.id)
        except DATABASE_TROUBLE as trouble:
            # Its lease runs out, and it is taken up again.
            LOG.warning("delivery %s is left to its lease: %s", delivery.id, type(trouble).__name__)
        finally:
            with self._changed:
                self._running.discard(future)
                self._changed.notify_all()
            self._done()

    def _went_wrong(self, delivery: Delivery, error: Exception) -> None:
        name = type(error).__name__
        if delivery.state == SENDING:
            # It may have arrived, whatever went wrong after that.
            LOG.error("delivery %s broke while sending: %s", delivery.id, place_of(error))
            self._book.uncertain(delivery, name)
        elif isinstance(error, DATABASE_TROUBLE):
            self._book.retry(delivery, "database_trouble")
        elif delivery.reference is not None:
            self._book.retry(delivery, f"broke: {name}")
        else:
            self._broke(delivery, error)

    def _broke(self, delivery: Delivery, error: Exception) -> None:
        reference = self._book.broke(delivery, f"broke: {type(error).__name__}")
        what, where = f"{delivery.id} ({delivery.kind})", place_of(error)
        LOG.error("delivery %s broke, reference %s: %s", what, reference, where)
        self._worker.conclude(delivery)
