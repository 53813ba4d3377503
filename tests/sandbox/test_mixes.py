"""Trouble by chance and by script, and calls that are carried out late."""

import json
from collections import Counter
from http.client import HTTPConnection, RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import SandboxServer
from sandbox.faults import Faults
from tests.sandbox.support import APP, GENERAL, RUIZ, fetch, refusal, upload

TROUBLE = {"ratelimited": 0.05, "server_error": 0.05, "drop": 0.05, "late": 0.02}


def fates(seed: int, calls: int = 2000) -> list[str]:
    """What becomes of so many calls."""
    faults = Faults()
    faults.mix("chat.*", TROUBLE, seed=seed, retry_after=3)
    drawn = [faults.take("chat.postMessage", "C1") for _ in range(calls)]
    return [str(fault.kind) if fault else "ok" for fault in drawn]


def test_a_seed_draws_the_same_fates_again() -> None:
    assert fates(1) == fates(1)
    assert fates(1) != fates(2)


def test_chances_are_kept_in_the_long_run() -> None:
    counted = Counter(fates(3, 20_000))
    for kind, chance in TROUBLE.items():
        assert counted[kind] / 20_000 == pytest.approx(chance, abs=0.006)


def test_a_mix_says_what_each_kind_is_like() -> None:
    faults = Faults()
    faults.mix("*", {"late": {"chance": 1, "seconds": 4}}, retry_after=9, channel="C1")
    assert faults.take("chat.update", "C2") is None
    found = faults.take("chat.update", "C1")
    assert found is not None
    assert (found.kind, found.seconds, found.retry_after) == ("late", 4, 9)
    assert faults.as_data() == [
        {"method": "*", "channel": "C1", "mix": {"late": 1.0}, "seed": 0, "drawn": 1}
    ]


@pytest.mark.parametrize("chances", [{"drop": 0.6, "late": 0.6}, {"drop": -0.1}])
def test_chances_that_cannot_be_are_refused(chances: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        Faults().mix("*", chances)


def test_a_lucky_call_may_still_meet_the_next_fault(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.mix("*", {"drop": 0.0})
    slack.faults.set("auth.test", "error", code="fatal_error")
    assert refusal(client.auth_test) == "fatal_error"


def test_a_script_is_played_in_order(slack: SandboxServer, client: WebClient) -> None:
    steps: list[str | dict[str, str]] = [
        "ratelimited",
        "ok",
        "drop",
        {"kind": "error", "code": "fatal_error"},
    ]
    slack.faults.script("chat.postMessage", steps, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=RUIZ, text="1")
    assert caught.value.response.headers["retry-after"] == "7"
    client.chat_postMessage(channel=RUIZ, text="2")
    assert slack.faults.as_data()[0]["script"] == ["drop", "error"]
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=RUIZ, text="3")
    assert refusal(client.chat_postMessage, channel=RUIZ, text="4") == "fatal_error"
    client.chat_postMessage(channel=RUIZ, text="5")
    assert [m.text for m in slack.messages(RUIZ)] == ["2", "3", "5"]
    assert slack.faults.as_data() == []


def test_a_late_call_is_carried_out_after_its_caller_has_given_up(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.set("chat.postMessage", "late", seconds=0.3)
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=RUIZ, text="late")
    assert slack.messages(RUIZ) == []
    assert slack.ledger.calls("chat.postMessage") == []
    slack.wait_for_message(RUIZ, matching="late")
    slack.wait_until(lambda: slack.ledger.calls("chat.postMessage"))
    call = slack.ledger.calls("chat.postMessage", accepted=True)[0]
    assert (call.outcome, call.ts) == ("late", slack.messages(RUIZ)[0].ts)
    assert call.at - call.received >= 0.3


def test_a_late_call_may_be_refused_when_its_time_comes(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.set("chat.postMessage", "late", seconds=0.05)
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel="C0NOWHERE", text="late")
    slack.wait_until(lambda: slack.ledger.calls("chat.postMessage"))
    call = slack.ledger.calls("chat.postMessage")[0]
    assert (call.outcome, call.accepted) == ("channel_not_found", False)


@pytest.mark.parametrize("method", ["upload", "response_url"])
def test_other_addresses_can_be_late_too(
    slack: SandboxServer, client: WebClient, method: str
) -> None:
    slack.faults.set(method, "late", seconds=0.1)
    if method == "upload":
        with pytest.raises(RemoteDisconnected):
            upload(client)
    else:
        url = slack.workspace.new_response_url(RUIZ, GENERAL)
        with pytest.raises(RemoteDisconnected):
            fetch(url, {"text": "late"})
    assert slack.ledger.calls(method) == []
    slack.wait_until(lambda: slack.ledger.calls(method, accepted=True))
    assert slack.ledger.calls(method)[0].outcome == "late"


def test_a_scope_can_be_taken_away(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("files.*", "missing_scope", times=None)
    with pytest.raises(SlackApiError) as caught:
        client.files_getUploadURLExternal(filename="x", length=1)
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")
    assert "files:write" not in answer["provided"].split(",")
    assert "chat:write" in answer["provided"].split(",")


def test_an_unknown_method_names_itself(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("auth.test", "unknown_method")
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response["req_method"] == "auth.test"


def test_plain_data_asks_for_all_three() -> None:
    faults = Faults()
    faults.add({"method": "chat.*", "mix": {"drop": 0.5}, "seed": 2})
    faults.add({"method": "files.*", "script": ["late"], "seconds": 2})
    faults.add({"method": "*", "kind": "slow", "seconds": 1})
    kinds = [next(k for k in ("mix", "script", "kind") if k in each) for each in faults.as_data()]
    assert kinds == ["mix", "script", "kind"]
    with pytest.raises(TypeError):
        faults.add({"method": "*", "kind": "slow", "colour": "red"})


def test_what_spoils_calls_leaves_events_alone_and_the_other_way_round() -> None:
    faults = Faults()
    faults.mix("*", {"drop": 1})
    faults.script("*", ["repeat"])
    faults.set("*", "cut")
    taken = faults.take("event.message.im", "", to_app=True)
    assert taken is not None
    assert taken.kind == "repeat"
    taken = faults.take("event.message.im", "", to_app=True)
    assert taken is not None
    assert taken.kind == "cut"
    assert faults.take("event.message.im", "", to_app=True) is None
    taken = faults.take("chat.update", "")
    assert taken is not None
    assert taken.kind == "drop"


def test_a_slow_call_is_carried_out_though_its_caller_has_gone(slack: SandboxServer) -> None:
    slack.faults.set("chat.postMessage", "slow", seconds=0.3)
    hasty = HTTPConnection("127.0.0.1", slack.port, timeout=0.1)
    headers = {"Authorization": f"Bearer {APP.bot_token}", "Content-Type": "application/json"}
    body = json.dumps({"channel": RUIZ, "text": "in the end"})
    hasty.request("POST", "/api/chat.postMessage", body, headers)
    with pytest.raises(TimeoutError):
        hasty.getresponse()
    hasty.close()
    assert slack.messages(RUIZ) == []
    slack.wait_for_message(RUIZ, matching="in the end")
