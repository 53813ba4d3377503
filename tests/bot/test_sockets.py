"""Socket Mode connects in the background, again whenever it must, and loses no answer at last."""

import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot.bolt import build_bolt_app
from bot.metrics import Metrics
from bot.settings import GivenSettings
from bot.sockets import SocketMode
from tests.e2e.tiny_slack import APP_TOKEN, TinySlack
from tests.ports import free_port

Connect = Callable[[str], SocketMode]


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as slack:
        yield slack


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def connect(metrics: Metrics) -> Iterator[Connect]:
    """Connects a bot that echoes `/echo` after a moment to the Slack at an address."""
    made: list[SocketMode] = []

    def start(address: str) -> SocketMode:
        settings = GivenSettings(slack_api_url=address, slack_app_token=APP_TOKEN)
        made.append(SocketMode(echoing(settings), settings, metrics))
        made[-1].start()
        return made[-1]

    yield start
    for one in made:
        one.stop()


def echoing(settings: GivenSettings) -> App:
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1")

    def echo(ack: Ack, body: dict[str, Any]) -> None:
        time.sleep(0.3)
        ack(f"heard {body['text'][-10:]}")

    app = build_bolt_app(settings, authorize)
    app.command("/echo")(echo)
    return app


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def heard(slack: TinySlack, words: str) -> str:
    found: str = slack.command_by_socket("U1", "/echo", words)["text"]
    return found


def test_a_command_is_answered_and_counted(
    slack: TinySlack, connect: Connect, metrics: Metrics
) -> None:
    sockets = connect(slack.address)
    until(lambda: sockets.connected)
    assert heard(slack, "hello") == "heard hello"
    until(lambda: 'way="socket"} 1' in "\n".join(metrics.lines()))


def test_a_large_request_arrives_whole(slack: TinySlack, connect: Connect) -> None:
    sockets = connect(slack.address)
    until(lambda: sockets.connected)
    assert heard(slack, "x" * 200_000 + "the end") == "heard xxxthe end"


def test_it_starts_while_slack_is_down_and_connects_later(connect: Connect) -> None:
    port = free_port()
    sockets = connect(f"http://127.0.0.1:{port}/api/")
    time.sleep(0.2)
    assert not sockets.connected
    with TinySlack(port=port) as slack:
        until(lambda: sockets.connected)
        assert heard(slack, "at last") == "heard at last"


def test_a_refused_token_is_told_in_the_log_and_tried_again(
    slack: TinySlack, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuses_sockets = "invalid_auth"
    sockets = connect(slack.address)
    until(lambda: "SLACK_APP_TOKEN" in caplog.text)
    assert APP_TOKEN not in caplog.text
    slack.refuses_sockets = ""
    until(lambda: sockets.connected)


@pytest.mark.parametrize("lost", ["hang_up", "send_away"])
def test_it_comes_back_when_the_connection_ends(
    slack: TinySlack, connect: Connect, lost: str
) -> None:
    sockets = connect(slack.address)
    until(lambda: sockets.connected)
    getattr(slack, lost)()
    until(lambda: slack.connections_seen == 2 and slack.connections == 1)
    until(lambda: sockets.connected)
    assert heard(slack, "again") == "heard again"


def test_a_request_under_way_is_answered_before_it_disconnects(
    slack: TinySlack, connect: Connect
) -> None:
    sockets = connect(slack.address)
    until(lambda: sockets.connected)
    answers: list[str] = []
    asking = Thread(target=lambda: answers.append(heard(slack, "last")))
    asking.start()
    time.sleep(0.1)
    sockets.stop()
    asking.join()
    assert answers == ["heard last"]
    assert not sockets.connected


def test_it_can_be_stopped_before_it_ever_connected(connect: Connect) -> None:
    sockets = connect("http://127.0.0.1:9/api/")
    sockets.stop()
    assert not sockets.connected
