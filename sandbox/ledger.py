"""The book of everything that was called, acknowledged and posted.

It can be kept in a file as well, outside the processes under test: one JSON object a line, each
handed to the system before the call is answered, so that neither a killed bot nor a killed sandbox
takes anything out of it. `read_ledger` reads it back.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of the app to Slack. Times are seconds since 1970.

    `received`: when it came in; `at`: when it was carried out or refused.
    `accepted`: it was carried out, whether or not an answer reached the app.
    `early`: it was received after the app had been told to wait, and before that wait was over;
    `since_told` says how many seconds after.
    `conversation`, `ts`, `block_ids` and `files` say what was meant to stand where.
    """

    number: int
    at: float
    method: str
    channel: str
    outcome: str
    accepted: bool
    early: bool = False
    args: dict[str, Any] = field(default_factory=dict)
    received: float = 0.0
    since_told: float | None = None
    conversation: str = ""
    ts: str = ""
    block_ids: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


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
    event_id: str = ""

    @property
    def ok(self) -> bool:
        """Whether the app answered in time and in a form that Slack understands."""
        return self.outcome == "ok"


@dataclass(frozen=True)
class Posted:
    """A change of what the app's messages show: `act` is `posted`, `changed` or `deleted`."""

    number: int
    at: float
    act: str
    channel: str
    ts: str
    block_ids: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ephemeral_for: str = ""


Entry = Call | Acknowledgement | Posted
KINDS: dict[str, type[Entry]] = {"call": Call, "ack": Acknowledgement, "message": Posted}


class Book:
    """Calls, acknowledgements and messages, oldest first."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: deque[Entry] = deque(entries)
        self._lock = threading.Lock()

    def entries(self) -> list[Entry]:
        """Everything, oldest first."""
        with self._lock:
            return list(self._entries)

    def calls(
        self, method: str = "", channel: str = "", accepted: bool | None = None
    ) -> list[Call]:
        """The calls of one method, in one conversation, accepted or not; all unless said."""
        return [
            c
            for c in self.entries()
            if isinstance(c, Call)
            and method in ("", c.method)
            and channel in ("", c.channel)
            and accepted in (None, c.accepted)
        ]

    def acknowledgements(self, kind: str = "", name: str = "") -> list[Acknowledgement]:
        """What the app was asked, of one kind (`command`, `click`, ...) and name."""
        acks = (entry for entry in self.entries() if isinstance(entry, Acknowledgement))
        return [a for a in acks if kind in ("", a.kind) and name in ("", a.name)]

    def failures(self) -> list[Acknowledgement]:
        """What was not acknowledged in time, or not in a form that Slack understands."""
        return [a for a in self.acknowledgements() if not a.ok]

    def early(self, margin: float = 0.0) -> list[Call]:
        """Calls inside a ban, received more than `margin` seconds after the app was told of it."""
        return [c for c in self.calls() if c.since_told is not None and c.since_told > margin]

    def messages(self) -> list[Posted]:
        """What became of the app's messages."""
        return [entry for entry in self.entries() if isinstance(entry, Posted)]

    def shown(self, prefix: str = "") -> Counter[str]:
        """In how many messages each block_id was ever posted: 0 is lost, 2 is doubled.

        Only block_ids that begin with `prefix`; an update of a message counts nothing.
        """
        posts = [entry for entry in self.messages() if entry.act == "posted"]
        return Counter(name for p in posts for name in set(p.block_ids) if name.startswith(prefix))

    def as_data(self) -> dict[str, Any]:
        """The whole book as plain data."""
        return {
            "calls": [asdict(c) for c in self.calls()],
            "acknowledgements": [asdict(a) for a in self.acknowledgements()],
            "messages": [asdict(m) for m in self.messages()],
        }


class Ledger(Book):
    """The newest entries, and all of them in a file if there is one. Safe from any thread."""

    def __init__(self, size: int, path: Path | None = None) -> None:
        super().__init__()
        self._entries = deque(maxlen=size)
        known = read_ledger(path).entries() if path and path.exists() else []
        self._number = max((entry.number for entry in known), default=0)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if path else None

    def note_call(self, **fields: Any) -> None:
        """Write down a call."""
        self._note("call", fields)

    def note_ack(self, **fields: Any) -> None:
        """Write down an acknowledgement, or the lack of one."""
        self._note("ack", fields)

    def note_message(self, **fields: Any) -> None:
        """Write down that a message of the app appeared, changed or went."""
        self._note("message", fields)

    def _note(self, kind: str, values: dict[str, Any]) -> None:
        with self._lock:
            self._number += 1
            entry = KINDS[kind](number=self._number, **values)
            self._entries.append(entry)
            if self._file is not None:
                line = json.dumps({"entry": kind, **asdict(entry)}, default=str)
                # One write for each line: it is the system's before anybody is answered.
                os.write(self._file, line.encode() + b"\n")

    def clear(self) -> None:
        """Begin a new book; the file keeps what it has."""
        with self._lock:
            self._entries.clear()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
            self._file = None


def read_ledger(path: Path | str) -> Book:
    """The book that a sandbox keeps in a file, also while it is being written.

    A last line that was cut off by a kill is left out.
    """
    lines = Path(path).read_bytes().split(b"\n")[:-1]
    return Book(_entry(json.loads(line)) for line in lines if line.strip())


def _entry(data: dict[str, Any]) -> Entry:
    kind = KINDS[data.pop("entry")]
    known = {each.name for each in fields(kind)}
    values: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known
    }
    return kind(**values)


def block_ids(blocks: Any) -> tuple[str, ...]:
    """The ids that the app gave its blocks; blocks may still be JSON, or nonsense."""
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError:
            return ()
    found = blocks if isinstance(blocks, list) else []
    return tuple(str(b["block_id"]) for b in found if isinstance(b, dict) and b.get("block_id"))


def placed(args: Mapping[str, Any], body: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a call was to put where, for the ledger; `body` is the answer if it was accepted."""
    body = body or {}
    where, files = body.get("channel", ""), body.get("files") or []
    return {
        "block_ids": block_ids(args.get("blocks")),
        "conversation": where if isinstance(where, str) else str(where.get("id", "")),
        "ts": str(body.get("ts") or body.get("message_ts") or ""),
        "files": tuple(str(each.get("id")) for each in files),
    }
