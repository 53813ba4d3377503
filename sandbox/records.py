"""What the workspace remembers while it runs: conversations, messages, files, views, tickets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
Entered = dict[str, dict[str, Any]]
"""What somebody has put into a view's or message's fields: block_id -> action_id -> value."""


@dataclass
class Message:
    """One message. `ephemeral_for` names the only person who can see it."""

    ts: str
    channel: str
    author: str
    text: str
    blocks: list[Block]
    from_app: bool = False
    metadata: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    ephemeral_for: str | None = None
    edited_ts: str | None = None
    version: int = 1
    entered: dict[str, Entered] = field(default_factory=dict)

    def seen_by(self, user: str) -> bool:
        """Whether this person may see it, given that they are in the conversation."""
        return self.ephemeral_for in (None, user)


@dataclass
class Conversation:
    """A public channel, or the direct messages between one person and the app."""

    id: str
    name: str
    members: set[str]
    has_bot: bool
    is_im: bool = False
    topic: str = ""
    is_archived: bool = False
    messages: list[Message] = field(default_factory=list)

    @property
    def person(self) -> str:
        """The human end of direct messages."""
        return next(iter(self.members))

    def find(self, ts: str) -> Message | None:
        """The message with this timestamp, newest first because those are asked for most."""
        return next((m for m in reversed(self.messages) if m.ts == ts), None)


@dataclass
class StoredFile:
    """A file. It is ready, with its type known, only once `ready_at` has passed."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_txt: str = ""
    created: int = 0
    content: bytes | None = None
    ready_at: float | None = None
    deleted: bool = False
    shares: dict[str, list[str]] = field(default_factory=dict)
    """Where it stands: the timestamps of its messages by conversation."""


@dataclass
class View:
    """A modal on somebody's stack, or their App Home."""

    id: str
    user: str
    body: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    entered: Entered = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    version: int = 1

    @property
    def blocks(self) -> list[Block]:
        """The blocks as the app sent them, with ids filled in."""
        blocks: list[Block] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own name for the view, or nothing."""
        return str(self.body.get("external_id") or "")


@dataclass
class Trigger:
    """The right to open one view for one person, once, for a short while."""

    id: str
    user: str
    expires_at: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The address that came with a command or click."""

    id: str
    user: str
    channel: str
    expires_at: float
    uses_left: int
    message_ts: str | None = None
