"""Everything that a person can see, and waiting until they see it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from sandbox.errors import SlackError
from sandbox.records import Conversation, Message, View
from sandbox.workspace import Workspace

Matching = str | Callable[[Message], bool] | None


class Seeing:
    """What people see. A conversation may be an id, `#name`, or empty for direct messages."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def where(self, user: str, channel: str = "") -> Conversation:
        """The conversation meant. Raises SlackError."""
        if not channel:
            return self.workspace.direct_messages(user)
        return self.workspace.conversation(channel)

    def _present(self, user: str, channel: str) -> Conversation:
        """The conversation meant, when the person is in it. Raises `channel_not_found`."""
        self.workspace.person(user)
        conversation = self.where(user, channel)
        if user not in conversation.members:
            raise SlackError("channel_not_found")
        return conversation

    def messages(self, user: str, channel: str = "") -> list[Message]:
        """What the person sees there, oldest first, their ephemeral messages included."""
        return self.workspace.visible(user, self.where(user, channel).id)

    def last_message(self, user: str, channel: str = "") -> Message | None:
        """The newest message that the person sees there."""
        return next(reversed(self.messages(user, channel)), None)

    def modal(self, user: str) -> View | None:
        """The modal on top of the person's screen."""
        with self.workspace.lock:
            return next(reversed(self.workspace.modals.get(user, [])), None)

    def home(self, user: str) -> View | None:
        """The person's App Home, once the app has published it."""
        return self.workspace.homes.get(user)

    def wait_until(
        self, condition: Callable[[], object], timeout: float = 10.0, what: str = ""
    ) -> None:
        """Wait until `condition()` holds, looking after every change. Raises TimeoutError.

        The condition runs without the lock, so it may itself call the sandbox over HTTP.
        """
        end = time.monotonic() + timeout
        while True:
            seen = self.workspace.revision
            if condition():
                return
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"waited {timeout} s for {what or 'a condition'}")
            with self.workspace.changed:
                if self.workspace.revision == seen:
                    self.workspace.changed.wait(min(left, 0.1))

    def wait_for_message(
        self,
        user: str,
        channel: str = "",
        matching: Matching = None,
        *,
        after: str = "",
        timeout: float = 10.0,
    ) -> Message:
        """The first message there that matches, now or later. Raises TimeoutError.

        `matching` is a pattern to look for in the text and blocks, or a function; `after` a
        timestamp that the message must be newer than.
        """
        found: list[Message] = []

        def look() -> bool:
            seen = self.messages(user, channel)
            found[:] = [m for m in seen if m.ts > after and matches(m, matching)]
            return bool(found)

        self.wait_until(look, timeout, f"a message matching {matching!r}")
        return found[0]

    def wait_for_modal(
        self, user: str, matching: Callable[[View], bool] | None = None, timeout: float = 10.0
    ) -> View:
        """The modal on top, once there is one that matches. Raises TimeoutError."""
        found: list[View] = []

        def look() -> bool:
            top = self.modal(user)
            found[:] = [top] if top is not None and (matching is None or matching(top)) else []
            return bool(found)

        self.wait_until(look, timeout, "a modal")
        return found[0]

    def wait_for_home(self, user: str, timeout: float = 10.0) -> View:
        """The person's App Home, once it is published. Raises TimeoutError."""
        self.wait_until(lambda: self.home(user), timeout, "an App Home")
        return self.workspace.homes[user]


def matches(message: Message, matching: Matching) -> bool:
    """Whether a message is the one looked for."""
    if matching is None:
        return True
    if isinstance(matching, str):
        return re.search(matching, full_text(message)) is not None
    return matching(message)


def full_text(message: Message) -> str:
    """A message's text and every string in its blocks, one per line."""
    return "\n".join([message.text, *_strings(message.blocks)])


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [s for v in value.values() for s in _strings(v) if not isinstance(v, str)]
    return [s for item in value for s in _strings(item)] if isinstance(value, list) else []
