"""Carrying out the faults that are set, for the addresses beside the Web API's methods."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.connection import cut
from sandbox.faults import Fault, FaultKind
from sandbox.workspace import Workspace

Answer = Callable[[], Awaitable[Response]]


async def answered(request: Request, workspace: Workspace, method: str, answer: Answer) -> Response:
    """`answer()`, spoilt as a fault for `method` says, and written into the ledger."""
    fault = workspace.faults.take(method, "")
    response = _instead(fault)
    if response is None:
        if fault is not None and fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        response = await answer()
    accepted = fault is None or fault.kind in (FaultKind.SLOW, FaultKind.DROP)
    accepted = accepted and response.status_code == 200
    workspace.ledger.note_call(
        at=workspace.clock(),
        method=method,
        channel="",
        outcome=_word(fault, response),
        accepted=accepted,
    )
    if fault is not None and fault.kind in (FaultKind.DROP, FaultKind.REFUSE):
        await cut(request)
    return response


def _instead(fault: Fault | None) -> Response | None:
    """The answer in place of the real one, when nothing is to be carried out."""
    if fault is None or fault.kind in (FaultKind.SLOW, FaultKind.DROP):
        return None
    if fault.kind is FaultKind.RATELIMITED:
        headers = {"Retry-After": str(fault.retry_after)}
        return PlainTextResponse("ratelimited", 429, headers=headers)
    if fault.kind is FaultKind.UNKNOWN_METHOD:
        return PlainTextResponse("not found", 404)
    return PlainTextResponse("internal error", 500)


def _word(fault: Fault | None, response: Response) -> str:
    if fault is not None and fault.kind is not FaultKind.SLOW:
        return "dropped" if fault.kind is FaultKind.DROP else str(fault.kind)
    return "ok" if response.status_code == 200 else bytes(response.body).decode()
