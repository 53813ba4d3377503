"""Carrying out the faults that are set: what all addresses share, and those beside the Web API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.connection import cut
from sandbox.faults import Fault, FaultKind
from sandbox.workspace import Workspace

Answer = Callable[[], Awaitable[Response]]
CUT_SHORT = (FaultKind.DROP, FaultKind.REFUSE, FaultKind.LATE)
"""Faults after which the connection closes without an answer."""
CARRIED_OUT = (None, FaultKind.SLOW, FaultKind.DROP, FaultKind.LATE)


class Later:
    """Things that happen some seconds after the connection that asked for them has closed."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, seconds: float, act: Callable[[], None]) -> None:
        """Do it on this loop, later."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            act()

        self.keep(asyncio.create_task(wait()))

    def keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task until it is done; the loop itself would let it go."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Address:
    """An address beside the Web API, such as `upload`, that faults and bans know by its name."""

    def __init__(self, workspace: Workspace, method: str) -> None:
        self.workspace = workspace
        self.method = method
        self.later = Later()

    async def answered(self, request: Request, answer: Answer) -> Response:
        """`answer()`, spoilt as a fault says, and written into the ledger."""
        received = self.workspace.clock()
        await request.body()  # `answer` finds it even when the connection has gone
        fault = self.workspace.faults.take(self.method, "")
        if fault is not None and fault.kind is FaultKind.LATE:
            self.later.keep(asyncio.create_task(self._late(received, fault, answer)))
            response: Response = Response(status_code=500)
        else:
            response = await self._now(received, fault, answer)
        if fault is not None and fault.kind in CUT_SHORT:
            await cut(request)
        return response

    async def _late(self, received: float, fault: Fault, answer: Answer) -> None:
        await asyncio.sleep(fault.seconds)
        await self._now(received, fault, answer)

    async def _now(self, received: float, fault: Fault | None, answer: Answer) -> Response:
        response = self._instead(fault)
        if response is None:
            if fault is not None and fault.kind is FaultKind.SLOW:
                await asyncio.sleep(fault.seconds)
            response = await answer()
        self._note(received, fault, response)
        return response

    def _instead(self, fault: Fault | None) -> Response | None:
        """The answer in place of the real one, when nothing is to be carried out."""
        if fault is None or fault.kind in CARRIED_OUT:
            return None
        if fault.kind is FaultKind.RATELIMITED:
            return self._held_back(fault.retry_after)
        if fault.kind is FaultKind.UNKNOWN_METHOD:
            return PlainTextResponse("not found", 404)
        return PlainTextResponse("internal error", 500)

    def _held_back(self, seconds: int) -> Response:
        async def told() -> None:
            self.workspace.bans.begin("", self.method, "", seconds)

        headers = {"Retry-After": str(seconds)}
        return PlainTextResponse(
            "ratelimited", 429, headers=headers, background=BackgroundTask(told)
        )

    def _note(self, received: float, fault: Fault | None, response: Response) -> None:
        carried_out = (fault.kind if fault else None) in CARRIED_OUT
        told = self.workspace.bans.since_told("", self.method, "", received)
        self.workspace.ledger.note_call(
            at=self.workspace.clock(),
            received=received,
            method=self.method,
            channel="",
            outcome=_word(fault, response),
            accepted=carried_out and response.status_code == 200,
            early=told is not None,
            since_told=told,
        )


def _word(fault: Fault | None, response: Response) -> str:
    words = {FaultKind.DROP: "dropped", FaultKind.REFUSE: "refused"}
    if fault is not None and fault.kind is not FaultKind.SLOW:
        return words.get(fault.kind, str(fault.kind))
    return "ok" if response.status_code == 200 else bytes(response.body).decode()
