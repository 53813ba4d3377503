"""The workspace of these tests and the two ways of running the toy bot."""

import base64
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import pytest
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
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
    Shortcut,
)
from tests.sandbox.toy import register

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
RUIZ, PARK, GUEST = "U0RUIZ", "U0PARK", "U0GUEST"
GENERAL, STAFF, ELSEWHERE = "C0GENERAL", "C0STAFF", "C0ELSEWHERE"
SHORTCUTS = (
    Shortcut("New goal", "new_goal", "Sets a goal for a student"),
    Shortcut("About this", "about", type="message"),
)
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
    shortcuts=SHORTCUTS,
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
        self.handler.connect()  # type: ignore[no-untyped-call]  # the SDK has no types here
        self.slack.wait_until(lambda: self.slack.sockets.count, what="the bot's websocket")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # The client's own close waits up to 3 s for something to arrive; closing our end arrives.
        self.handler.client.auto_reconnect_enabled = False
        self.slack.sockets.close_all()
        self.slack.wait_until(lambda: not self.handler.client.is_connected())
        self.handler.close()  # type: ignore[no-untyped-call]  # the SDK has no types here


class HttpBot:
    """The toy bot over signed HTTP."""

    def __init__(self, slack: SandboxServer) -> None:
        self.slack = slack
        handler = SlackRequestHandler(make_app(slack))

        async def endpoint(request: Request) -> Response:
            return await handler.handle(request)

        web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
        config = uvicorn.Config(web, port=0, log_config=None, lifespan="off")
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


def refusal(call: Callable[..., object], **arguments: Any) -> str:
    """The error code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def complaints(call: Callable[..., object], **arguments: Any) -> str:
    """Everything that Slack says is wrong with a call's blocks."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return "\n".join(caught.value.response["response_metadata"]["messages"])


def upload(client: WebClient, content: bytes = PNG, name: str = "report.png") -> str:
    """Upload a file as a bot does, without a channel; returns its id."""
    reserved = client.files_getUploadURLExternal(filename=name, length=len(content))
    request = urllib.request.Request(reserved["upload_url"], data=content, method="POST")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    client.files_completeUploadExternal(files=[{"id": reserved["file_id"], "title": name}])
    return str(reserved["file_id"])


def ready_upload(slack: SandboxServer, client: WebClient, name: str = "report.png") -> str:
    """Upload a file and wait until it may be shown."""
    file_id = upload(client, name=name)
    slack.wait_until(lambda: client.files_info(file=file_id)["file"]["mimetype"], what="the file")
    return file_id


def fetch(url: str, data: object = None, method: str = "", token: str = "") -> tuple[int, str]:
    """Status and text of an address; `data` goes as JSON."""
    body = None if data is None else json.dumps(data).encode()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if body is not None:
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, body, headers, method=method or None)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


def raw(slack: SandboxServer, method: str, **arguments: object) -> dict[str, Any]:
    """A call without the SDK, which warns of messages that have no text."""
    answer = fetch(f"{slack.api_url}{method}", arguments, token=APP.bot_token)[1]
    body: dict[str, Any] = json.loads(answer)
    return body
