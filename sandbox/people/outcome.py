"""What came of something that a person did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.records import Message, View


@dataclass(frozen=True)
class Outcome:
    """`ok` or an `error` that the person saw, and the wait for the acknowledgement in seconds.

    `message` is what the acknowledgement itself put into the conversation, `view` the modal on
    top afterwards, `field_errors` a submission's errors by block, `options` what a menu offers.
    """

    ok: bool
    error: str = ""
    seconds: float = 0.0
    message: Message | None = None
    view: View | None = None
    field_errors: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    option_groups: list[dict[str, Any]] = field(default_factory=list)
