"""What the outbox sleeps on: woken by hand, at a moment, or after the poll interval."""

import heapq
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock


class Alarm:
    """Rings at once or at set moments. Safe to use from any thread; one thread waits."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._event = Event()
        self._moments: list[datetime] = []
        self._lock = Lock()

    def ring(self) -> None:
        """End the wait now."""
        self._event.set()

    def ring_at(self, moment: datetime) -> None:
        """End a wait that begins after this call at `moment`, should it last that long."""
        with self._lock:
            heapq.heappush(self._moments, moment)

    def wait(self, most: float) -> None:
        """Wait for the alarm, at most so many seconds."""
        self._event.wait(min(most, self._until_next(most)))
        self._event.clear()
        with self._lock:
            while self._moments and self._moments[0] <= self._now():
                heapq.heappop(self._moments)

    def _until_next(self, most: float) -> float:
        with self._lock:
            if not self._moments:
                return most
            return max(0.0, (self._moments[0] - self._now()).total_seconds())
