"""Making a document in the worker processes, part by part; the notice says how far it is."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Protocol

from bot.outbox.book import Book
from bot.outbox.files import Later
from bot.outbox.notices import Notices
from bot.outgoing import Document, Job
from school.models import Delivery

AHEAD = 2
"""Parts under way at once: a picture that somebody waits for is never behind more of them."""


class MakesJobs(Protocol):
    """What works elsewhere, such as `bot.workers.DrawingPool`."""

    def make(self, job: Job) -> "Future[Any]":
        """Begin a job; the future has its result or what went wrong."""


class CannotMake(Exception):
    """A part that failed or took too long; says the kind of the error, no data."""


class Maker:
    """Makes documents. After each part it shows that it still has the delivery."""

    def __init__(
        self, book: Book, pool: MakesJobs, notices: Notices, *, stopping: Callable[[], bool]
    ) -> None:
        self._book, self._pool, self._notices, self._stopping = book, pool, notices, stopping

    def make(self, delivery: Delivery, document: Document) -> bytes:
        """The document's bytes. Raises CannotMake; Later where the process stops; LostClaim."""
        told = self._book.now()
        results: list[Any] = []
        waiting: list[Future[Any]] = []
        jobs = iter(document.parts)
        while len(results) < len(document.parts):
            if self._stopping():
                _drop(waiting)
                raise self._elsewhere()
            waiting += [self._begin(job) for job in islice(jobs, AHEAD - len(waiting))]
            results.append(self._result(delivery, waiting.pop(0)))
            self._book.save(delivery)
            told = self._tell(delivery, document, len(results), told)
        return self._joined(delivery, document, results)

    def make_one(self, delivery: Delivery, job: Job) -> bytes:
        """What one job makes. Raises as `make` does."""
        made: bytes = self._result(delivery, self._begin(job))
        return made

    def _joined(self, delivery: Delivery, document: Document, results: list[Any]) -> bytes:
        if document.join is None:
            content: bytes = results[0]
            return content
        joined: bytes = self._result(delivery, self._begin(Job(document.join, (results,))))
        return joined

    def _begin(self, job: Job) -> "Future[Any]":
        try:
            return self._pool.make(job)
        except RuntimeError:
            raise self._elsewhere() from None

    def _result(self, delivery: Delivery, future: "Future[Any]") -> Any:
        error = self._error(delivery, future)
        if error is not None:
            raise CannotMake(f"{type(error).__name__}: {error}")
        return future.result()

    def _error(self, delivery: Delivery, future: "Future[Any]") -> BaseException | None:
        """What went wrong with a part once it has ended. A part may take longer than the lease."""
        left, turn = self._book.settings.making_limit, self._book.settings.lease / 3
        while left > 0:
            try:
                return future.exception(min(turn, left))
            except CancelledError:
                raise self._elsewhere() from None
            except TimeoutError:
                left -= turn
                self._book.save(delivery)
        future.cancel()
        raise CannotMake("it took too long")

    def _elsewhere(self) -> Later:
        """The pool is closed, as the process stops: another one makes it."""
        return Later(self._book.now() + timedelta(seconds=1))

    def _tell(self, delivery: Delivery, document: Document, done: int, told: datetime) -> datetime:
        """Have the notice say how far it is, every so often and in the end; returns when it did."""
        progress, total, now = document.progress, len(document.parts), self._book.now()
        each = timedelta(seconds=self._book.settings.progress_every)
        if progress is None or total == 1 or (done < total and now - told < each):
            return told
        self._notices.edit(delivery, progress.text, progress.so_far(done, total))
        return now


def _drop(futures: "list[Future[Any]]") -> None:
    for future in futures:
        future.cancel()
