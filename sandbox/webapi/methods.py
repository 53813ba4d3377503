"""The methods that this Slack has: what each needs and how often it may be called.

Scopes and tiers are those of Slack's method reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.webapi import auth, blocks, chat, conversations, files, sockets, users, views
from sandbox.webapi.call import ApiCall


@dataclass(frozen=True)
class Method:
    """One method; any one of `scopes` will do, none means none is needed."""

    run: Callable[[ApiCall], dict[str, Any]]
    scopes: tuple[str, ...] = ()
    per_minute: int = 100


METHODS: dict[str, Method] = {
    "api.test": Method(auth.api_test),
    "auth.test": Method(auth.auth_test, per_minute=600),
    "apps.connections.open": Method(sockets.open_connection, ("connections:write",), 20),
    "blocks.validate": Method(blocks.validate),
    "chat.postMessage": Method(chat.post_message, ("chat:write",), 300),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.update": Method(chat.update_message, ("chat:write",), 50),
    "chat.delete": Method(chat.delete_message, ("chat:write",), 50),
    "conversations.open": Method(conversations.open_conversation, ("im:write",), 50),
    "conversations.info": Method(conversations.conversation_info, ("im:read", "channels:read"), 50),
    "conversations.history": Method(conversations.history, ("im:history", "channels:history"), 50),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.info": Method(files.file_info, ("files:read",)),
    "files.delete": Method(files.delete_file, ("files:write",), 50),
    "users.info": Method(users.user_info, ("users:read",)),
    "users.list": Method(users.list_users, ("users:read",), 20),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",), 50),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
    "views.publish": Method(views.publish_view),
}
