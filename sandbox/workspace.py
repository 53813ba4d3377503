"""The state of the sandbox's one workspace, in memory, and the rules that guard it.

Every public method takes the lock itself, so it may be called from any thread; compound steps hold
`workspace.lock` around them.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.bans import Bans
from sandbox.config import Config, Person
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.ledger import Ledger, block_ids
from sandbox.records import (
    Conversation,
    Message,
    ResponseUrl,
    StoredFile,
    Trigger,
    View,
)

Watcher = Callable[[int], None]


class Workspace:
    """People, conversations, files, views and tickets; `config` is how it began."""

    def __init__(
        self,
        config: Config,
        clock: Callable[[], float] = time.time,
        ledger: Path | None = None,
    ) -> None:
        self.config = config
        self.settings = config.settings
        self.app_url = config.app.url
        self.base_url = ""
        self.token_error = ""
        """Why Slack takes the app's tokens no more: `token_revoked`, `account_inactive` …"""
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.revision = 0
        self.faults = Faults()
        for fault in config.faults:
            self.faults.add(fault)
        self.bans = Bans(clock)
        self.ledger = Ledger(config.settings.ledger_size, ledger)
        self.people = {p.id: p for p in (*config.people, self._bot_person())}
        self.conversations = {c.id: c for c in self._channels()}
        self.files: dict[str, StoredFile] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.socket_tickets: dict[str, float] = {}
        self.suggested: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._watchers: set[Watcher] = set()
        self._last_ts = 0

    def _bot_person(self) -> Person:
        app = self.config.app
        return Person(app.bot_user_id, app.name, is_bot=True)

    def _channels(self) -> Iterator[Conversation]:
        everyone = {p.id for p in self.config.people if not p.is_ultra_restricted}
        for spec in self.config.channels:
            members = set(spec.members) or set(everyone)
            yield Conversation(
                spec.id,
                spec.name,
                members,
                spec.has_bot,
                topic=spec.topic,
                is_archived=spec.is_archived,
            )

    # changes

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock, and tell everybody who waits or watches when it is done."""
        with self.lock:
            yield
            self.revision += 1
            revision, watchers = self.revision, list(self._watchers)
            self.changed.notify_all()
        for watcher in watchers:
            watcher(revision)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher(revision)` after each change; returns how to stop."""
        with self.lock:
            self._watchers.add(watcher)
        return lambda: self._watchers.discard(watcher)

    def new_id(self, prefix: str) -> str:
        """A fresh id in Slack's manner, such as `F0A1B2C3D4E`."""
        return f"{prefix}0{secrets.token_hex(5).upper()}"

    def new_ts(self) -> str:
        """A fresh message timestamp: microseconds since 1970, each used once, always rising."""
        with self.lock:
            self._last_ts = max(self._last_ts + 1, int(self.clock() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # people and conversations

    def person(self, user: str) -> Person:
        """The person with this id. Raises `user_not_found`."""
        if user not in self.people:
            raise SlackError("user_not_found")
        return self.people[user]

    def conversation(self, channel: str) -> Conversation:
        """The conversation with this id, or with this `#name`. Raises `channel_not_found`."""
        if channel in self.conversations:
            return self.conversations[channel]
        name = channel.removeprefix("#")
        found = [c for c in self.conversations.values() if c.name == name and not c.is_im]
        if not found:
            raise SlackError("channel_not_found")
        return found[0]

    def direct_messages(self, user: str) -> Conversation:
        """The direct messages between a person and the app, opened on first use."""
        person = self.person(user)
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        with self.lock:
            for conversation in self.conversations.values():
                if conversation.is_im and conversation.person == user:
                    return conversation
            conversation = Conversation(self.new_id("D"), "", {user}, has_bot=True, is_im=True)
            self.conversations[conversation.id] = conversation
            return conversation

    def post(self, message: Message) -> Message:
        """Put a message into its conversation."""
        with self.change():
            self.conversations[message.channel].messages.append(message)
            self.note("posted", message)
        return message

    def remove(self, message: Message) -> None:
        """Take a message out of its conversation."""
        with self.change():
            self.conversations[message.channel].messages.remove(message)
            self.note("deleted", message)

    def note(self, act: str, message: Message) -> None:
        """Write into the ledger what became of a message of the app."""
        if message.from_app:
            self.ledger.note_message(
                at=self.clock(),
                act=act,
                channel=message.channel,
                ts=message.ts,
                block_ids=block_ids(message.blocks),
                files=tuple(message.files),
                ephemeral_for=message.ephemeral_for or "",
            )

    def visible(self, user: str, channel: str) -> list[Message]:
        """What a person sees in a conversation, oldest first; nothing where they are not in."""
        with self.lock:
            conversation = self.conversation(channel)
            if user not in conversation.members:
                return []
            return [m for m in conversation.messages if m.seen_by(user)]

    # tickets

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """A `trigger_id` for this person; `view_id` when it comes from inside a modal."""
        with self.lock:
            name = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(8)}"
            expires = self.clock() + self.settings.trigger_seconds
            self.triggers[name] = Trigger(name, user, expires, view_id)
            return name

    def exchange_trigger(self, trigger_id: str) -> Trigger:
        """Use a trigger up. Raises Slack's errors for an unknown, used or expired one."""
        with self.lock:
            trigger = self.triggers.get(trigger_id)
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if self.clock() > trigger.expires_at:
                raise SlackError("expired_trigger_id")
            trigger.used = True
            return trigger

    def new_response_url(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """The address an app may answer to a few times, for half an hour."""
        with self.lock:
            settings, name = self.settings, secrets.token_hex(12)
            expires = self.clock() + settings.response_url_seconds
            hook = ResponseUrl(name, user, channel, expires, settings.response_url_uses, message_ts)
            self.response_urls[name] = hook
            return f"{self.base_url}/actions/{self.config.team_id}/{name}"

    # views

    def view(self, view_id: str) -> View | None:
        """An open modal or a Home by its id."""
        views = [v for stack in self.modals.values() for v in stack]
        return next((v for v in (*views, *self.homes.values()) if v.id == view_id), None)

    def view_by_external_id(self, external_id: str) -> View | None:
        """An open modal or a Home by the app's own name for it."""
        views = [v for stack in self.modals.values() for v in stack]
        named = (v for v in (*views, *self.homes.values()) if v.external_id == external_id)
        return next(named, None)
