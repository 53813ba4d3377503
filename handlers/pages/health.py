"""Is it alive, is it ready, and how is it doing: for load balancers and for Prometheus."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import heading, sample
from handlers.door import Door
from school.migrate import is_current


def health_routes(door: Door) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> PlainTextResponse:
        # On the event loop itself: it answers even while every worker thread is busy.
        return PlainTextResponse("ok")

    @router.get("/readyz")
    def readyz() -> Response:
        problem = not_ready_because(door)
        return PlainTextResponse(problem or "ready", 503 if problem else 200)

    @router.get("/metrics")
    def metrics() -> Response:
        lines = [*door.metrics.lines(), *outbox_lines(door), *socket_lines(door)]
        return PlainTextResponse("\n".join(lines) + "\n")

    return router


def not_ready_because(door: Door) -> str | None:
    """Why no request should be sent here now, in words; None when it is ready."""
    try:
        current = is_current(door.engine)
    except SQLAlchemyError:
        return "the database is not reached"
    return None if current else "the database has another version's layout"


def outbox_lines(door: Door) -> list[str]:
    """What was sent and what waits; nothing while the database is not reached."""
    try:
        return door.outbox_lines()
    except SQLAlchemyError:
        return []


def socket_lines(door: Door) -> list[str]:
    """Whether Socket Mode is connected; nothing in HTTP mode."""
    if door.connected is None:
        return []
    name, connected = "homeroom_socket_connected", int(door.connected())
    return [*heading(name, "Whether Slack reaches us.", "gauge"), sample(name, connected)]
