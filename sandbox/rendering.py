"""Workspace records in the shapes that Slack's API and payloads give them."""

from __future__ import annotations

from typing import Any

from sandbox.config import Person
from sandbox.records import Conversation, Message, StoredFile, View
from sandbox.workspace import Workspace


def message_data(
    workspace: Workspace, message: Message, include_metadata: bool = True
) -> dict[str, Any]:
    """A message as methods and payloads give it."""
    config = workspace.config
    data: dict[str, Any] = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "text": message.text,
        "team": config.team_id,
    }
    if message.from_app:
        data |= {"bot_id": config.app.bot_id, "app_id": config.app.id}
    if message.blocks:
        data["blocks"] = message.blocks
    if message.attachments:
        data["attachments"] = message.attachments
    if message.files:
        data["files"] = [_file_in(workspace, name) for name in message.files]
    if message.edited_ts:
        data["edited"] = {"user": message.author, "ts": message.edited_ts}
    if message.metadata is not None and include_metadata:
        data["metadata"] = message.metadata
    return data


def _file_in(workspace: Workspace, name: str) -> dict[str, Any]:
    file = workspace.files[name]
    return deleted_file_data(file) if file.deleted else file_data(workspace, file)


def user_data(workspace: Workspace, person: Person, with_email: bool) -> dict[str, Any]:
    """A person as users.info gives them; the address only with its scope."""
    profile = {
        "real_name": person.name,
        "display_name": person.name,
        "title": person.title,
    }
    if with_email and person.email:
        profile["email"] = person.email
    return {
        "id": person.id,
        "team_id": person.team_id or workspace.config.team_id,
        "name": person.name.lower().replace(" ", "."),
        "real_name": person.name,
        "deleted": person.deleted,
        "tz": person.tz,
        "locale": person.locale,
        "profile": profile,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_stranger": person.is_stranger,
        "is_bot": person.is_bot,
        "is_app_user": False,
    }


def conversation_data(conversation: Conversation) -> dict[str, Any]:
    """A conversation as conversations.info gives it."""
    if conversation.is_im:
        return {"id": conversation.id, "is_im": True, "user": conversation.person, "is_open": True}
    return {
        "id": conversation.id,
        "name": conversation.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": conversation.is_archived,
        "is_member": conversation.has_bot,
        "topic": {"value": conversation.topic},
        "num_members": len(conversation.members),
    }


def file_data(workspace: Workspace, file: StoredFile) -> dict[str, Any]:
    """A file as files.info gives it: its type is empty until it is ready."""
    ready = file.ready_at is not None and workspace.clock() >= file.ready_at
    kind = file.name.rsplit(".", 1)[-1].lower() if ready and "." in file.name else ""
    address = f"{workspace.base_url}/files-pri/{workspace.config.team_id}-{file.id}/{file.name}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "created": file.created,
        "size": len(file.content or b""),
        "mimetype": MIME_TYPES.get(kind, "application/octet-stream") if ready else "",
        "filetype": kind,
        "alt_txt": file.alt_txt,
        "user": workspace.config.app.bot_user_id,
        "url_private": address,
        "url_private_download": address,
        "permalink": f"{workspace.base_url}/files/{file.id}",
        "shares": _shares(file),
        "ims": [name for name in file.shares if name.startswith("D")],
        "channels": [name for name in file.shares if not name.startswith("D")],
        "groups": [],
    }


def _shares(file: StoredFile) -> dict[str, Any]:
    """Where a file stands, as Slack groups it: direct messages are private."""
    shares: dict[str, Any] = {}
    for channel, stamps in file.shares.items():
        kind = "private" if channel.startswith("D") else "public"
        shares.setdefault(kind, {})[channel] = [{"ts": ts} for ts in stamps]
    return shares


def deleted_file_data(file: StoredFile) -> dict[str, Any]:
    """What is left of a deleted file in the messages that it stood in."""
    return {"id": file.id, "mode": "tombstone"}


def words_in(value: Any) -> str:
    """All that blocks say, which is what a notification shows of a message without text."""
    if isinstance(value, list):
        return " ".join(filter(None, map(words_in, value)))
    if not isinstance(value, dict):
        return ""
    own = value["text"] if isinstance(value.get("text"), str) else words_in(value.get("text"))
    return " ".join(filter(None, [own, words_in(value.get("elements"))]))


MIME_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
}


def view_data(workspace: Workspace, view: View, values: dict[str, Any]) -> dict[str, Any]:
    """A view as methods and payloads give it; `values` is its state."""
    app, body = workspace.config.app, view.body
    data = {
        "id": view.id,
        "team_id": workspace.config.team_id,
        "type": body["type"],
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": view.external_id,
        "state": {"values": values},
        "hash": view.hash,
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": app.id,
        "app_installed_team_id": workspace.config.team_id,
        "bot_id": app.bot_id,
    }
    return data | {name: body.get(name) for name in ("title", "close", "submit")}
