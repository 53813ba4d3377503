"""What takes a while to work out, one after the other, beside the threads that answer Slack.

Several at once would each take as long as all of them together; and whoever waited for their turn
in a thread that answers would leave none for those who are to be answered within three seconds.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")
TELLING = 4
"""Threads that hand over what was found: somebody who takes it slowly holds up few others."""


class Thoughts(Generic[Found]):
    """Works things out in a thread of its own. Of several for one key the last is worked out."""

    def __init__(self) -> None:
        self._thinking = ThreadPoolExecutor(1, "thinking")
        self._telling = ThreadPoolExecutor(TELLING, "telling")
        self._last: dict[Hashable, object] = {}
        self._lock = Lock()

    def begin(self, key: Hashable, work: Callable[[], Found]) -> "Future[Found | None]":
        """What `work` finds once its turn has come; None where another for the key came after."""
        mark = object()
        with self._lock:
            self._last[key] = mark
        return self._thinking.submit(self._in_turn, key, mark, work)

    def tell(
        self,
        thought: "Future[Found | None]",
        tell: Callable[[Found], object],
        broken: Callable[[Exception], object],
    ) -> None:
        """Hand over what is found, as soon as it is, and what broke on the way."""
        thought.add_done_callback(lambda done: self._telling.submit(_tell, done, tell, broken))

    def _in_turn(self, key: Hashable, mark: object, work: Callable[[], Found]) -> Found | None:
        with self._lock:
            if self._last.get(key) is not mark:
                return None
            del self._last[key]
        return work()


def _tell(
    done: "Future[Found | None]",
    tell: Callable[[Found], object],
    broken: Callable[[Exception], object],
) -> None:
    try:
        found = done.result()
        if found is not None:
            tell(found)
    except Exception as error:  # noqa: BLE001 - nobody waits for it any more who could raise it
        broken(error)
