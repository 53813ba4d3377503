"""`POST /api/<method>`: read, check the token, misbehave if told to, carry out, write down."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.connection import cut
from sandbox.errors import SlackError
from sandbox.faults import Fault, FaultKind
from sandbox.webapi.auth import authenticate
from sandbox.webapi.call import ApiCall
from sandbox.webapi.gate import Gate
from sandbox.webapi.methods import METHODS
from sandbox.workspace import Workspace


async def read_args(request: Request) -> dict[str, Any]:
    """The arguments: JSON body, or form and query string. Raises `invalid_json` and the like."""
    if "application/json" in request.headers.get("content-type", ""):
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return body
    form = await request.form()
    return {**request.query_params, **{k: v for k, v in form.items() if isinstance(v, str)}}


def _token(request: Request, args: dict[str, Any]) -> str:
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ").strip() or str(args.pop("token", ""))


class WebApi:
    """The Web API of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.gate = Gate(workspace.settings, workspace.clock)

    async def endpoint(self, request: Request) -> Response:
        """Answer one call."""
        method = request.path_params["method"]
        try:
            args = await read_args(request)
        except SlackError as refusal:
            return JSONResponse(refusal.as_body())
        token = _token(request, args)
        args.pop("token", None)
        channel = str(args.get("channel") or args.get("channel_id") or "")
        early = self.gate.is_early(method, channel) or self.gate.is_early(method, "")
        call = ApiCall(self.workspace, method, args, str(request.base_url).rstrip("/"))
        fault = self.workspace.faults.take(method, channel)
        response, outcome, accepted = await self._answer(call, token, channel, fault)
        self.workspace.ledger.note_call(
            at=self.workspace.clock(),
            method=method,
            channel=channel,
            outcome=outcome,
            accepted=accepted,
            early=early,
            args=args,
        )
        if fault is not None and fault.kind in (FaultKind.DROP, FaultKind.REFUSE):
            await cut(request)
        return response

    async def _answer(
        self, call: ApiCall, token: str, channel: str, fault: Fault | None
    ) -> tuple[Response, str, bool]:
        """The answer, the word for it in the ledger, and whether anything was carried out."""
        kind = fault.kind if fault else None
        if fault is not None and kind is FaultKind.RATELIMITED:
            return self._held_back(call.method, fault.channel, fault.retry_after)
        if kind is FaultKind.REFUSE:
            return Response(status_code=500), "refused", False
        if kind is FaultKind.SERVER_ERROR:
            return Response("internal error", 500), "server_error", False
        if fault is not None and kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        try:
            self._spoil(fault)
            wait = self._check(call, token, channel)
            if wait:
                return self._held_back(call.method, channel, wait)
            with self.workspace.lock:
                body = METHODS[call.method].run(call)
        except SlackError as refusal:
            return self._json(call.method, refusal.as_body()), refusal.code, False
        outcome = "dropped" if kind is FaultKind.DROP else "ok"
        return self._json(call.method, {"ok": True, **body}), outcome, True

    def _spoil(self, fault: Fault | None) -> None:
        if fault is not None and fault.kind is FaultKind.UNKNOWN_METHOD:
            raise SlackError("unknown_method")
        if fault is not None and fault.kind is FaultKind.ERROR:
            raise SlackError(fault.code)

    def _check(self, call: ApiCall, token: str, channel: str) -> int:
        """Seconds to wait, 0 when the call may go ahead. Raises what Slack refuses."""
        method = METHODS.get(call.method)
        if method is None:
            raise SlackError("unknown_method", req_method=call.method)
        authenticate(self.workspace.config.app, token, method.scopes)
        return self.gate.retry_after(call.method, channel, method.per_minute)

    def _held_back(self, method: str, channel: str, seconds: int) -> tuple[Response, str, bool]:
        self.gate.hold(method, channel, seconds)
        body = {"ok": False, "error": "ratelimited"}
        answer = JSONResponse(body, 429, headers={"Retry-After": str(seconds)})
        return answer, "ratelimited", False

    def _json(self, method: str, body: dict[str, Any]) -> Response:
        known = METHODS.get(method)
        headers = {"X-OAuth-Scopes": ",".join(self.workspace.config.app.scopes)}
        if known is not None and known.scopes:
            headers["X-Accepted-OAuth-Scopes"] = ",".join(known.scopes)
        return JSONResponse(body, headers=headers)


def api_routes(api: WebApi) -> list[Route]:
    """The routes of the Web API."""
    return [Route("/api/{method}", api.endpoint, methods=["GET", "POST"])]
