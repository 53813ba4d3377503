"""The HTTP server, in a thread of its own, so that the main thread minds the signals."""

import socket
import time
from threading import Thread
from typing import Any

import uvicorn

from school.errors import HomeroomError

START_LIMIT = 10.0
"""Seconds until an HTTP server that does not come up is given up."""
STOP_LIMIT = 3
"""Seconds that requests under way may take when the server stops."""


class PortTaken(HomeroomError):
    """Another program listens where the server should."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises PortTaken, in words, where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({error.strerror}). "
            "Stop the program that uses this port, or choose another with PORT=…"
        ) from None


class HttpServer:
    """uvicorn serving one ASGI app on one bound socket."""

    def __init__(self, app: Any, listening: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=STOP_LIMIT,
        )
        self._server = uvicorn.Server(config)
        self._listening = listening
        self._thread = Thread(target=self._run, name="http", daemon=True)

    def start(self) -> None:
        """Serve; returns when the first request can be answered. Raises HomeroomError if not."""
        self._thread.start()
        deadline = time.monotonic() + START_LIMIT
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise HomeroomError("The HTTP server did not start; its log says why.")
            time.sleep(0.005)

    def stop(self) -> None:
        """Take in nothing more, finish what is under way, and end the thread."""
        self._server.should_exit = True
        self._thread.join(STOP_LIMIT + 2)

    def _run(self) -> None:
        self._server.run(sockets=[self._listening])
