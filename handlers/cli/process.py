"""One running bot: everything that `serve` puts together, started and stopped in order."""

import socket
import time

from slack_bolt import App

from bot.bolt import build_bolt_app, slack_client
from bot.clock import Clock
from bot.installs import SingleInstall
from bot.links import Pages
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.pictures import RememberedPictures
from bot.server import HttpServer
from bot.slack import SlackGateway
from bot.sockets import SocketMode
from bot.workers import DrawingPool
from handlers.cli.opening import OpenSchool, utc_now
from handlers.deliveries import BUILDERS, ENTRIES, mails
from handlers.door import Door
from handlers.http import build_http
from handlers.jobs import JOBS
from handlers.pages.serving import PageDoor
from handlers.registry import register
from handlers.services import Services


class Process:
    """A bot for one open school: `start()` returns when requests are answered."""

    def __init__(self, school: OpenSchool, token: str, listening: socket.socket) -> None:
        settings, factory = school.settings, school.session_factory
        client = slack_client(settings, token)
        self._metrics = Metrics()
        self._install = SingleInstall(token, factory, school.workspace_id, client)
        self._pool = DrawingPool(settings.drawing_processes)
        gateway = SlackGateway(settings, factory, self._install.token_for, now=utc_now)
        pictures, pages = RememberedPictures(self._pool), Pages.of(settings)
        self._outbox = Outbox(
            factory,
            gateway,
            BUILDERS,
            pictures,
            settings,
            mails=mails(pages),
            entries=ENTRIES,
            now=utc_now,
        )
        self._clock = Clock(factory, JOBS, settings, now=utc_now, wake=self._outbox.wake)
        bolt = build_bolt_app(settings, self._install.authorize)
        register(bolt, Services(factory, gateway, settings, utc_now, self._outbox.wake))
        self._sockets = (
            SocketMode(bolt, settings, self._metrics) if settings.slack_app_token else None
        )
        self._http = HttpServer(build_http(self._door(school, bolt)), listening)

    def start(self) -> None:
        """Answer requests. Neither Slack nor the drawing processes are waited for."""
        self._outbox.start()
        self._clock.start()
        self._http.start()
        self._install.start()
        if self._sockets:
            self._sockets.start()

    def wait_until_connected(self, limit: float) -> None:
        """Wait until Slack reaches us over Socket Mode, at most `limit` seconds."""
        deadline = time.monotonic() + limit
        while self._sockets and not self._sockets.connected and time.monotonic() < deadline:
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop in order: nothing comes in, nothing begins, nothing goes out, the workers end."""
        if self._sockets:
            self._sockets.stop()
        self._http.stop()
        self._install.stop()
        self._clock.stop()
        self._outbox.stop()
        self._pool.close()

    def _door(self, school: OpenSchool, bolt: App) -> Door:
        settings, sockets = school.settings, self._sockets
        return Door(
            engine=school.engine,
            bolt=bolt,
            signing_secret=settings.slack_signing_secret,
            metrics=self._metrics,
            now=utc_now,
            threads=settings.listener_threads,
            outbox_lines=lambda: [*self._outbox.metrics_lines(), *self._clock.metrics_lines()],
            connected=(lambda: sockets.connected) if sockets else None,
            pages=PageDoor(
                school.session_factory,
                settings,
                self._outbox.wake,
                self._pool.make,
                Pages.of(settings),
            ),
        )
