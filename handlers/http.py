"""The HTTP way in: all of Slack's traffic on one address, and how the process is doing."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from slack_bolt import BoltRequest, BoltResponse

from bot.signatures import Refusal, refusal
from handlers.bodies import TooLarge, TooSlow, read_body
from handlers.door import Door
from handlers.errors import log_failure
from handlers.pages.health import health_routes
from handlers.pages.routes import ROUTES
from handlers.pages.serving import page_routes

LARGEST_BODY = 1_048_576
"""Bytes. Slack's own largest payloads, full modals, stay well under."""
LARGEST_SSL_CHECK = 1_000
"""Bytes. It holds two short fields; reading more of what nobody has signed would hold others up."""
NO_SECRET = (
    "This bot is not set up for HTTP: SLACK_SIGNING_SECRET is missing. It stands under Basic "
    "Information, App Credentials, at api.slack.com/apps.\n"
)
TIMESTAMP_HEADER, SIGNATURE_HEADER = "x-slack-request-timestamp", "x-slack-signature"


def build_http(door: Door) -> FastAPI:
    """The whole HTTP app. `/healthz` never waits for Slack's traffic, which has its own threads."""
    http = FastAPI(title="Homeroom", openapi_url=None, docs_url=None, redoc_url=None)
    threads = ThreadPoolExecutor(door.threads, "slack-http")

    @http.post("/slack/events")
    async def slack_events(request: Request) -> Response:
        return await _slack_events(request, door, threads)

    http.include_router(health_routes(door))
    if door.pages is not None:
        http.include_router(page_routes(door.pages, door.now, ROUTES))
    return http


async def _slack_events(request: Request, door: Door, threads: ThreadPoolExecutor) -> Response:
    started = time.monotonic()
    if not door.signing_secret:
        return Response(NO_SECRET, 503, media_type="text/plain")
    try:
        body = await read_body(request, largest=LARGEST_BODY, seconds=door.read_limit)
    except TooLarge:
        return _refuse(door, Refusal.SIZE, 400)
    except TooSlow:
        return _refuse(door, Refusal.BODY, 408)
    if _is_ssl_check(body):
        return Response(status_code=200)
    if reason := _not_slacks(request, body, door):
        return _refuse(door, reason, 401)
    slack_request = _slack_request(request, body)
    if slack_request is None:
        return _refuse(door, Refusal.BODY, 400)
    # Bolt waits for the listener: on the event loop every other request would wait with it.
    loop = asyncio.get_running_loop()
    answer = await loop.run_in_executor(threads, _dispatch, door, slack_request)
    door.metrics.acknowledged("http", time.monotonic() - started)
    return _response(answer)


def _slack_request(request: Request, body: bytes) -> BoltRequest | None:
    """The request as Bolt reads it; None where its body is none that Slack would send."""
    try:
        return BoltRequest(body=body.decode(), headers=_headers(request))
    except (ValueError, TypeError, AttributeError, RecursionError):
        # Bolt reads the body without looking at its shape: a list or a number breaks it.
        return None


def _dispatch(door: Door, request: BoltRequest) -> BoltResponse:
    try:
        return door.bolt.dispatch(request)
    except Exception as error:  # noqa: BLE001 - what breaks in Bolt itself is logged without words
        log_failure(error)
        return BoltResponse(status=500)


def _is_ssl_check(body: bytes) -> bool:
    """Slack's unsigned look at a certificate: answered, and nothing is done with it."""
    if len(body) > LARGEST_SSL_CHECK or b"ssl_check" not in body or body.startswith(b"{"):
        return False
    return parse_qs(body.decode("utf-8", "replace")).get("ssl_check") == ["1"]


def _not_slacks(request: Request, body: bytes, door: Door) -> Refusal | None:
    return refusal(
        door.signing_secret or "",
        body,
        timestamp=request.headers.get(TIMESTAMP_HEADER, ""),
        signature=request.headers.get(SIGNATURE_HEADER, ""),
        now=door.now().timestamp(),
    )


def _refuse(door: Door, reason: Refusal, status: int) -> Response:
    door.metrics.refused.add(reason.value)
    return Response(status_code=status)


def _headers(request: Request) -> dict[str, str | Sequence[str]]:
    return {name: request.headers.getlist(name) for name in request.headers}


def _response(answer: BoltResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values if name.lower() != "content-length" else ():
            response.headers.append(name, value)
    return response
