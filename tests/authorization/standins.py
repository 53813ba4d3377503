"""What stands in for Slack and its addresses, and threads that can be waited for."""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import Any


@dataclass
class RecordingSlack:
    """A Slack that knows who is a guest and keeps what it was told."""

    flags: dict[str, bool] = field(default_factory=dict)
    told: list[Any] = field(default_factory=list)

    def call(self, _workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        if method == "users.info":
            return {"user": {"id": arguments["user"], **self.flags}}
        self.told.append((method, arguments))
        return {"view": {"id": "V1", "hash": "h"}}

    def held_until(self, _workspace_id: int, _method: str) -> datetime | None:
        return None


class Hurried:
    """The clock of Bolt, which looks for an acknowledgement every 10 ms: here at once."""

    time = staticmethod(time.time)

    @staticmethod
    def sleep(seconds: float) -> None:
        time.sleep(seconds / 50)


class Waited(ThreadPoolExecutor):
    """Threads whose work can be waited for, without an end to them."""

    def __init__(self) -> None:
        super().__init__(4, "listener")
        self.begun: list[Future[Any]] = []

    def submit(self, act: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.begun.append(super().submit(act, *arguments, **named))
        return self.begun[-1]

    def finish(self) -> None:
        """Wait until all is done, what was begun meanwhile included."""
        while self.begun:
            wait([self.begun.pop()])


class Told(BaseHTTPRequestHandler):
    """Takes what is posted to a `response_url`."""

    posts: list[Any]

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        type(self).posts.append(json.loads(self.rfile.read(length)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its own name
        """Keep quiet."""
