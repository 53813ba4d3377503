"""Asking teachers' calendars when they are busy: beside the request, and not twice in a minute."""

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from school.periods import Period

Answer = Future[tuple[Period, ...]]
THREADS = 4
MOST_KEPT = 500


class BusyBook:
    """Remembers for a while what calendars said, and that they said nothing. Safe to use from any
    thread. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._executor = ThreadPoolExecutor(THREADS, "calendar-asker")
        self._asked: dict[Hashable, tuple[float, Answer]] = {}
        self._lock = Lock()

    def ask(self, key: Hashable, ask: Callable[[], tuple[Period, ...]], *, kept: float) -> Answer:
        """The answer to a question, which may be on its way still; asked at most each `kept` s."""
        with self._lock:
            now = self._clock()
            known = self._asked.get(key)
            if known is not None and now - known[0] < kept:
                return known[1]
            answer = self._executor.submit(ask)
            self._asked.pop(key, None)
            self._asked[key] = now, answer
            while len(self._asked) > MOST_KEPT:
                del self._asked[next(iter(self._asked))]
            return answer
