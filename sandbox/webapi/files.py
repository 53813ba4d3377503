"""files.getUploadURLExternal, files.completeUploadExternal, files.info, files.delete."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError, invalid
from sandbox.files import FileDesk
from sandbox.records import Message
from sandbox.rendering import file_data, words_in
from sandbox.webapi.call import ApiCall
from sandbox.webapi.chat import checked_blocks


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
    message = _message(call, channel) if channel else None
    desk = FileDesk(call.workspace)
    done = [desk.complete(str(e.get("id")), str(e.get("title") or "")) for e in entries]
    if message is not None:
        message.files = [file.id for file in done]
        desk.share(message)
    return {"files": [file_data(call.workspace, f) for f in done]}


def _message(call: ApiCall, channel: str) -> Message:
    """The message that the files will stand in; words that are given take the place of blocks."""
    workspace = call.workspace
    if channel.startswith("U") or channel not in workspace.conversations:
        raise SlackError("invalid_channel" if channel.startswith("U") else "channel_not_found")
    if not workspace.conversations[channel].has_bot:
        raise SlackError("not_in_channel")
    comment = call.text("initial_comment")
    given = None if comment else call.data("blocks", "invalid_blocks_format")
    blocks = checked_blocks(workspace, given)
    return Message(
        ts="",
        channel=channel,
        author=workspace.config.app.bot_user_id,
        from_app=True,
        text=comment or words_in(blocks),
        blocks=blocks,
    )


def file_info(call: ApiCall) -> dict[str, Any]:
    """A file's state; `mimetype` is empty until it is ready. Before it is completed, nothing."""
    file = FileDesk(call.workspace).completed(call.needed("file"))
    return {"file": file_data(call.workspace, file), "comments": []}


def delete_file(call: ApiCall) -> dict[str, Any]:
    """Take a file away, out of every message that it stands in."""
    file = FileDesk(call.workspace).find(call.needed("file"))
    with call.workspace.change():
        file.deleted = True
        file.content = None
    return {}
