"""What came in from Slack, in the few words that our listeners need, and how to answer it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from uuid import uuid4

from handlers.codec import Ref

Blocks = list[dict[str, Any]]


Acknowledge = Callable[..., Any]
"""Bolt's `ack`: the immediate answer to Slack's request, given once, by keywords."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Words for the asker alone. `text` is the short form, `blocks` what is shown."""

    text: str
    blocks: Blocks

    @classmethod
    def plain(cls, words: str) -> Self:
        """One sentence."""
        text = {"type": "plain_text", "text": words, "emoji": False}
        return cls(words, [{"type": "section", "text": text}])

    def message(self) -> dict[str, Any]:
        """The answer as an ephemeral message."""
        return {"response_type": "ephemeral", "text": self.text, "blocks": self.blocks}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of one person. `body` is Slack's payload, as it came."""

    body: dict[str, Any]
    ack: Acknowledge
    team_id: str
    user_id: str

    @property
    def kind(self) -> str:
        """Slack's own name for the kind of request; empty for commands."""
        return str(self.body.get("type") or "")

    @property
    def words(self) -> str:
        """What was typed after a command."""
        return str(self.body.get("text") or "").strip()

    @property
    def trigger_id(self) -> str:
        """The right to open one view, for three seconds."""
        return str(self.body.get("trigger_id") or "")

    @property
    def response_url(self) -> str | None:
        """Where this request may be answered later; None for events and modals."""
        return self.body.get("response_url") or None

    @property
    def channel(self) -> str | None:
        """The conversation that it happened in."""
        if "channel_id" in self.body:
            return str(self.body["channel_id"])
        inside = self.body.get("channel") or self.event.get("channel")
        found = inside.get("id") if isinstance(inside, dict) else inside
        return None if found is None else str(found)

    @property
    def home_team_id(self) -> str:
        """The team that the person belongs to: another one for guests of shared channels."""
        user = self.body.get("user")
        own = user.get("team_id") if isinstance(user, dict) else None
        return str(own or self.body.get("user_team_id") or self.team_id)

    @property
    def action(self) -> dict[str, Any]:
        """The button or menu that was used."""
        found: dict[str, Any] = self.body["actions"][0]
        return found

    @property
    def event(self) -> dict[str, Any]:
        """What happened, for an event; else nothing."""
        found: dict[str, Any] = self.body.get("event") or {}
        return found

    @property
    def view(self) -> dict[str, Any]:
        """The modal or Home that it happened in, or nothing."""
        found: dict[str, Any] = self.body.get("view") or {}
        return found

    @property
    def ref(self) -> Ref:
        """The report that the button, menu or modal is about. Raises InvalidInput."""
        if "actions" not in self.body:
            return self.carried
        chosen = self.action.get("selected_option") or self.action
        return Ref.decode(str(chosen.get("value") or ""))

    @property
    def carried(self) -> Ref:
        """What the modal that it happened in carries, whatever was clicked. Raises InvalidInput."""
        return Ref.decode(str(self.view.get("private_metadata") or ""))

    @property
    def message_ts(self) -> str | None:
        """The message that was clicked in; None for ephemeral ones, which nobody can edit later."""
        container = self.body.get("container") or {}
        if container.get("is_ephemeral") or container.get("type") != "message":
            return None
        return container.get("message_ts")

    @property
    def key(self) -> str:
        """What this request is called, the same when Slack sends it again.

        Slack gives each command and click a `trigger_id` of its own; a thin stand-in for Slack may
        not, and then nothing is taken for a repeat.
        """
        if "event_id" in self.body:
            return f"event:{self.body['event_id']}"
        if not self.trigger_id:
            return f"ask:{uuid4().hex}"
        whole = json.dumps(self.body, sort_keys=True).encode()
        return f"ask:{hashlib.sha256(whole).hexdigest()[:40]}"
