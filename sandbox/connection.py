"""Closing a connection without an answer, as a network does.

ASGI has no word for that, so the outermost layer of the app keeps the server's own `send`, whose
owner holds the transport.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_KEY = "sandbox.cycle"


class KeepTransport:
    """Remember, for each request and websocket, the server's object that owns its connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with the server's object beside it."""
        scope[_KEY] = getattr(send, "__self__", None)
        await self._app(scope, receive, send)


async def cut(request: Request) -> None:
    """Abort this request's connection; the client sees it closed with no answer at all."""
    cycle = request.scope.get(_KEY)
    if isinstance(cycle, RequestResponseCycle):
        cycle.transport.abort()
        while not cycle.disconnected:
            await asyncio.sleep(0)


def break_off(socket: WebSocket) -> None:
    """Abort a websocket's connection, without the farewell that closing it would say."""
    protocol = socket.scope.get(_KEY)
    if isinstance(protocol, WebSocketsSansIOProtocol):
        protocol.transport.abort()
