"""Rate limits: a bucket for each method, and for posts one for each conversation and for all."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.config import Settings


@dataclass
class Bucket:
    """Tokens that come back at `rate` a second, at most `burst` at once."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 when there is one now."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class Gate:
    """Decides who must wait."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self.settings = settings
        self.on = settings.rate_limits
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self._lock = threading.Lock()

    def retry_after(self, method: str, channel: str, per_minute: int) -> int:
        """Whole seconds to wait, or 0 with the call counted."""
        if not self.on:
            return 0
        with self._lock:
            now = self._clock()
            buckets = [self._bucket(method, per_minute / 60, per_minute, now)]
            if method in ("chat.postMessage", "chat.postEphemeral"):
                s = self.settings
                buckets.append(self._bucket(channel, s.posts_a_second, s.post_burst, now))
                buckets.append(
                    self._bucket("all posts", s.posts_a_minute / 60, s.posts_a_minute, now)
                )
            wait = max(b.wait(now) for b in buckets)
            if wait == 0:
                for bucket in buckets:
                    bucket.tokens -= 1
            return math.ceil(wait)

    def _bucket(self, name: str, rate: float, burst: float, now: float) -> Bucket:
        return self._buckets.setdefault(name, Bucket(rate, burst, burst, now))
