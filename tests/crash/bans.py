"""Calls inside a ban that their process could have known of, by the diaries of all processes.

The ledger alone cannot tell such a call from one that was under way when another was told to wait.
The diaries can: a call has passed the gate at a moment, and a ban is known to all from the moment
when it was saved, to the process that was told of it at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.ledger import Call

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ban:
    """Known to process `pid` at `told`, and to all at `saved`: None where that never came."""

    method: str
    pid: int
    told: float
    until: float
    saved: float | None

    def was_known_to(self, go: Line) -> bool:
        """Whether a call that went out could have known of it."""
        if self.saved is None or self.method != go["method"] or go["at"] >= self.until:
            return False
        known_by: float = go["checked"] if self.pid == go["pid"] else go["passed"]
        return self.saved < known_by


def bans_of(diary: Iterable[Line]) -> list[Ban]:
    """Every ban that a process was told of."""
    lines = list(diary)
    saved = {(one["pid"], one["told"]): one["at"] for one in lines if one["event"] == "known"}
    return [
        Ban(
            line["method"],
            line["pid"],
            line["told"],
            line["told"] + line["seconds"],
            saved.get((line["pid"], line["told"])),
        )
        for line in lines
        if line["event"] == "told"
    ]


def knowing_calls(diary: Iterable[Line]) -> list[Line]:
    """The calls that went out inside a ban although their process knew, or could have known."""
    lines = list(diary)
    bans = bans_of(lines)
    return [
        line for line in lines if line["event"] == "go" and any(b.was_known_to(line) for b in bans)
    ]


def unexplained(early: Iterable[Call], diary: Iterable[Line]) -> list[Call]:
    """Calls that Slack counts as early and that were not under way in any process."""
    lines = list(diary)
    ends = {(one["pid"], one["passed"]): one["at"] for one in lines if one["event"] == "end"}
    spans = [
        (one["method"], one["at"], ends.get((one["pid"], one["passed"])))
        for one in lines
        if one["event"] == "go"
    ]
    return [
        call
        for call in early
        if not any(
            method == call.method
            and begun <= call.received
            and (end is None or call.received <= end)
            for method, begun, end in spans
        )
    ]
