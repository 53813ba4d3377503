"""files.getUploadURLExternal, files.completeUploadExternal, files.info, files.delete."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError, invalid
from sandbox.files import FileDesk
from sandbox.records import Message, StoredFile
from sandbox.rendering import file_data
from sandbox.webapi.call import ApiCall


def get_upload_url(call: ApiCall) -> dict[str, Any]:
    """An address to send a file's bytes to."""
    name, length = call.needed("filename"), call.number("length", 0)
    if length <= 0:
        raise invalid("invalid_arguments", "missing required field: length")
    file = FileDesk(call.workspace).reserve(name, length, call.text("alt_txt"))
    return {"upload_url": f"{call.base_url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: ApiCall) -> dict[str, Any]:
    """Finish uploads; a `channel_id` (a conversation's, never a person's) shares them there."""
    entries = call.data("files")
    if not isinstance(entries, list) or not entries:
        raise invalid("invalid_arguments", "missing required field: files")
    channel = call.text("channel_id")
    if channel and (channel.startswith("U") or channel not in call.workspace.conversations):
        raise SlackError("invalid_channel" if channel.startswith("U") else "channel_not_found")
    desk = FileDesk(call.workspace)
    done = [desk.complete(str(e.get("id")), str(e.get("title") or "")) for e in entries]
    if channel:
        _share(call, channel, done)
    return {"files": [file_data(call.workspace, f) for f in done]}


def _share(call: ApiCall, channel: str, files: list[StoredFile]) -> None:
    workspace = call.workspace
    if not workspace.conversations[channel].has_bot:
        raise SlackError("not_in_channel")
    workspace.post(
        Message(
            ts=workspace.new_ts(),
            channel=channel,
            author=workspace.config.app.bot_user_id,
            from_app=True,
            text=call.text("initial_comment"),
            blocks=[],
            files=[f.id for f in files],
        )
    )


def file_info(call: ApiCall) -> dict[str, Any]:
    """A file's state; `mimetype` is empty until it is ready."""
    file = FileDesk(call.workspace).find(call.needed("file"))
    return {"file": file_data(call.workspace, file), "comments": []}


def delete_file(call: ApiCall) -> dict[str, Any]:
    """Take a file away, out of every message that it stands in."""
    file = FileDesk(call.workspace).find(call.needed("file"))
    with call.workspace.change():
        file.deleted = True
        file.content = None
    return {}
