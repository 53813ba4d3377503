"""The book of everything that was called and everything that was acknowledged."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of the app to Slack.

    `accepted`: it was carried out, whether or not an answer reached the app.
    `early`: it was made inside a Retry-After that the app had been given.
    """

    number: int
    at: float
    method: str
    channel: str
    outcome: str
    accepted: bool
    early: bool = False
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Acknowledgement:
    """One request of Slack to the app and how it was answered; `seconds` is the wait."""

    number: int
    at: float
    kind: str
    name: str
    user: str
    seconds: float
    outcome: str
    transport: str
    attempt: int = 0

    @property
    def ok(self) -> bool:
        """Whether the app answered in time and in a form that Slack understands."""
        return self.outcome == "ok"


class Ledger:
    """The newest calls and acknowledgements, oldest first. Safe to use from any thread."""

    def __init__(self, size: int) -> None:
        self._calls: deque[Call] = deque(maxlen=size)
        self._acks: deque[Acknowledgement] = deque(maxlen=size)
        self._lock = threading.Lock()
        self._number = 0

    def note_call(self, **fields: Any) -> None:
        """Write down a call."""
        with self._lock:
            self._number += 1
            self._calls.append(Call(number=self._number, **fields))

    def note_ack(self, **fields: Any) -> None:
        """Write down an acknowledgement, or the lack of one."""
        with self._lock:
            self._number += 1
            self._acks.append(Acknowledgement(number=self._number, **fields))

    def calls(
        self, method: str = "", channel: str = "", accepted: bool | None = None
    ) -> list[Call]:
        """The calls of one method, in one conversation, accepted or not; all unless said."""
        with self._lock:
            calls = list(self._calls)
        return [
            c
            for c in calls
            if method in ("", c.method)
            and channel in ("", c.channel)
            and accepted in (None, c.accepted)
        ]

    def acknowledgements(self, kind: str = "", name: str = "") -> list[Acknowledgement]:
        """What the app was asked, of one kind (`command`, `click`, ...) and name."""
        with self._lock:
            acks = list(self._acks)
        return [a for a in acks if kind in ("", a.kind) and name in ("", a.name)]

    def failures(self) -> list[Acknowledgement]:
        """What was not acknowledged in time, or not in a form that Slack understands."""
        return [a for a in self.acknowledgements() if not a.ok]

    def clear(self) -> None:
        """Begin a new book."""
        with self._lock:
            self._calls.clear()
            self._acks.clear()

    def as_data(self) -> dict[str, Any]:
        """The whole book as plain data."""
        return {
            "calls": [asdict(c) for c in self.calls()],
            "acknowledgements": [asdict(a) for a in self.acknowledgements()],
        }
