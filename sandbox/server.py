"""Putting the sandbox together and running it, in this process or as one of its own."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.applications import Starlette

from sandbox.admin import Admin, admin_routes
from sandbox.config import Config
from sandbox.connection import KeepTransport
from sandbox.courier import Courier
from sandbox.faults import Faults
from sandbox.ledger import Ledger
from sandbox.mailbox import Mailbox
from sandbox.mailpages import mail_routes
from sandbox.page import page_routes
from sandbox.people import People
from sandbox.response_urls import response_url_routes
from sandbox.sockets import SocketHub, socket_routes
from sandbox.webapi.routes import WebApi, api_routes
from sandbox.workspace import Workspace


class Sandbox(People):
    """A whole local Slack: what people do and see (`People`), and the ASGI app."""

    def __init__(
        self,
        config: Config | None = None,
        *,
        ledger: Path | None = None,
        mailbox: Mailbox | None = None,
    ) -> None:
        workspace = Workspace(config or Config(), ledger=ledger)
        self.sockets = SocketHub(workspace)
        super().__init__(workspace, Courier(workspace, self.sockets))
        self.api = WebApi(workspace)
        routes = [
            *api_routes(self.api),
            *socket_routes(self.sockets),
            *response_url_routes(workspace),
            *admin_routes(Admin(self, self.api.gate)),
            *mail_routes(mailbox, workspace),
            *page_routes(workspace),
        ]
        self.app = KeepTransport(Starlette(routes=routes))

    @property
    def faults(self) -> Faults:
        """Trouble on demand."""
        return self.workspace.faults

    @property
    def ledger(self) -> Ledger:
        """Every call and every acknowledgement."""
        return self.workspace.ledger


def uvicorn_config(sandbox: Sandbox, log_level: str = "warning") -> uvicorn.Config:
    """How the sandbox is served; `connection.cut` relies on the h11 protocol."""
    return uvicorn.Config(
        sandbox.app,
        http="h11",
        ws="websockets-sansio",
        lifespan="off",
        # The loggers belong to whoever serves it: uvicorn would take over those of the process.
        log_config=None,
        log_level=log_level,
        access_log=False,
        timeout_graceful_shutdown=2,
    )


class SandboxServer(Sandbox):
    """A sandbox that serves itself on a thread between `with` and its end.

    `port` 0 takes a free one; `ledger` keeps the book in a file too; the page shows what
    `mailbox` takes. `url` is the page, `api_url` what `SLACK_API_URL` should be.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        ledger: Path | None = None,
        mailbox: Mailbox | None = None,
    ) -> None:
        super().__init__(config, ledger=ledger, mailbox=mailbox)
        self._listener = socket.create_server((host, port), backlog=2048)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        self.api_url = f"{self.url}/api/"
        self.workspace.base_url = self.url
        self._server = uvicorn.Server(uvicorn_config(self))
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    def serve(self, log_level: str = "warning") -> None:
        """Serve on this thread until the process is told to stop."""
        self._server = uvicorn.Server(uvicorn_config(self, log_level))
        self._run()

    def __enter__(self) -> SandboxServer:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.courier.stop()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()
        self.ledger.close()
