"""A second local Slack, which is not the sandbox: the least that a Slack can be.

It knows `auth.test`, `apps.connections.open` and `chat.postMessage`, answers as sparingly
as can be, and calls every other method unknown. It shares no code with the sandbox.
"""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

TEAM, CHANNEL = "T9", "C9"
SECRET, BOT_TOKEN, APP_TOKEN = "tiny secret", "xoxb-tiny", "xapp-tiny"
IDENTITY = {"ok": True, "team_id": TEAM, "user_id": "U9BOT", "bot_id": "B9"}
ACKNOWLEDGED_WITHIN = 3.0

Data = dict[str, Any]


@dataclass
class TinySlack:
    """A running Slack.

    `posts` are the messages it was given, `calls` the methods asked for, `identity` what auth.test
    says. `lacking` is the status and text with which it meets a method that it does not have;
    it takes no kinds of blocks but `kinds` where those are given; `mumbles`: it takes messages, and
    says that something broke.
    """

    prefix: str = "/api"
    port: int = 0
    refuses_sockets: str = ""
    scopes: str = ""
    lacking: tuple[int, str] = (200, json.dumps({"ok": False, "error": "unknown_method"}))
    kinds: frozenset[str] = frozenset()
    mumbles: bool = False
    identity: Data | None = field(default_factory=lambda: dict(IDENTITY))
    posts: "Queue[Data]" = field(default_factory=Queue)
    calls: list[str] = field(default_factory=list)
    connections_seen: int = 0
    _sockets: list[ServerConnection] = field(default_factory=list)
    _acks: "Queue[Data]" = field(default_factory=Queue)

    def __enter__(self) -> Self:
        self._http = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._websockets: Server = serve(self._socket, "127.0.0.1", 0)
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        threading.Thread(target=self._websockets.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._websockets.shutdown()
        self._http.shutdown()
        self._http.server_close()

    @property
    def address(self) -> str:
        """What SLACK_API_URL is to be: here without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}{self.prefix}"

    @property
    def connections(self) -> int:
        """How many websockets a bot holds open."""
        return len(self._sockets)

    def answer(self, method: str, arguments: Data) -> Data | None:
        """What the Web API says; None where it has no such method."""
        self.calls.append(method)
        if method == "auth.test":
            return self.identity
        if method == "apps.connections.open" and self.refuses_sockets:
            return {"ok": False, "error": self.refuses_sockets}
        if method == "apps.connections.open":
            port = self._websockets.socket.getsockname()[1]
            return {"ok": True, "url": f"ws://127.0.0.1:{port}/link"}
        if method == "chat.postMessage":
            if self.kinds and any(one["type"] not in self.kinds for one in arguments["blocks"]):
                return {"ok": False, "error": "invalid_blocks"}
            self.posts.put(arguments)
            if self.mumbles:
                return {"ok": False, "error": "internal_error"}
            ts = f"{time.time():.6f}"
            return {"ok": True, "channel": arguments["channel"], "ts": ts}
        return None

    def command_by_socket(self, user: str, command: str, text: str) -> Data:
        """Send a command over the websocket; returns its acknowledgement's payload."""
        envelope_id = f"e{time.monotonic_ns()}"
        payload = _command(user, command, text)
        envelope = {"type": "slash_commands", "envelope_id": envelope_id, "payload": payload}
        self._sockets[-1].send(json.dumps(envelope | {"accepts_response_payload": True}))
        acknowledged = self._acks.get(timeout=ACKNOWLEDGED_WITHIN)
        assert acknowledged["envelope_id"] == envelope_id
        found: Data = acknowledged.get("payload") or {}
        return found

    def command_by_http(self, address: str, user: str, command: str, text: str) -> Data:
        """Send a signed command to the bot's `/slack/events`; returns the answer's body."""
        body = urllib.parse.urlencode(_command(user, command, text)).encode()
        request = urllib.request.Request(address, body, signed_headers(body))
        with urllib.request.urlopen(request, timeout=ACKNOWLEDGED_WITHIN) as answer:
            text = answer.read().decode()
        found: Data = json.loads(text) if text.startswith("{") else {"text": text}
        return found

    def hang_up(self) -> None:
        """Close every websocket, as a network or a restart of Slack does."""
        for connection in list(self._sockets):
            connection.close()

    def send_away(self) -> None:
        """Tell every websocket to go and come again, as Slack does every hour or so."""
        for connection in list(self._sockets):
            connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))

    def next_post(self, timeout: float = 20) -> Data:
        """The next message that the bot posted."""
        try:
            return self.posts.get(timeout=timeout)
        except Empty:
            raise AssertionError(f"no message came; asked for: {self.calls}") from None

    def _socket(self, connection: ServerConnection) -> None:
        self._sockets.append(connection)
        self.connections_seen += 1
        connection.send(json.dumps({"type": "hello"}))
        with suppress(ConnectionClosed):  # A bot need not say goodbye.
            for message in connection:
                self._acks.put(json.loads(message))
        self._sockets.remove(connection)


def signed_headers(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers that Slack puts on a form that it signs."""
    timestamp = str(int(time.time() if at is None else at))
    text = f"v0:{timestamp}:".encode() + body
    signature = "v0=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature,
    }


def _command(user: str, command: str, text: str) -> Data:
    return {
        "command": command,
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "trigger_id": f"{time.monotonic_ns()}.1",
    }


def _handler(slack: TinySlack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            method = self.path.removeprefix(slack.prefix + "/")
            if "json" in (self.headers.get("Content-Type") or ""):
                arguments = json.loads(body)  # Many a server breaks over an empty one.
            else:
                arguments = dict(urllib.parse.parse_qsl(body))
            answer = slack.answer(method, arguments)
            status, text = slack.lacking if answer is None else (200, json.dumps(answer))
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if slack.scopes:
                self.send_header("X-OAuth-Scopes", slack.scopes)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
