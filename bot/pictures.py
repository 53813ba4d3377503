"""Pictures that were drawn a moment ago: asked for again, they are not drawn again.

Co-teachers ask for one class, a range menu is turned to and fro, and a school opens its reports in
the same break. A picture is known by a digest of all that it is drawn from, so one of other data
is another picture. They are kept in memory alone and go with the process.
"""

import hashlib
import pickle
from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock
from typing import Any, Protocol

from bot.outgoing import Job, Picture

KEPT = 64
"""How many pictures are kept, of some 100 kB each."""


class Draws(Protocol):
    """Whatever draws pictures elsewhere."""

    def draw(self, picture: Picture) -> "Future[bytes]":
        """Begin to draw."""

    def make(self, job: Job) -> "Future[Any]":
        """Begin a job."""


class RememberedPictures:
    """Draws by `pool`, and each picture once while it is remembered."""

    def __init__(self, pool: Draws, *, kept: int = KEPT) -> None:
        self._pool, self._kept = pool, kept
        self._known: OrderedDict[bytes, Future[bytes]] = OrderedDict()
        self._lock = Lock()

    def draw(self, picture: Picture) -> "Future[bytes]":
        """The picture, drawn or still being drawn. Whoever waits may give up by themselves."""
        key = _digest(picture)
        with self._lock:
            drawn = self._known.get(key)
            if drawn is None or _failed(drawn):
                drawn = self._known[key] = self._pool.draw(picture)
            self._known.move_to_end(key)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        own: Future[bytes] = Future()
        drawn.add_done_callback(lambda done: _hand_over(done, own))
        return own

    def make(self, job: Job) -> "Future[Any]":
        """The job's result, of which nothing is kept: documents are large and asked for once."""
        return self._pool.make(job)


def _digest(picture: Picture) -> bytes:
    return hashlib.sha256(pickle.dumps((picture.draw, picture.arguments))).digest()


def _failed(drawn: "Future[bytes]") -> bool:
    return drawn.done() and (drawn.cancelled() or drawn.exception() is not None)


def _hand_over(done: "Future[bytes]", own: "Future[bytes]") -> None:
    if done.cancelled():
        own.cancel()
    if not own.set_running_or_notify_cancel():
        return
    if error := done.exception():
        own.set_exception(error)
    else:
        own.set_result(done.result())
