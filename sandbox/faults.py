"""Trouble on demand: what tests tell the sandbox to do wrong."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    RATELIMITED = "ratelimited"  # 429 with Retry-After, not carried out
    SLOW = "slow"  # carried out after `seconds`
    DROP = "drop"  # carried out, then the connection closes without an answer
    REFUSE = "refuse"  # the connection closes, nothing carried out
    SERVER_ERROR = "server_error"  # HTTP 500, not carried out
    UNKNOWN_METHOD = "unknown_method"  # as if Slack had no such method
    ERROR = "error"  # `{"ok": false, "error": code}`, not carried out


@dataclass
class Fault:
    """One piece of trouble. `times` calls are hit (None: all until cleared).

    `method` is a Web API method, `files.*` for a family, `upload` for the upload address,
    `response_url`, or `*`; `channel` narrows it to one conversation.
    """

    method: str
    kind: FaultKind
    times: int | None = 1
    seconds: float = 0.0
    retry_after: int = 1
    code: str = "internal_error"
    channel: str = ""

    def hits(self, method: str, channel: str) -> bool:
        """Whether this call is one of those it spoils."""
        family = self.method.endswith("*") and method.startswith(self.method[:-1])
        named = family or self.method == method
        return named and self.times != 0 and self.channel in ("", channel)


class Faults:
    """The faults that are set now. Safe to use from any thread."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def set(self, method: str, kind: FaultKind | str, **options: Any) -> Fault:
        """Add a fault; `options` are the fields of `Fault`."""
        fault = Fault(method, FaultKind(kind), **options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Everything works again."""
        with self._lock:
            self._faults.clear()

    def take(self, method: str, channel: str) -> Fault | None:
        """The first fault that hits this call, counted down; None when all is well."""
        with self._lock:
            fault = next((f for f in self._faults if f.hits(method, channel)), None)
            if fault is not None and fault.times is not None:
                fault.times -= 1
            return fault

    def as_data(self) -> list[dict[str, Any]]:
        """The faults still to come, as plain data."""
        with self._lock:
            return [asdict(f) for f in self._faults if f.times != 0]
