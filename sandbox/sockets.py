"""Socket Mode: the app's websockets, and asking a question over one of them."""

from __future__ import annotations

import asyncio
import concurrent.futures
import itertools
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.connection import break_off
from sandbox.workspace import Workspace

Reply = concurrent.futures.Future[dict[str, Any] | None]
POLICY_VIOLATION = 1008


@dataclass(eq=False)
class Connection:
    """One open websocket of the app, and the loop that it lives in."""

    socket: WebSocket
    loop: asyncio.AbstractEventLoop

    async def send(self, data: dict[str, Any]) -> None:
        """Send one JSON message."""
        await self.socket.send_text(json.dumps(data))

    async def dismiss(self, reason: str, pause: float) -> None:
        """Say that it is time to go, and close after `pause` seconds."""
        debug = {"host": "sandbox"}
        await self.send({"type": "disconnect", "reason": reason, "debug_info": debug})
        await asyncio.sleep(pause)
        if self.socket.client_state is WebSocketState.CONNECTED:
            await self.socket.close()


class SocketHub:
    """The app's open websockets. A payload goes to any one of them, in turn."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._connections: list[Connection] = []
        self._waiting: dict[str, Reply] = {}
        self._turn = itertools.count()

    @property
    def count(self) -> int:
        """How many websockets the app holds open."""
        return len(self._connections)

    def ask(
        self, data: dict[str, Any], limit: float, once_sent: Callable[[], None] = lambda: None
    ) -> tuple[str, dict[str, Any] | None]:
        """Send an envelope from any other thread and wait for its acknowledgement.

        `once_sent` is called between the two.
        """
        connections = list(self._connections)
        if not connections:
            return "dispatch_failed", None
        connection = connections[next(self._turn) % len(connections)]
        envelope_id, reply = str(uuid.uuid4()), Reply()
        self._waiting[envelope_id] = reply
        try:
            sending = connection.send({"envelope_id": envelope_id, **data})
            asyncio.run_coroutine_threadsafe(sending, connection.loop).result(limit)
            once_sent()
            return "ok", reply.result(limit)
        except TimeoutError:
            return "operation_timeout", None
        finally:
            self._waiting.pop(envelope_id, None)

    def disconnect_all(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to go and come again, as Slack does every hour or so.

        `warning` leaves them open for `socket_warning_seconds`, other reasons close them at once.
        """
        pause = self._workspace.settings.socket_warning_seconds if reason == "warning" else 0.0
        for connection in list(self._connections):
            goodbye = connection.dismiss(reason, pause)
            asyncio.run_coroutine_threadsafe(goodbye, connection.loop)

    def cut_all(self) -> None:
        """Break every connection off, without the websocket's own farewell."""
        for connection in list(self._connections):
            connection.loop.call_soon_threadsafe(break_off, connection.socket)

    def close_all(self) -> None:
        """Close every connection without a word, as a network may."""
        for connection in list(self._connections):
            asyncio.run_coroutine_threadsafe(connection.socket.close(), connection.loop)

    def _admit(self, ticket: str) -> bool:
        """Whether a ticket is good; it is good once."""
        expires = self._workspace.socket_tickets.pop(ticket, 0.0)
        room = self.count < self._workspace.settings.socket_connections
        return room and self._workspace.clock() <= expires

    async def endpoint(self, socket: WebSocket) -> None:
        """Serve one websocket until it closes."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close(POLICY_VIOLATION)
            return
        await socket.accept()
        connection = Connection(socket, asyncio.get_running_loop())
        self._connections.append(connection)
        try:
            await connection.send(self._hello())
            while True:
                self._receive(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            return  # gone; Starlette raises RuntimeError when we were the ones to close
        finally:
            self._connections.remove(connection)

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {"host": "sandbox", "approximate_connection_time": 3600},
            "connection_info": {"app_id": self._workspace.config.app.id},
        }

    def _receive(self, text: str) -> None:
        """An acknowledgement settles the question that it belongs to."""
        try:
            data = json.loads(text)
        except ValueError:
            return
        reply = self._waiting.get(data.get("envelope_id", "")) if isinstance(data, dict) else None
        if reply is not None and not reply.done():
            reply.set_result(data.get("payload"))


def socket_routes(hub: SocketHub) -> list[WebSocketRoute]:
    """The address that apps.connections.open gives out."""
    return [WebSocketRoute("/link/", hub.endpoint)]
