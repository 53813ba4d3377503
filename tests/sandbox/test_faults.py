"""Trouble on demand, rate limits, and what the book says of them."""

import time
from dataclasses import replace
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import SandboxServer
from sandbox.webapi.gate import Gate
from tests.sandbox.support import (
    CONFIG,
    GENERAL,
    RUIZ,
    SETTINGS,
    bot_client,
    fetch,
    refusal,
    upload,
)


def test_a_call_held_back_names_its_wait_and_is_not_carried_out(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.set("chat.postMessage", "ratelimited", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=RUIZ, text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["retry-after"] == "7"
    assert slack.messages(RUIZ) == []
    client.chat_postMessage(channel=RUIZ, text="x")
    calls = slack.ledger.calls("chat.postMessage")
    assert [(c.outcome, c.early) for c in calls] == [
        ("ratelimited", False),
        ("ratelimited", True),
        ("ok", True),
    ]


def test_a_dropped_call_was_carried_out_and_nobody_told(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.set("chat.postMessage", "drop")
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=RUIZ, text="once")
    assert [m.text for m in slack.messages(RUIZ)] == ["once"]
    call = slack.ledger.calls("chat.postMessage", accepted=True)[0]
    assert (call.outcome, call.args["text"]) == ("dropped", "once")


def test_a_refused_connection_carries_nothing_out(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("chat.*", "refuse")
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=RUIZ, text="x")
    assert slack.messages(RUIZ) == []
    assert slack.ledger.calls(accepted=False)[0].outcome == "refused"


def test_a_server_error_is_a_500(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("*", "server_error")
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 500


def test_slack_may_be_slow(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("auth.test", "slow", seconds=0.2)
    begun = time.monotonic()
    assert client.auth_test()["ok"]
    assert time.monotonic() - begun >= 0.2


def test_slack_may_lack_methods_and_err_in_its_own_words(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.set("files.*", "unknown_method", times=None)
    slack.faults.set("auth.test", "error", code="fatal_error")
    for _ in range(3):
        call = client.files_getUploadURLExternal
        assert refusal(call, filename="x", length=1) == "unknown_method"
    assert refusal(client.auth_test) == "fatal_error"
    slack.faults.clear()
    assert upload(client)


def test_a_fault_may_be_meant_for_one_conversation(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("chat.postMessage", "ratelimited", channel=GENERAL)
    client.chat_postMessage(channel=RUIZ, text="x")
    assert refusal(client.chat_postMessage, channel=GENERAL, text="x") == "ratelimited"
    assert not slack.ledger.calls("chat.postMessage", RUIZ)[0].early


@pytest.mark.parametrize(
    ("kind", "status", "outcome"),
    [
        ("ratelimited", 429, "ratelimited"),
        ("unknown_method", 404, "unknown_method"),
        ("server_error", 500, "server_error"),
        ("slow", 200, "ok"),
    ],
)
def test_response_urls_have_their_troubles_too(
    slack: SandboxServer, kind: str, status: int, outcome: str
) -> None:
    slack.faults.set("response_url", kind)
    url = slack.workspace.new_response_url(RUIZ, GENERAL)
    assert fetch(url, {"text": "x"})[0] == status
    assert slack.ledger.calls("response_url")[0].outcome == outcome
    assert len(slack.messages(RUIZ, GENERAL)) == (status == 200)


@pytest.mark.parametrize(("kind", "carried_out"), [("drop", 1), ("refuse", 0)])
def test_a_response_url_may_lose_its_connection(
    slack: SandboxServer, kind: str, carried_out: int
) -> None:
    slack.faults.set("response_url", kind)
    url = slack.workspace.new_response_url(RUIZ, GENERAL)
    with pytest.raises(RemoteDisconnected):
        fetch(url, {"text": "x"})
    assert len(slack.messages(RUIZ, GENERAL)) == carried_out


def test_the_upload_address_has_its_troubles_too(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("upload", "server_error")
    reserved = client.files_getUploadURLExternal(filename="x.png", length=2)
    assert fetch(reserved["upload_url"], {})[0] == 500
    assert fetch(reserved["upload_url"], {})[0] == 200
    assert [c.outcome for c in slack.ledger.calls("upload")] == ["server_error", "ok"]


def test_a_conversation_takes_a_few_posts_at_once_and_then_one_a_second(
    limited: SandboxServer,
) -> None:
    client = bot_client(limited)
    for n in range(SETTINGS.post_burst):
        client.chat_postMessage(channel=RUIZ, text=str(n))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=RUIZ, text="too much")
    assert caught.value.response.headers["retry-after"] == "1"
    client.chat_postMessage(channel=GENERAL, text="elsewhere")
    assert refusal(client.chat_postMessage, channel=RUIZ, text="again") == "ratelimited"
    assert limited.ledger.calls("chat.postMessage")[-1].early


def test_tokens_come_back_with_time_and_methods_have_their_own() -> None:
    now = [0.0]
    gate = Gate(SETTINGS, lambda: now[0])
    assert gate.retry_after("chat.update", "C1", 1) == 0
    gate.on = True
    assert gate.retry_after("chat.update", "C1", 1) == 0
    assert gate.retry_after("chat.update", "C1", 1) == 60
    assert gate.retry_after("users.info", "", 1) == 0
    now[0] = 60.0
    assert gate.retry_after("chat.update", "C1", 1) == 0


def test_a_methods_rate_can_be_another_than_its_tiers() -> None:
    rates = replace(SETTINGS, rate_limits=True, per_minute={"conversations.history": 1})
    with SandboxServer(replace(CONFIG, settings=rates)) as slack:
        client = bot_client(slack)
        channel = client.conversations_open(users=RUIZ)["channel"]["id"]
        client.conversations_history(channel=channel)
        assert refusal(client.conversations_history, channel=channel) == "ratelimited"


def test_the_book_can_be_begun_anew(slack: SandboxServer, client: WebClient) -> None:
    client.auth_test()
    assert slack.ledger.calls()
    slack.ledger.clear()
    assert slack.ledger.as_data() == {"calls": [], "acknowledgements": [], "messages": []}
