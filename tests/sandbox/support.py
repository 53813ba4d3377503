"""The workspace of these tests and the two ways of running the toy bot."""

import threading
from types import TracebackType
from typing import Self

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import (
    AppSpec,
    ChannelSpec,
    Command,
    Config,
    Person,
    SandboxServer,
    Settings,
)
from tests.sandbox.toy import register

RUIZ, PARK, GUEST = "U0RUIZ", "U0PARK", "U0GUEST"
GENERAL, STAFF, ELSEWHERE = "C0GENERAL", "C0STAFF", "C0ELSEWHERE"
APP = AppSpec(
    name="Homeroom",
    description="Honest numbers for teachers",
    commands=(
        Command("/student-report", "How one student is doing", "<student> [range]"),
        Command("/class-report", "How a class is doing", "[class] [range]"),
        Command("/slow", "Answers too late"),
        Command("/bad", "Answers with blocks that Slack refuses"),
        Command("/loud", "Answers for all to see"),
        Command("/ask", "Opens a form"),
    ),
)
SETTINGS = Settings(
    ack_seconds=0.4,
    trigger_seconds=0.6,
    file_ready_seconds=0.15,
    event_retry_seconds=(0.0, 0.05, 0.1),
)
CONFIG = Config(
    people=(
        Person(RUIZ, "Ms Ruiz", "ruiz@school.test", title="Grade 5 Maths"),
        Person(PARK, "Mr Park", "park@school.test", tz="Asia/Seoul"),
        Person(GUEST, "Gail Guest", "guest@else.test", is_ultra_restricted=True),
    ),
    channels=(
        ChannelSpec(GENERAL, "general", topic="Everything else"),
        ChannelSpec(STAFF, "staff-room", members=(RUIZ,)),
        ChannelSpec(ELSEWHERE, "elsewhere", has_bot=False),
    ),
    app=APP,
    settings=SETTINGS,
)


def bot_client(slack: SandboxServer, token: str = APP.bot_token) -> WebClient:
    """A client that repeats nothing by itself."""
    return WebClient(token=token, base_url=slack.api_url, retry_handlers=[], timeout=5)


def make_app(slack: SandboxServer) -> App:
    """The toy bot on Bolt."""
    app = App(client=bot_client(slack), signing_secret=APP.signing_secret)
    register(app)
    return app


class SocketBot:
    """The toy bot over Socket Mode."""

    def __init__(self, slack: SandboxServer) -> None:
        self.slack = slack
        self.handler = SocketModeHandler(make_app(slack), APP.app_token, ping_interval=0.2)
        self.handler.client.web_client = bot_client(slack, APP.app_token)

    def __enter__(self) -> Self:
        self.handler.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.handler.close()


class HttpBot:
    """The toy bot over signed HTTP."""

    def __init__(self, slack: SandboxServer) -> None:
        self.slack = slack
        handler = SlackRequestHandler(make_app(slack))

        async def endpoint(request: Request) -> Response:
            return await handler.handle(request)

        web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
        config = uvicorn.Config(web, port=0, log_level="warning", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.slack.workspace.app_url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.slack.workspace.app_url = ""
        self.server.should_exit = True
        self.thread.join(5)
