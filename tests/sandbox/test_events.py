"""Events, their repeats, App Home, and Socket Mode's connections."""

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from sandbox import SandboxServer
from sandbox.people.payloads import event_payload
from tests.sandbox.support import (
    APP,
    CONFIG,
    GENERAL,
    RUIZ,
    HttpBot,
    SocketBot,
    bot_client,
    fetch,
    make_app,
)

Bot = SocketBot | HttpBot


def test_a_direct_message_reaches_the_app(slack: SandboxServer, bot: Bot) -> None:
    slack.say(RUIZ, "", "good morning")
    slack.wait_for_message(RUIZ, matching="You said good morning")


def test_what_people_say_in_channels_does_not(slack: SandboxServer, http_bot: HttpBot) -> None:
    slack.say(RUIZ, GENERAL, "good morning")
    slack.say(RUIZ, "", "hello")
    slack.wait_for_message(RUIZ, matching="You said hello")
    slack.wait_until(lambda: slack.ledger.acknowledgements("event"))
    assert [a.name for a in slack.ledger.acknowledgements("event")] == ["message.im"]


def test_opening_home_lets_the_app_publish_it(slack: SandboxServer, bot: Bot) -> None:
    slack.open_home(RUIZ)
    home = slack.wait_for_home(RUIZ)
    assert "Good morning" in home.blocks[0]["text"]["text"]
    slack.open_home(RUIZ)
    slack.wait_until(lambda: home.version == 2)


def test_a_choice_in_home_reaches_the_app(slack: SandboxServer, http_bot: HttpBot) -> None:
    slack.open_home(RUIZ)
    home = slack.wait_for_home(RUIZ)
    assert slack.suggest(RUIZ, home, "student", "le").options[0]["value"] == "leo"


def test_an_event_that_nobody_takes_is_sent_three_times_more(slack: SandboxServer) -> None:
    slack.open_home(RUIZ)
    slack.wait_until(lambda: len(slack.ledger.acknowledgements("event")) == 4)
    assert [a.attempt for a in slack.ledger.acknowledgements("event")] == [0, 1, 2, 3]


def test_repeats_stop_once_the_event_is_taken() -> None:
    settings = replace(CONFIG.settings, event_retry_seconds=(0.0, 0.8, 0.1))
    with SandboxServer(replace(CONFIG, settings=settings)) as slack:
        slack.say(RUIZ, "", "anyone?")
        slack.wait_until(lambda: len(slack.ledger.acknowledgements("event")) == 2)
        with HttpBot(slack):
            slack.wait_for_message(RUIZ, matching="You said anyone")
            slack.wait_until(lambda: len(slack.ledger.acknowledgements("event")) == 3)
            assert [a.ok for a in slack.ledger.acknowledgements("event")] == [False, False, True]


class Refusing(BaseHTTPRequestHandler):
    """An app that wants no event again."""

    def do_POST(self) -> None:
        self.send_response(500)
        self.send_header("X-Slack-No-Retry", "1")
        self.end_headers()


def test_an_app_can_say_that_it_wants_no_repeats() -> None:
    settings = replace(CONFIG.settings, event_retry_seconds=(0.0, 0.0, 0.0))
    with (
        SandboxServer(replace(CONFIG, settings=settings)) as slack,
        HTTPServer(("127.0.0.1", 0), Refusing) as app,
    ):
        threading.Thread(target=app.serve_forever, args=(0.02,), daemon=True).start()
        slack.workspace.app_url = f"http://127.0.0.1:{app.server_port}"
        slack.open_home(RUIZ)
        slack.wait_until(lambda: slack.ledger.acknowledgements("event"))
        slack.command(RUIZ, GENERAL, "/loud")
        app.shutdown()
        assert [a.outcome for a in slack.ledger.acknowledgements("event")] == ["no_retry"]
        assert slack.ledger.acknowledgements("command")[0].outcome == "dispatch_failed"


def test_an_event_can_be_sent_twice_on_purpose(slack: SandboxServer, http_bot: HttpBot) -> None:
    event = {
        "type": "message",
        "channel": slack.where(RUIZ).id,
        "user": RUIZ,
        "text": "twice",
        "ts": slack.workspace.new_ts(),
        "channel_type": "im",
    }
    payload = event_payload(slack.workspace, event)
    slack.send_event(payload, "message.im", RUIZ)
    slack.send_event(payload, "message.im", RUIZ)
    slack.wait_until(lambda: len(slack.messages(RUIZ)) == 2)


def test_events_that_the_app_did_not_ask_for_are_not_sent() -> None:
    with SandboxServer(replace(CONFIG, app=replace(APP, events=()))) as slack:
        slack.say(RUIZ, "", "hello")
        slack.open_home(RUIZ)
        assert slack.ledger.acknowledgements() == []


def test_a_socket_ticket_works_once(slack: SandboxServer) -> None:
    url = bot_client(slack).apps_connections_open(app_token=APP.app_token)["url"]
    with connect(url) as socket:
        assert '"hello"' in socket.recv()
        with pytest.raises(InvalidStatus):
            connect(url)
        socket.send("not json")
        socket.send('{"envelope_id": "unknown"}')
        socket.send('["list"]')
        assert slack.sockets.count == 1
    slack.wait_until(lambda: slack.sockets.count == 0)


def test_a_payload_goes_to_any_one_of_several_connections(slack: SandboxServer) -> None:
    with SocketBot(slack), SocketBot(slack):
        slack.wait_until(lambda: slack.sockets.count == 2)
        for _ in range(4):
            assert slack.command(RUIZ, GENERAL, "/loud").ok
    assert len(slack.messages(RUIZ, GENERAL)) == 8


def test_the_app_comes_back_after_being_told_to_go(slack: SandboxServer) -> None:
    with SocketBot(slack):
        slack.sockets.disconnect_all()
        slack.wait_until(lambda: slack.command(RUIZ, GENERAL, "/loud").ok)


def test_bolt_starts_against_it(slack: SandboxServer) -> None:
    assert make_app(slack).client.auth_test()["ok"]


def test_an_acknowledged_event_may_come_again_with_its_id(slack: SandboxServer, bot: Bot) -> None:
    slack.faults.set("event.*", "repeat")
    slack.say(RUIZ, "", "again")
    slack.wait_until(lambda: len(slack.ledger.acknowledgements("event")) == 2)
    first, second = slack.ledger.acknowledgements("event")
    assert (first.ok, first.attempt, second.attempt) == (True, 0, 1)
    assert first.event_id == second.event_id != ""


@pytest.mark.parametrize("kind", ["disconnect", "cut"])
def test_the_app_comes_back_when_its_socket_goes_in_the_middle(
    slack: SandboxServer, kind: str
) -> None:
    with SocketBot(slack):
        slack.faults.set("command./loud", kind)
        slack.command(RUIZ, GENERAL, "/loud")
        slack.wait_until(lambda: slack.command(RUIZ, GENERAL, "/loud").ok)


def test_a_warning_leaves_the_socket_open_for_a_while() -> None:
    settings = replace(CONFIG.settings, socket_warning_seconds=0.3)
    with SandboxServer(replace(CONFIG, settings=settings)) as slack:
        url = bot_client(slack).apps_connections_open(app_token=APP.app_token)["url"]
        with connect(url) as socket:
            assert '"hello"' in socket.recv()
            post(slack, "sockets", {"reason": "warning"})
            assert '"reason": "warning"' in socket.recv()
            assert slack.sockets.count == 1
            slack.wait_until(lambda: slack.sockets.count == 0)


def test_a_socket_can_be_cut_without_a_farewell(slack: SandboxServer) -> None:
    url = bot_client(slack).apps_connections_open(app_token=APP.app_token)["url"]
    with connect(url) as socket:
        socket.recv()
        post(slack, "sockets", {})
        with pytest.raises(ConnectionClosedError):
            socket.recv()


def post(slack: SandboxServer, name: str, data: object) -> None:
    """Steer the sandbox over HTTP."""
    assert fetch(f"{slack.url}/_sandbox/{name}", data)[0] == 200
