"""conversations.open, conversations.info, conversations.history."""

from __future__ import annotations

import base64
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.errors import SlackError
from sandbox.records import Conversation, Message
from sandbox.rendering import conversation_data, message_data
from sandbox.webapi.call import ApiCall

MOST_AT_ONCE = 999


def open_conversation(call: ApiCall) -> dict[str, Any]:
    """Open the direct messages with one person."""
    users = [u for u in call.text("users").split(",") if u]
    if len(users) != 1:
        raise SlackError("users_list_not_supplied" if not users else "not_enough_users")
    if users[0] not in call.workspace.people:
        raise SlackError("user_not_found")
    person = call.workspace.person(users[0])
    if person.deleted:
        raise SlackError("user_disabled")
    known = {c.id for c in call.workspace.conversations.values()}
    conversation = call.workspace.direct_messages(person.id)
    again = {"no_op": True, "already_open": True} if conversation.id in known else {}
    full = call.flag("return_im")
    shown = conversation_data(conversation) if full else {"id": conversation.id}
    return {**again, "channel": shown}


def _scoped(call: ApiCall, right: str) -> Conversation:
    """The conversation, when the scope for its sort was granted."""
    conversation = call.workspace.conversation(call.needed("channel"))
    scope = f"{'im' if conversation.is_im else 'channels'}:{right}"
    scopes = call.workspace.config.app.scopes
    if scope not in scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(scopes))
    return conversation


def conversation_info(call: ApiCall) -> dict[str, Any]:
    """What a conversation is."""
    return {"channel": conversation_data(_scoped(call, "read"))}


def history(call: ApiCall) -> dict[str, Any]:
    """Messages of a conversation, newest first; metadata only when asked for."""
    conversation = _scoped(call, "history")
    if not conversation.has_bot:
        raise SlackError("not_in_channel")
    limit = min(max(call.number("limit", 100), 1), MOST_AT_ONCE)
    within = _window(call)
    found = [m for m in reversed(conversation.messages) if m.ephemeral_for is None and within(m)]
    page, more = found[:limit], len(found) > limit
    with_metadata = call.flag("include_all_metadata")
    body: dict[str, Any] = {
        "messages": [message_data(call.workspace, m, with_metadata) for m in page],
        "has_more": more,
    }
    if more:
        cursor = base64.b64encode(f"next_ts:{page[-1].ts}".encode()).decode()
        body["response_metadata"] = {"next_cursor": cursor}
    return body


def _window(call: ApiCall) -> Callable[[Message], bool]:
    """Whether a message is inside what is asked for. Raises `invalid_ts_oldest` and the like."""
    oldest = _moment(call.text("oldest") or "0", "invalid_ts_oldest")
    latest = _moment(call.text("latest") or "Infinity", "invalid_ts_latest")
    inclusive, before = call.flag("inclusive"), Decimal("Infinity")
    if call.text("cursor"):
        before = _moment(_opened(call.text("cursor")), "invalid_cursor")

    def within(message: Message) -> bool:
        ts = Decimal(message.ts)
        inside = oldest < ts < latest or (inclusive and ts in (oldest, latest))
        return inside and ts < before

    return within


def _moment(given: str, error: str) -> Decimal:
    """A timestamp to the microsecond, which a float does not hold."""
    try:
        moment = Decimal(given)
    except InvalidOperation:
        raise SlackError(error) from None
    if moment.is_nan():
        raise SlackError(error)
    return moment


def _opened(cursor: str) -> str:
    """The timestamp in a cursor, or nothing that is one."""
    try:
        return base64.b64decode(cursor, validate=True).decode().removeprefix("next_ts:")
    except ValueError:
        return "none"
