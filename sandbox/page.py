"""The browser page: its files, the pictures and documents in it, and word of every change."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.files import FileDesk
from sandbox.mischief import Address
from sandbox.rendering import file_data
from sandbox.workspace import Workspace

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws: wss:; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


async def index(request: Request) -> Response:
    """The page. Its policy lets it fetch nothing from elsewhere."""
    return FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})


class Page:
    """The routes that need the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.upload = Address(workspace, "upload")

    async def stored(self, request: Request) -> Response:
        """A file's bytes, for the app or for a person who sees it in a message."""
        file = self.workspace.files.get(request.path_params["file_id"])
        if file is None or file.content is None or not self._may_see(request, file.id):
            return PlainTextResponse("file_not_found", 404)
        kind = file_data(self.workspace, file)["mimetype"] or "application/octet-stream"
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": _shown_as(request, file.name),
        }
        return Response(file.content, media_type=kind, headers=headers)

    def _may_see(self, request: Request, file_id: str) -> bool:
        token = self.workspace.config.app.bot_token
        if request.headers.get("authorization") == f"Bearer {token}":
            return True
        user = request.query_params.get("user", "")
        return FileDesk(self.workspace).visible_to(user, self.workspace.files[file_id])

    async def receive_upload(self, request: Request) -> Response:
        """The address that files.getUploadURLExternal gives out."""

        async def answer() -> Response:
            return await self._take_bytes(request)

        return await self.upload.answered(request, answer)

    async def _take_bytes(self, request: Request) -> Response:
        file = self.workspace.files.get(request.path_params["file_id"])
        if file is None:
            return PlainTextResponse("not found", 404)
        content = await self._uploaded(request)
        if len(content) != file.length:
            return PlainTextResponse("length mismatch", 400)
        FileDesk(self.workspace).receive(file, content)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _uploaded(self, request: Request) -> bytes:
        """The bytes: the raw body, or the one file of a form."""
        if "multipart/form-data" not in request.headers.get("content-type", ""):
            return await request.body()
        async with request.form() as form:
            parts = [value for value in form.values() if not isinstance(value, str)]
            return await parts[0].read() if parts else b""

    async def live(self, socket: WebSocket) -> None:
        """Tell the page of every change, the newest revision only."""
        await socket.accept()
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        stop = self.workspace.watch(lambda _: _wake(loop, news))
        gone = asyncio.create_task(_until_gone(socket, news))
        try:
            while not gone.done():
                news.clear()
                await socket.send_text(json.dumps({"revision": self.workspace.revision}))
                await news.wait()
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            stop()
            gone.cancel()


def _shown_as(request: Request, name: str) -> str:
    """Opened in the browser, or kept under its own name where `download` is asked for."""
    way = "attachment" if "download" in request.query_params else "inline"
    return f"{way}; filename*=UTF-8''{quote(name)}"


def _wake(loop: asyncio.AbstractEventLoop, news: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(news.set)


async def _until_gone(socket: WebSocket, news: asyncio.Event) -> None:
    """Wait for the page to leave, then wake whoever waits for news."""
    message = await socket.receive()
    while message["type"] != "websocket.disconnect":
        message = await socket.receive()
    news.set()


def page_routes(workspace: Workspace) -> list[BaseRoute]:
    """The routes of the page, of pictures and of uploads."""
    page = Page(workspace)
    return [
        Route("/", index),
        Route("/files-pri/{team}-{file_id}/{name}", page.stored),
        Route("/files/{file_id}", page.stored),
        Route("/upload/v1/{file_id}", page.receive_upload, methods=["POST"]),
        WebSocketRoute("/_sandbox/live", page.live),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]
