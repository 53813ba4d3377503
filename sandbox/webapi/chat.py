"""chat.postMessage, chat.postEphemeral, chat.update, chat.delete."""

from __future__ import annotations

from typing import Any

from sandbox.blocks import check_blocks, fill_in_ids
from sandbox.blocks.limits import MESSAGE_TEXT
from sandbox.errors import SlackError, invalid
from sandbox.files import FileDesk
from sandbox.records import Block, Conversation, Message
from sandbox.rendering import message_data
from sandbox.webapi.call import ApiCall
from sandbox.workspace import Workspace


def checked_blocks(workspace: Workspace, blocks: Any, ephemeral: bool = False) -> list[Block]:
    """Blocks that Slack would take, with ids filled in. Raises SlackError."""
    if blocks is None:
        return []
    ready = FileDesk(workspace).never_ready if ephemeral else FileDesk(workspace).shows
    check_blocks(blocks, "message", ready)
    return fill_in_ids(blocks)


def checked_text(text: str, blocks: list[Block], attachments: list[Any]) -> str:
    """The text, when there is anything to show at all. Raises `no_text` or `msg_too_long`."""
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    return text


def _content(call: ApiCall, ephemeral: bool = False) -> dict[str, Any]:
    blocks = checked_blocks(call.workspace, call.data("blocks", "invalid_blocks_format"), ephemeral)
    attachments = call.data("attachments") or []
    text = checked_text(call.text("text"), blocks, attachments)
    return {"text": text, "blocks": blocks, "attachments": attachments}


def _metadata(call: ApiCall) -> dict[str, Any] | None:
    metadata = call.data("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    return metadata


def _where(call: ApiCall) -> Conversation:
    """The conversation meant; a person's id means the direct messages with them."""
    workspace, channel = call.workspace, call.needed("channel")
    if channel in workspace.people:
        return workspace.direct_messages(channel)
    conversation = workspace.conversation(channel)
    if not conversation.has_bot:
        raise SlackError("not_in_channel")
    if conversation.is_archived:
        raise SlackError("is_archived")
    return conversation


def post_message(call: ApiCall) -> dict[str, Any]:
    """Post as the app."""
    workspace = call.workspace
    where, content, metadata = _where(call), _content(call), _metadata(call)
    app = workspace.config.app
    message = Message(
        ts=workspace.new_ts(),
        channel=where.id,
        author=app.bot_user_id,
        from_app=True,
        metadata=metadata,
        **content,
    )
    workspace.post(message)
    return {"channel": where.id, "ts": message.ts, "message": message_data(workspace, message)}


def post_ephemeral(call: ApiCall) -> dict[str, Any]:
    """Post so that one person alone sees it; app and person must both be there."""
    workspace, user = call.workspace, call.needed("user")
    where = _where(call)
    if user not in where.members:
        raise SlackError("user_not_in_channel")
    message = Message(
        ts=workspace.new_ts(),
        channel=where.id,
        author=workspace.config.app.bot_user_id,
        from_app=True,
        ephemeral_for=user,
        **_content(call, ephemeral=True),
    )
    workspace.post(message)
    return {"message_ts": message.ts}


def _own_message(call: ApiCall, refusal: str) -> tuple[Conversation, Message]:
    if call.text("channel") in call.workspace.people:
        raise SlackError("channel_not_found")
    where = call.workspace.conversation(call.needed("channel"))
    message = where.find(call.needed("ts"))
    if message is None or message.ephemeral_for is not None:
        raise SlackError("message_not_found")
    if not message.from_app:
        raise SlackError(refusal)
    return where, message


def update_message(call: ApiCall) -> dict[str, Any]:
    """Change one of the app's own messages.

    Text that is not given stays; text without blocks takes the blocks away, as in Slack.
    """
    where, message = _own_message(call, "cant_update_message")
    if not any(name in call.args for name in ("text", "blocks", "attachments")):
        raise invalid("invalid_arguments", "missing required field: text")
    content = _content(call)
    if "text" not in call.args:
        content["text"] = message.text
    metadata = _metadata(call)
    apply_content(call.workspace, message, content)
    if metadata is not None:
        message.metadata = metadata
    shown = message_data(call.workspace, message)
    return {"channel": where.id, "ts": message.ts, "text": message.text, "message": shown}


def apply_content(workspace: Workspace, message: Message, content: dict[str, Any]) -> None:
    """Put new text and blocks into a message that already stands."""
    with workspace.change():
        message.text = content["text"]
        message.blocks = content["blocks"]
        message.attachments = content["attachments"]
        message.edited_ts = workspace.new_ts()
        message.version += 1
        workspace.note("changed", message)


def delete_message(call: ApiCall) -> dict[str, Any]:
    """Take one of the app's own messages away."""
    where, message = _own_message(call, "cant_delete_message")
    call.workspace.remove(message)
    return {"channel": where.id, "ts": message.ts}
