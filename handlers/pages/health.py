"""Is it alive, is it ready, and how is it doing: for load balancers and for Prometheus."""

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.metrics import heading, sample
from school.database import reading
from school.migrate import is_current
from school.models import Delivery, DeliveryState

if TYPE_CHECKING:
    from handlers.http import Door

OPEN_STATES = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNCERTAIN)


def health_routes(door: "Door") -> APIRouter:
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
        lines = [*door.metrics.lines(), *delivery_lines(door), *socket_lines(door)]
        return PlainTextResponse("\n".join(lines) + "\n")

    return router


def not_ready_because(door: "Door") -> str | None:
    """Why no request should be sent here now, in words; None when it is ready."""
    try:
        current = is_current(door.engine)
    except SQLAlchemyError:
        return "the database is not reached"
    return None if current else "the database has another version's layout"


def delivery_lines(door: "Door") -> list[str]:
    """How many deliveries wait, by state, and how long the oldest that is due has waited."""
    try:
        with door.session_factory() as session:
            counts, oldest = _waiting(reading(session))
    except SQLAlchemyError:
        return []
    late = max(0.0, (door.now() - oldest).total_seconds()) if oldest else 0.0
    states = [
        sample("homeroom_deliveries", counts.get(state.value, 0), {"state": state.value})
        for state in OPEN_STATES
    ]
    return [
        *heading("homeroom_deliveries", "Deliveries not yet finished, by state.", "gauge"),
        *states,
        *heading("homeroom_delivery_late_seconds", "Lateness of the oldest one due.", "gauge"),
        sample("homeroom_delivery_late_seconds", round(late, 3)),
    ]


def _waiting(session: Session) -> tuple[dict[str, int], datetime | None]:
    states = [state.value for state in OPEN_STATES]
    open_ones = Delivery.state.in_(states)
    rows = session.execute(
        select(Delivery.state, func.count()).where(open_ones).group_by(Delivery.state)
    )
    oldest = session.scalar(
        select(func.min(Delivery.next_attempt_at)).where(
            Delivery.state == DeliveryState.WAITING.value
        )
    )
    return dict(rows.tuples().all()), oldest


def socket_lines(door: "Door") -> list[str]:
    """Whether Socket Mode is connected; nothing in HTTP mode."""
    if door.connected is None:
        return []
    name, connected = "homeroom_socket_connected", int(door.connected())
    return [*heading(name, "1 while Slack reaches us.", "gauge"), sample(name, connected)]
