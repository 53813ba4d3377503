"""The Slack gateway: our own thin client, which sends once, passes the gate and names each failure.

`slack_sdk` repeats a call whose connection dropped, and one such call was accepted twice; here
nothing is ever repeated. What came of a call is told by what is raised, so that the caller can keep
its own book.
"""

import http.client
import json
import logging
import re
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Self, cast

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.bolt import slack_client
from bot.gate import Gate
from bot.settings import Settings
from bot.slack_trouble import (
    LACKING,
    NO_METHOD,
    UNREADABLE,
    HeldBack,
    Refused,
    SlackTrouble,
    Unclear,
    Unreachable,
    held_back,
)
from school.database import SessionFactory, reading

__all__ = [
    "LACKING",
    "NO_METHOD",
    "UNREADABLE",
    "HeldBack",
    "Refused",
    "SlackGateway",
    "SlackTrouble",
    "Unclear",
    "Unreachable",
    "held_back",
    "utc_now",
]

LOG = logging.getLogger(__name__)
UPLOAD = "files.upload"
"""The name under which the gate knows the sending of a file's bytes."""
RETRY_AFTER = 30.0
"""Seconds to leave a method alone that holds us back without saying for how long."""

SLOW_LINE = 100_000
"""Bytes a second that a slow line uploads."""

LONGEST_RETRY_AFTER = 86_400.0
"""Seconds. Slack speaks of minutes; a longer wait is a mistake and must close nothing for good."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})
# Slack: "It's possible some aspect of the operation succeeded before the error was raised."
UNCLEAR = frozenset({"fatal_error", "internal_error", "service_unavailable"})
JSON_METHODS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.")
_CODE = re.compile(r"[a-z0-9_:]{1,100}")


def utc_now() -> datetime:
    """The clock on the wall, aware."""
    return datetime.now(UTC)


class SlackGateway:
    """Calls Slack's methods for the workspaces that `tokens` knows, each call at most once."""

    def __init__(
        self,
        settings: Settings,
        session_factory: SessionFactory,
        tokens: Callable[[int], str],
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.gate = Gate(settings)
        self._settings = settings
        self._session_factory = session_factory
        self._tokens = tokens
        self._now = now
        self._clients: dict[str, WebClient] = {}
        self._lock = Lock()
        self.is_patient = False

    def patient(self) -> Self:
        """The same gateway for calls that nobody waits for: they leave turns to those that do."""
        other = copy(self)
        other.is_patient = True
        return other

    def call(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Pass the gate, then call; returns Slack's answer, which is ok.

        Raises HeldBack, Refused, Unclear or Unreachable. Never waits for the gate.
        """
        self._pass_gate(workspace_id, method, str(arguments.get("channel") or ""))
        return self.call_reserved(workspace_id, method, **arguments)

    def call_reserved(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Call where the caller's own transaction has passed the gate. Raises as `call` does."""
        self._stop_if_banned(workspace_id, method)
        client = self._client(self._tokens(workspace_id))
        try:
            form, body = _encoded(method, arguments)
            answer = client.api_call(method, params=form, json=body)
        except SlackApiError as error:
            raise self._named(workspace_id, method, error) from None
        except (OSError, http.client.HTTPException, SlackRequestError, ValueError) as error:
            raise named_failure(method, error) from None
        except AttributeError:
            # The SDK takes for granted that an answer is an object, and not a list or a number.
            raise Unclear(method, UNREADABLE) from None
        return cast(dict[str, Any], answer.data)

    def upload(self, workspace_id: int, url: str, content: bytes) -> None:
        """Send a file's bytes to the address that Slack gave for them. Raises as `call` does."""
        self._pass_gate(workspace_id, UPLOAD, "")
        if not url.startswith(("https://", "http://")):
            raise Refused(UPLOAD, "invalid_upload_url")
        headers = {"Content-Type": "application/octet-stream"}
        request = urllib.request.Request(url, content, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._time_for(content)) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise self._by_status(
                    workspace_id, UPLOAD, error.code, error.headers.get("Retry-After")
                ) from None
        except (OSError, http.client.HTTPException) as error:
            raise named_failure(UPLOAD, error) from None

    def _time_for(self, content: bytes) -> float:
        """Seconds that an upload may take: more for more, and less than its sender's lease."""
        limits = self._settings
        return min(max(limits.send_timeout, len(content) / SLOW_LINE), 0.75 * limits.lease)

    def held_until(self, workspace_id: int, method: str) -> datetime | None:
        """Until when Slack holds a method back, None when it does not."""
        return self.gate.held_until(self._session_factory, workspace_id, method, self._now())

    def _pass_gate(self, workspace_id: int, method: str, channel: str) -> None:
        now = self._now()
        with self._session_factory() as session:
            if not self.gate.is_counted(method, channel):
                reading(session)
            wait = self.gate.reserve(
                session, workspace_id, method, channel, now, patient=self.is_patient
            )
            session.commit()
        if wait is not None:
            raise held_back(method, wait, now)

    def _stop_if_banned(self, workspace_id: int, method: str) -> None:
        now = self._now()
        until = self.gate.banned(workspace_id, method, now)
        if until is not None:
            raise HeldBack(method, until, now, interval=self.gate.interval(method))

    def _client(self, token: str) -> WebClient:
        with self._lock:
            client = self._clients.get(token)
            if client is None:
                client = slack_client(self._settings, token)
                # The SDK says int, but hands it on to urllib, which takes parts of a second.
                client.timeout = cast(int, self._settings.send_timeout)
                self._clients[token] = client
            return client

    def _named(self, workspace_id: int, method: str, error: SlackApiError) -> SlackTrouble:
        response = error.response
        wait = response.headers.get("Retry-After")
        code = str(response.get("error") or "")
        if response.status_code == 200 and code in RATE_LIMITED:
            return self._by_status(workspace_id, method, 429, wait)
        is_code = _CODE.fullmatch(code) is not None
        if response.status_code == 429 or (response.status_code != 200 and not is_code):
            return self._by_status(workspace_id, method, response.status_code, wait)
        if code in UNCLEAR or response.status_code >= 500 or not is_code:
            return Unclear(method, code if is_code else UNREADABLE)
        return Refused(method, code)

    def _by_status(
        self, workspace_id: int, method: str, status: int, retry_after: str | None
    ) -> SlackTrouble:
        if status == 429:
            now = self._now()
            seconds = _seconds(retry_after)
            until = self.gate.ban(self._session_factory, workspace_id, method, seconds, now)
            LOG.warning("Slack holds %s back for %s s", method, seconds)
            return HeldBack(method, until, now, interval=self.gate.interval(method))
        if status >= 500 and status != 501:
            return Unclear(method, f"http_{status}")
        return Refused(method, f"http_{status}")


def lacks_method(error: SlackApiError) -> bool:
    """Whether the SDK's error says that this Slack has no such method."""
    status, code = error.response.status_code, str(error.response.get("error") or "")
    if not _CODE.fullmatch(code):
        code = UNREADABLE if status == 200 else f"http_{status}"
    return code in NO_METHOD or code == UNREADABLE


def named_failure(method: str, error: Exception) -> SlackTrouble:
    """Unreachable where the connection never stood, Unclear where something may have gone out."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    never = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    if isinstance(cause, never):
        return Unreachable(method, type(cause).__name__)
    return Unclear(method, type(cause).__name__)


def _encoded(
    method: str, arguments: dict[str, Any]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The arguments as the SDK's own methods send them: a form, or else a JSON body."""
    given = {name: value for name, value in arguments.items() if value is not None}
    if method.startswith(JSON_METHODS):
        return None, given
    nested = (dict, list)
    return {k: json.dumps(v) if isinstance(v, nested) else v for k, v in given.items()}, None


def _seconds(retry_after: str | None) -> float:
    """How long to wait by Slack's word; what is no number, or none of seconds, is not one."""
    try:
        seconds = float(retry_after or RETRY_AFTER)
    except ValueError:
        return RETRY_AFTER
    return min(seconds, LONGEST_RETRY_AFTER) if seconds >= 0 else RETRY_AFTER
