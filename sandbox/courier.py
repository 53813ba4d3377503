"""Bringing things to the app, by signed HTTP or over a socket, and judging how it answered.

Whatever is not acknowledged within `settings.ack_seconds` has failed in the person's eyes, even if
the app goes on working.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.faults import Fault, FaultKind
from sandbox.sockets import SocketHub
from sandbox.workspace import Workspace

Check = Callable[[dict[str, Any] | None], str]
TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"
UNWANTED = "no_retry"
"""An event that the app refused with `X-Slack-No-Retry: 1`."""


@dataclass(frozen=True)
class Envelope:
    """Something for the app. `kind` is Socket Mode's word for it; `label` the ledger's."""

    kind: str
    payload: dict[str, Any]
    label: str
    name: str
    user: str
    wants_answer: bool = False
    attempt: int = 0
    retry_reason: str = ""


@dataclass(frozen=True)
class Answer:
    """How the app answered.

    `outcome` is `ok`, `operation_timeout`, `dispatch_failed`, `no_retry`, or what was wrong with
    the body.
    """

    outcome: str
    seconds: float
    body: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        """Whether it came in time."""
        return self.outcome == "ok"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature: HMAC-SHA256 over `v0:timestamp:body`."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Courier:
    """Carries envelopes to the app and writes down how they were answered."""

    def __init__(self, workspace: Workspace, sockets: SocketHub) -> None:
        self._workspace = workspace
        self.sockets = sockets
        self._stopping = threading.Event()

    @property
    def transport(self) -> str:
        """`http` when the app has an address, else `socket`."""
        return "http" if self._workspace.app_url else "socket"

    def deliver(self, envelope: Envelope, check: Check | None = None) -> Answer:
        """Bring it once and wait for the answer, at most `ack_seconds`.

        `check` says in one word what is wrong with the answer's body, or nothing.
        """
        return self._bring(envelope, check, self._fault(envelope))

    def _fault(self, envelope: Envelope) -> Fault | None:
        """What is to go wrong on the way."""
        return self._workspace.faults.take(f"{envelope.label}.{envelope.name}", "", to_app=True)

    def _bring(self, envelope: Envelope, check: Check | None, fault: Fault | None) -> Answer:
        begun = time.monotonic()
        limit = self._workspace.settings.ack_seconds
        if self._workspace.app_url:
            outcome, body = self._by_http(envelope, limit)
        else:
            outcome, body = self._by_socket(envelope, limit, fault)
        seconds = time.monotonic() - begun
        if outcome == "ok" and seconds > limit:
            outcome, body = TIMEOUT, None
        if outcome == "ok" and check is not None:
            outcome = check(body) or "ok"
        answer = Answer(outcome, seconds, body)
        self._note(envelope, answer)
        return answer

    def _note(self, envelope: Envelope, answer: Answer) -> None:
        self._workspace.ledger.note_ack(
            at=self._workspace.clock(),
            kind=envelope.label,
            name=envelope.name,
            user=envelope.user,
            seconds=round(answer.seconds, 4),
            outcome=answer.outcome,
            transport=self.transport,
            attempt=envelope.attempt,
            event_id=str(envelope.payload.get("event_id", "")),
        )

    def deliver_event(self, envelope: Envelope) -> None:
        """Bring an event in the background, again after each of `event_retry_seconds`."""
        threading.Thread(target=self._event, args=(envelope,), daemon=True).start()

    def _event(self, envelope: Envelope) -> None:
        fault = self._fault(envelope)
        answer = self._bring(envelope, None, fault)
        again = fault is not None and fault.kind is FaultKind.REPEAT
        for attempt, pause in enumerate(self._workspace.settings.event_retry_seconds, start=1):
            settled = answer.ok or answer.outcome == UNWANTED
            if (settled and not again) or self._stopping.wait(pause):
                return
            reason = self._reason(answer)
            answer = self.deliver(replace(envelope, attempt=attempt, retry_reason=reason))
            again = False

    def _reason(self, answer: Answer) -> str:
        """Why an event comes again, in Slack's words for each transport."""
        if self.transport == "socket":
            return "timeout"
        return "http_error" if answer.outcome == FAILED else "http_timeout"

    def stop(self) -> None:
        """Give up on events that still wait for another try."""
        self._stopping.set()

    def _shake(self, fault: Fault | None) -> None:
        """What happens to the sockets once something has been sent over one of them."""
        if fault is not None and fault.kind is FaultKind.DISCONNECT:
            self.sockets.disconnect_all(fault.reason)
        elif fault is not None and fault.kind is FaultKind.CUT:
            self.sockets.cut_all()

    def _by_socket(
        self, envelope: Envelope, limit: float, fault: Fault | None
    ) -> tuple[str, dict[str, Any] | None]:
        data = {
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.wants_answer,
        }
        if envelope.kind == "events_api":
            data |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.retry_reason}
        return self.sockets.ask(data, limit, partial(self._shake, fault))

    def _by_http(self, envelope: Envelope, limit: float) -> tuple[str, dict[str, Any] | None]:
        address = urlsplit(self._workspace.app_url)
        body, content_type = encode(envelope)
        stamp = str(int(self._workspace.clock()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(self._workspace.config.app.signing_secret, stamp, body),
            "User-Agent": "Slackbot 1.0 (sandbox)",
        }
        if envelope.attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        host, port = address.hostname or "", address.port
        connection = http.client.HTTPConnection(host, port, timeout=limit)
        try:
            connection.request("POST", f"{address.path.rstrip('/')}/slack/events", body, headers)
            response = connection.getresponse()
            answer = read_answer(response.status, response.read())
            final = response.getheader("X-Slack-No-Retry") == "1"
            events = envelope.kind == "events_api"
            return (UNWANTED, None) if events and final and answer[0] == FAILED else answer
        except TimeoutError:
            return TIMEOUT, None
        except (OSError, http.client.HTTPException):
            return FAILED, None
        finally:
            connection.close()


def encode(envelope: Envelope) -> tuple[bytes, str]:
    """The HTTP body and content type that Slack uses for each sort of request."""
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload).encode(), "application/json"
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload).encode(), form
    return urlencode({"payload": json.dumps(envelope.payload)}).encode(), form


def read_answer(status: int, body: bytes) -> tuple[str, dict[str, Any] | None]:
    """What an HTTP answer means; plain text is a message's text."""
    if status != http.client.OK:
        return FAILED, None
    if not body.strip():
        return "ok", None
    try:
        data = json.loads(body)
    except ValueError:
        return "ok", {"text": body.decode(errors="replace")}
    return "ok", data if isinstance(data, dict) else {"text": str(data)}
