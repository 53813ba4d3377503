"""apps.connections.open."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.webapi.call import ApiCall


def open_connection(call: ApiCall) -> dict[str, Any]:
    """A websocket address that works once, soon."""
    workspace, ticket = call.workspace, secrets.token_hex(16)
    expires = workspace.clock() + workspace.settings.socket_ticket_seconds
    workspace.socket_tickets[ticket] = expires
    address = call.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={workspace.config.app.id}"}
