"""What the page (and other programs) get to see of the workspace, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sandbox.files import FileDesk
from sandbox.people import Outcome, People
from sandbox.people.answers import SLACKBOT
from sandbox.records import Conversation, Message, View
from sandbox.rendering import file_data
from sandbox.workspace import Workspace

Data = dict[str, Any]


def author_data(workspace: Workspace, author: str) -> Data:
    """Who wrote something: `kind` is `person`, `app` or `slack`."""
    if author == SLACKBOT:
        return {"id": author, "name": "Slackbot", "kind": "slack"}
    person = workspace.people.get(author)
    kind = "app" if author == workspace.config.app.bot_user_id else "person"
    return {"id": author, "name": person.name if person else author, "kind": kind}


def message_view(workspace: Workspace, user: str, message: Message) -> Data:
    """A message as one person sees it."""
    files = [workspace.files[f] for f in message.files]
    return {
        "ts": message.ts,
        "channel": message.channel,
        "author": author_data(workspace, message.author),
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral": message.ephemeral_for is not None,
        "edited": message.edited_ts is not None,
        "version": message.version,
        "entered": message.entered.get(user, {}),
        "files": [
            {
                **file_data(workspace, f),
                "ready": FileDesk(workspace).is_ready(f),
                "deleted": f.deleted,
            }
            for f in files
        ],
    }


def view_view(view: View) -> Data:
    """A modal or App Home as its person sees it."""
    kept = ("type", "title", "submit", "close", "callback_id", "submit_disabled")
    return {
        **{name: view.body.get(name) for name in kept},
        "id": view.id,
        "hash": view.hash,
        "version": view.version,
        "blocks": view.blocks,
        "entered": view.entered,
        "errors": view.errors,
    }


def outcome_data(workspace: Workspace, user: str, outcome: Outcome) -> Data:
    """What came of an action."""
    message, view = outcome.message, outcome.view
    return {
        "ok": outcome.ok,
        "error": outcome.error,
        "seconds": outcome.seconds,
        "field_errors": outcome.field_errors,
        "options": outcome.options,
        "option_groups": outcome.option_groups,
        "message": message_view(workspace, user, message) if message else None,
        "view": view_view(view) if view else None,
    }


def people_data(workspace: Workspace) -> Data:
    """Everything that stays the same while the sandbox runs."""
    config = workspace.config
    return {
        "team": {"id": config.team_id, "name": config.team_name},
        "people": [asdict(p) for p in config.people],
        "app": {
            "id": config.app.id,
            "name": config.app.name,
            "user": config.app.bot_user_id,
            "description": config.app.description,
        },
        "commands": [asdict(c) for c in config.app.commands],
        "shortcuts": [asdict(s) for s in config.app.shortcuts],
    }


def _conversation(workspace: Workspace, user: str, conversation: Conversation) -> Data:
    last = next((m for m in reversed(conversation.messages) if m.seen_by(user)), None)
    return {
        "id": conversation.id,
        "name": conversation.name,
        "is_im": conversation.is_im,
        "topic": conversation.topic,
        "members": len(conversation.members),
        "last_ts": last.ts if last else "",
        "last_text": last.text if last else "",
        "last_author": author_data(workspace, last.author) if last else None,
    }


def page_state(people: People, user: str, channel: str) -> Data:
    """One person's whole screen, with the messages of one conversation."""
    workspace = people.workspace
    workspace.person(user)
    with workspace.lock:
        own = people.where(user)
        mine = [c for c in workspace.conversations.values() if user in c.members]
        shown = people.where(user, channel) if channel else own
        home = people.home(user)
        return {
            "revision": workspace.revision,
            "app_channel": own.id,
            "channel": shown.id,
            "conversations": [_conversation(workspace, user, c) for c in mine],
            "messages": [
                message_view(workspace, user, m) for m in workspace.visible(user, shown.id)
            ],
            "modals": [view_view(v) for v in workspace.modals.get(user, [])],
            "home": view_view(home) if home else None,
        }
