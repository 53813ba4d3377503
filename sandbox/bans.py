"""Who was told to wait, and since when.

A ban begins when the answer 429 has been written to the connection and lasts its Retry-After. A
call that was received before that moment was under way and is no offence: nobody had been told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ban:
    """One answer 429: `told` when it was sent, `until` when the method may be called again."""

    told: float
    until: float


class Bans:
    """The newest ban by token, method and conversation (empty: all of the method)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._bans: dict[tuple[str, str, str], Ban] = {}
        self._lock = threading.Lock()

    def begin(self, token: str, method: str, channel: str, seconds: float) -> None:
        """The app has just been told. A longer wait that it was told of before still holds."""
        now, key = self._clock(), (token, method, channel)
        with self._lock:
            old = self._bans.get(key)
            if old is None or old.until < now:
                self._bans[key] = Ban(now, now + seconds)
            else:
                self._bans[key] = Ban(old.told, max(old.until, now + seconds))

    def clear(self) -> None:
        """Nobody was told anything."""
        with self._lock:
            self._bans.clear()

    def since_told(self, token: str, method: str, channel: str, received: float) -> float | None:
        """How long ago the app was told, for a call received inside a ban; else None.

        Seconds. A call may be on its way while the answer is on its way to the app: a few
        thousandths of a second here can be innocent, a tenth cannot.
        """
        with self._lock:
            bans = [self._bans.get((token, method, where)) for where in {"", channel}]
        inside = [b for b in bans if b is not None and b.told < received < b.until]
        return max((received - ban.told for ban in inside), default=None)
