"""`response_url`: what an app may still say about a command or click: five times, half an hour."""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.errors import SlackError
from sandbox.mischief import Address
from sandbox.people.answers import is_ephemeral, reply_content, show
from sandbox.records import Message, ResponseUrl
from sandbox.webapi.chat import apply_content
from sandbox.workspace import Workspace

METHOD = "response_url"


def _take(workspace: Workspace, name: str) -> ResponseUrl:
    """Count one use. Raises `used_url` or `expired_url`."""
    hook = workspace.response_urls.get(name)
    if hook is None or workspace.clock() > hook.expires_at:
        raise SlackError("expired_url")
    if hook.uses_left <= 0:
        raise SlackError("used_url")
    hook.uses_left -= 1
    return hook


def _original(workspace: Workspace, hook: ResponseUrl) -> Message | None:
    if hook.message_ts is None:
        return None
    return workspace.conversations[hook.channel].find(hook.message_ts)


def answer_url(workspace: Workspace, name: str, body: dict[str, Any]) -> None:
    """Carry out one answer: post, replace or delete. Raises SlackError."""
    with workspace.lock:
        hook = _take(workspace, name)
        original = _original(workspace, hook)
        if body.get("delete_original") and original is not None:
            workspace.remove(original)
            return
        if body.get("replace_original") and original is not None:
            alone = original.ephemeral_for is not None
            apply_content(workspace, original, reply_content(workspace, body, alone))
            return
        alone = is_ephemeral(body)
        content = reply_content(workspace, body, alone)
        show(workspace, hook.channel, content, hook.user if alone else None)


async def _answer(request: Request, workspace: Workspace) -> Response:
    name = request.path_params["name"]
    try:
        body = json.loads(await request.body())
        if not isinstance(body, dict):
            raise ValueError("not an object")
        await run_in_threadpool(answer_url, workspace, name, body)
    except SlackError as refusal:
        gone = refusal.code in ("used_url", "expired_url")
        return JSONResponse(refusal.as_body(), 404 if gone else 400)
    except ValueError:
        return PlainTextResponse("invalid_payload", 400)
    return PlainTextResponse("ok")


def response_url_routes(workspace: Workspace) -> list[Route]:
    """The addresses that payloads carry as `response_url`."""

    address = Address(workspace, METHOD)

    async def endpoint(request: Request) -> Response:
        async def answer() -> Response:
            return await _answer(request, workspace)

        return await address.answered(request, answer)

    return [Route("/actions/{team}/{name}", endpoint, methods=["POST"])]
