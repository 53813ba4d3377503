"""`POST /api/<method>`: read, check the token, misbehave if told to, carry out, write down."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.connection import cut
from sandbox.errors import SlackError
from sandbox.faults import Fault, FaultKind
from sandbox.ledger import placed
from sandbox.mischief import CUT_SHORT, Later
from sandbox.webapi.auth import authenticate, scope_taken_away
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
    given = str(args.pop("token", ""))
    return header.removeprefix("Bearer ").strip() or given


@dataclass(frozen=True)
class _Arrived:
    """A call as it came in: when, with what token, and what is to go wrong with it."""

    call: ApiCall
    token: str
    received: float
    fault: Fault | None

    @property
    def channel(self) -> str:
        """The conversation that it names."""
        return str(self.call.args.get("channel") or self.call.args.get("channel_id") or "")

    @property
    def kind(self) -> FaultKind | None:
        """What goes wrong."""
        return self.fault.kind if self.fault else None


@dataclass(frozen=True)
class _Verdict:
    """What came of a call: the answer, the ledger's word for it, whether it was carried out."""

    response: Response
    outcome: str
    body: dict[str, Any] | None = None


class WebApi:
    """The Web API of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.gate = Gate(workspace.settings, workspace.clock)
        self.later = Later()

    async def endpoint(self, request: Request) -> Response:
        """Answer one call."""
        received = self.workspace.clock()
        try:
            args = await read_args(request)
        except SlackError as refusal:
            return JSONResponse(refusal.as_body())
        token, method = _token(request, args), request.path_params["method"]
        call = ApiCall(self.workspace, method, args, str(request.base_url).rstrip("/"))
        came = _Arrived(call, token, received, None)
        came = _Arrived(call, token, received, self.workspace.faults.take(method, came.channel))
        if came.fault is not None and came.kind is FaultKind.LATE:
            self.later.start(came.fault.seconds, lambda: self._note(came, self._carry_out(came)))
            response = Response(status_code=500)
        else:
            response = await self._answer(came)
        if came.kind in CUT_SHORT:
            await cut(request)
        return response

    async def _answer(self, came: _Arrived) -> Response:
        """The answer, once it is written into the ledger."""
        if came.fault is not None and came.kind is FaultKind.SLOW:
            await asyncio.sleep(came.fault.seconds)
        verdict = self._spoilt(came) or self._carry_out(came)
        self._note(came, verdict)
        return verdict.response

    def _note(self, came: _Arrived, verdict: _Verdict) -> None:
        workspace, call = self.workspace, came.call
        told = workspace.bans.since_told(came.token, call.method, came.channel, came.received)
        workspace.ledger.note_call(
            at=workspace.clock(),
            received=came.received,
            method=call.method,
            channel=came.channel,
            outcome=verdict.outcome,
            accepted=verdict.body is not None,
            early=told is not None,
            since_told=told,
            args=call.args,
            **placed(call.args, verdict.body),
        )

    def _spoilt(self, came: _Arrived) -> _Verdict | None:
        """The answer in place of the real one, when nothing is to be carried out."""
        if came.fault is None:
            return None
        if came.kind is FaultKind.RATELIMITED:
            return self._held_back(came, came.fault.channel, came.fault.retry_after)
        if came.kind in (FaultKind.REFUSE, FaultKind.SERVER_ERROR):
            word = "refused" if came.kind is FaultKind.REFUSE else "server_error"
            return _Verdict(Response("internal error", 500), word)
        return None

    def _carry_out(self, came: _Arrived) -> _Verdict:
        call = came.call
        try:
            self._spoil(came)
            wait = self._check(came)
            if wait:
                return self._held_back(came, came.channel, wait)
            with self.workspace.lock:
                body = METHODS[call.method].run(call)
        except SlackError as refusal:
            return _Verdict(self._json(call.method, refusal.as_body()), refusal.code)
        outcome = {FaultKind.DROP: "dropped", FaultKind.LATE: "late"}.get(
            came.kind or FaultKind.OK, "ok"
        )
        return _Verdict(self._json(call.method, {"ok": True, **body}), outcome, body)

    def _spoil(self, came: _Arrived) -> None:
        """Raise the error that was asked for."""
        if came.kind is FaultKind.UNKNOWN_METHOD:
            raise SlackError("unknown_method", req_method=came.call.method)
        if came.kind is FaultKind.MISSING_SCOPE:
            known = METHODS.get(came.call.method)
            raise scope_taken_away(self.workspace.config.app, known.scopes if known else ())
        if came.fault is not None and came.kind is FaultKind.ERROR:
            raise SlackError(came.fault.code)

    def _check(self, came: _Arrived) -> int:
        """Seconds to wait, 0 when the call may go ahead. Raises what Slack refuses."""
        call = came.call
        method = METHODS.get(call.method)
        if method is None:
            raise SlackError("unknown_method", req_method=call.method)
        authenticate(self.workspace.config.app, came.token, method.scopes)
        if self.workspace.token_error:
            raise SlackError(self.workspace.token_error)
        own = self.workspace.settings.per_minute.get(call.method, method.per_minute)
        return self.gate.retry_after(call.method, came.channel, own)

    def _held_back(self, came: _Arrived, channel: str, seconds: int) -> _Verdict:
        """429; the ban begins when this answer has been sent."""
        method, token = came.call.method, came.token

        async def told() -> None:
            self.workspace.bans.begin(token, method, channel, seconds)

        answer = JSONResponse(
            {"ok": False, "error": "ratelimited"},
            429,
            headers={"Retry-After": str(seconds)},
            background=BackgroundTask(told),
        )
        return _Verdict(answer, "ratelimited")

    def _json(self, method: str, body: dict[str, Any]) -> Response:
        known = METHODS.get(method)
        headers = {"X-OAuth-Scopes": ",".join(self.workspace.config.app.scopes)}
        if known is not None and known.scopes:
            headers["X-Accepted-OAuth-Scopes"] = ",".join(known.scopes)
        return JSONResponse(body, headers=headers)


def api_routes(api: WebApi) -> list[Route]:
    """The routes of the Web API."""
    return [Route("/api/{method}", api.endpoint, methods=["GET", "POST"])]
