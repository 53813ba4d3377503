"""Socket Mode: connects in the background for as long as it takes, and is measured."""

import logging
import socket
import time
from http.client import HTTPException
from threading import Condition, Event, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.bolt import slack_client
from bot.logs import BOLT
from bot.metrics import Metrics
from bot.settings import Settings

LOG = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between attempts to connect: doubled from the first to the longest."""
LAST_ACKNOWLEDGEMENTS = 1.0
"""Seconds that requests under way get when the connection is to be closed."""
PING_INTERVAL = 2.0
"""Seconds. The SDK takes a connection for lost after five pings that could not be sent."""
RECEIVE_BUFFER = 65_536
"""Bytes. The SDK reads a payload by recursion, one level a buffer: its 1024 is too little."""


class MeasuredHandler(SocketModeHandler):
    """Bolt's handler of Socket Mode that also counts how soon it acknowledges."""

    def __init__(self, app: App, settings: Settings, metrics: Metrics) -> None:
        client = slack_client(settings)
        super().__init__(
            app,
            app_token=settings.slack_app_token,
            web_client=client,
            logger=logging.getLogger(BOLT),
            ping_interval=PING_INTERVAL,
            receive_buffer_size=RECEIVE_BUFFER,
            concurrency=settings.listener_threads,
        )
        self.client.proxy = client.proxy
        self._metrics = metrics
        self.greeted = False
        self.client.message_listeners.append(self._listen_for_hello)
        self._under_way = 0
        self._changed = Condition()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Pass one envelope to Bolt and acknowledge it."""
        started = time.monotonic()
        self._count(1)
        try:
            super().handle(client, req)
        finally:
            self._count(-1)
        self._metrics.acknowledged("socket", time.monotonic() - started)

    def _listen_for_hello(self, _client: Any, message: dict[str, Any], _raw: str | None) -> None:
        # Only after its hello does Slack send requests over a connection.
        self.greeted = self.greeted or message.get("type") == "hello"

    def wait_until_idle(self, limit: float) -> None:
        """Wait until every request is acknowledged, at most `limit` seconds."""
        with self._changed:
            self._changed.wait_for(self._is_idle, limit)

    def _is_idle(self) -> bool:
        return self._under_way == 0 and self.client.message_queue.empty()

    def _count(self, step: int) -> None:
        with self._changed:
            self._under_way += step
            self._changed.notify_all()


class SocketMode:
    """The connection to Slack over which requests arrive; Slack may be down when it starts."""

    def __init__(self, app: App, settings: Settings, metrics: Metrics) -> None:
        self._handler = MeasuredHandler(app, settings, metrics)
        self._stopped = Event()
        self._thread = Thread(target=self._connect, name="socket-mode", daemon=True)

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return self._handler.greeted and bool(self._handler.client.is_connected())

    def start(self) -> None:
        """Begin to connect. Returns at once; later losses are mended by the SDK's own monitor."""
        self._thread.start()

    def stop(self) -> None:
        """Acknowledge what has come in, disconnect, and end the threads."""
        self._stopped.set()
        self._handler.wait_until_idle(LAST_ACKNOWLEDGEMENTS)
        _wake_threads(self._handler.client)
        self._handler.client.close()

    def _connect(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopped.is_set():
            try:
                self._handler.client.connect()
            except SlackApiError as refusal:
                LOG.error(
                    "Slack refuses the connection (%s). Is SLACK_APP_TOKEN the xapp- token with "
                    "connections:write of this app? Trying again.",
                    refusal.response.get("error"),
                )
            except (SlackClientError, OSError, HTTPException, ValueError) as failure:
                LOG.warning("Slack is not reached (%s). Trying again.", type(failure).__name__)
            else:
                # From here on the SDK's monitor connects again whenever the connection is lost.
                LOG.info("Socket Mode is on")
                return
            self._stopped.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def _wake_threads(client: SocketModeClient) -> None:
    """Let the SDK's threads look up from their waits: closing joins them, up to seconds each."""
    client.closed = True
    client.message_queue.put(None)
    session = client.current_session
    connection = session.sock if session else None
    if connection is not None:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            LOG.debug("The connection was closed already")
