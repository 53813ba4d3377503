"""The HTTP way in, over a real server: what is Slack's is passed on, everything else is refused."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import Engine, text

from bot.bolt import build_bolt_app
from bot.metrics import Metrics
from bot.server import HttpServer, bind
from bot.settings import GivenSettings
from handlers.door import Door
from handlers.http import LARGEST_BODY, build_http
from school.database import make_engine
from school.migrate import upgrade
from tests.e2e.tiny_slack import signed_headers

SECRET = "a secret"
THREADS = 4


def now() -> datetime:
    return datetime.now(UTC)


def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1")


@pytest.fixture
def bolt() -> App:
    """An app that echoes a command's words, and one command that takes its time."""
    app = build_bolt_app(GivenSettings(slack_signing_secret=SECRET), authorize)

    def echo(ack: Ack, body: dict[str, Any]) -> None:
        ack(response_type="ephemeral", text=f"heard {body['text']}")

    def slow(ack: Ack) -> None:
        time.sleep(1)
        ack("at last")

    def quiet(ack: Ack) -> None:
        ack()

    app.command("/echo")(echo)
    app.command("/slow")(slow)
    app.event("app_home_opened")(quiet)
    return app


@pytest.fixture
def engine(tmp_path: Any) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path}/http.db")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def door(bolt: App, engine: Engine) -> Door:
    return Door(engine, bolt, SECRET, Metrics(), now, THREADS)


def serving(door: Door) -> Iterator[httpx.Client]:
    listening = bind("127.0.0.1", 0)
    server = HttpServer(build_http(door), listening)
    server.start()
    port = listening.getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5, trust_env=False) as client:
        yield client
    server.stop()
    door.engine.dispose()


@pytest.fixture
def client(door: Door) -> Iterator[httpx.Client]:
    yield from serving(door)


def command(name: str = "/echo", words: str = "hello") -> bytes:
    form = {"command": name, "text": words, "user_id": "U1", "team_id": "T1", "trigger_id": "1.2"}
    return urlencode(form).encode()


def post(
    client: httpx.Client, body: bytes, headers: dict[str, str] | None = None
) -> httpx.Response:
    given = signed_headers(body, SECRET) if headers is None else headers
    return client.post("/slack/events", content=body, headers=given)


def test_a_signed_command_is_answered_by_its_listener(client: httpx.Client) -> None:
    answer = post(client, command(words="Zoë O'Neil <b>"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == {"response_type": "ephemeral", "text": "heard Zoë O'Neil <b>"}


def test_a_repeated_request_of_slacks_is_answered_again(client: httpx.Client) -> None:
    event = {"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened"}}
    body = json.dumps(event).encode()
    headers = signed_headers(body, SECRET) | {
        "Content-Type": "application/json",
        "X-Slack-Retry-Num": "1",
        "X-Slack-Retry-Reason": "http_timeout",
    }
    assert [post(client, body, headers).status_code for _ in range(2)] == [200, 200]


def test_slacks_challenge_is_given_back(client: httpx.Client) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZb"}).encode()
    headers = signed_headers(body, SECRET) | {"Content-Type": "application/json"}
    assert post(client, body, headers).json() == {"challenge": "3eZb"}


def test_slacks_look_at_the_certificate_needs_no_signature(client: httpx.Client) -> None:
    answer = post(client, b"ssl_check=1&token=x&command=%2Fecho", headers={})
    assert (answer.status_code, answer.text) == (200, "")


def refused(**changes: str) -> dict[str, str]:
    return signed_headers(command(), SECRET) | changes


@pytest.mark.parametrize(
    "headers",
    [
        {},
        refused(**{"X-Slack-Signature": "v0=0000"}),
        refused(**{"X-Slack-Request-Timestamp": "yesterday"}),
        refused(**{"X-Slack-Request-Timestamp": "1531420618"}),
        signed_headers(command(), "another secret"),
        signed_headers(command(), SECRET, at=time.time() - 400),
    ],
)
def test_what_is_not_slacks_is_refused_without_a_word(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    answer = post(client, command(), headers)
    assert (answer.status_code, answer.text) == (401, "")


def test_a_signature_beyond_ascii_is_refused(client: httpx.Client) -> None:
    headers: Any = {
        **{name.encode(): value.encode() for name, value in refused().items()},
        b"X-Slack-Signature": "v0=ü".encode(),
    }
    assert client.post("/slack/events", content=command(), headers=headers).status_code == 401


def test_a_body_that_is_no_text_is_refused(client: httpx.Client) -> None:
    body = b"\xff\xfe" + command()
    assert post(client, body).status_code == 400


def test_a_body_that_is_broken_json_is_refused(client: httpx.Client) -> None:
    body = b'{"type": '
    headers = signed_headers(body, SECRET) | {"Content-Type": "application/json"}
    assert post(client, body, headers).status_code == 400


@pytest.mark.parametrize("body", [b"[1]", b"5", b"null", b'{"a":' * 90_000])
def test_a_body_of_another_shape_is_refused_without_a_traceback(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    headers = signed_headers(body, SECRET) | {"Content-Type": "application/json"}
    assert post(client, body, headers).status_code == 400
    assert "Traceback" not in caplog.text


def test_what_breaks_inside_of_bolt_is_logged_by_its_reference_alone(
    client: httpx.Client, bolt: App, caplog: pytest.LogCaptureFixture
) -> None:
    bolt.error(lambda error: None)
    payload = {"type": "block_actions", "user": {"id": "U1"}, "actions": []}
    body = urlencode({"payload": json.dumps(payload)}).encode()
    assert post(client, body).status_code == 500
    assert re.search(r"Reference \w{4}: IndexError", caplog.text)
    assert "Traceback" not in caplog.text


def test_a_body_that_does_not_arrive_is_let_go(door: Door) -> None:
    for client in serving(replace(door, read_limit=0.1)):

        def trickle() -> Iterator[bytes]:
            yield b"command="
            time.sleep(0.5)
            yield b"%2Fecho"

        answer = client.post("/slack/events", content=trickle(), headers=refused())
        assert answer.status_code == 408


def test_a_caller_who_hangs_up_leaves_no_traceback(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = (client.base_url.host, client.base_url.port)
    with socket.create_connection(address) as caller:
        caller.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nab")
    while 'reason="body"' not in client.get("/metrics").text:
        time.sleep(0.01)
    assert "Traceback" not in caplog.text


def test_a_large_body_is_no_look_at_the_certificate(client: httpx.Client) -> None:
    body = b"ssl_check=1" + b"&a=1" * 1000
    assert post(client, body, headers={}).status_code == 401


def test_a_body_beyond_the_limit_is_refused_unread(client: httpx.Client) -> None:
    assert post(client, b"x" * (LARGEST_BODY + 1)).status_code == 400


def test_refusals_are_counted_by_their_reason(client: httpx.Client) -> None:
    post(client, command(), headers=refused(**{"X-Slack-Request-Timestamp": "never"}))
    assert 'homeroom_slack_refused_total{reason="timestamp"} 1' in client.get("/metrics").text


def test_without_a_signing_secret_the_address_says_what_is_missing(
    bolt: App, engine: Engine
) -> None:
    door = Door(engine, bolt, None, Metrics(), now)
    for client in serving(door):
        answer = post(client, command())
        assert answer.status_code == 503
        assert "SLACK_SIGNING_SECRET" in answer.text


def test_health_answers_while_every_thread_waits_for_a_listener(client: httpx.Client) -> None:
    body = command("/slow")
    waiting = [threading.Thread(target=post, args=(client, body)) for _ in range(THREADS + 2)]
    for thread in waiting:
        thread.start()
    assert client.get("/healthz").text == "ok"
    assert any(thread.is_alive() for thread in waiting)
    for thread in waiting:
        thread.join()


def test_it_is_ready_when_the_database_has_its_layout(client: httpx.Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready")


def test_it_is_not_ready_with_another_layout(client: httpx.Client, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert client.get("/readyz").status_code == 503


def test_it_is_not_ready_without_its_database(bolt: App) -> None:
    engine = make_engine("sqlite:////nowhere/at/all.db")

    def no_lines() -> list[str]:
        engine.connect()
        return ["homeroom_deliveries_waiting 0"]

    door = Door(engine, bolt, SECRET, Metrics(), now, outbox_lines=no_lines)
    for client in serving(door):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "the database is not reached")
        assert "homeroom_deliveries_waiting" not in client.get("/metrics").text


def test_metrics_tell_of_requests_and_of_the_outbox_and_name_nobody(door: Door) -> None:
    for client in serving(replace(door, outbox_lines=lambda: ["homeroom_deliveries_waiting 3"])):
        post(client, command())
        page = client.get("/metrics").text
        assert "homeroom_deliveries_waiting 3" in page
        assert 'homeroom_slack_requests_total{way="http"} 1' in page
        assert "homeroom_socket_connected" not in page
        assert "U1" not in page


@pytest.mark.parametrize("connected", [True, False])
def test_metrics_tell_whether_socket_mode_is_connected(
    bolt: App, engine: Engine, connected: bool
) -> None:
    door = Door(engine, bolt, SECRET, Metrics(), now, connected=lambda: connected)
    for client in serving(door):
        assert f"homeroom_socket_connected {int(connected)}" in client.get("/metrics").text
