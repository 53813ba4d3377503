"""Shortcuts, of the app and of a message."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer, load_config
from tests.sandbox.support import CONFIG, GENERAL, RUIZ, HttpBot, SocketBot, fetch

Bot = SocketBot | HttpBot


def test_a_global_shortcut_opens_a_modal(slack: SandboxServer, bot: Bot) -> None:
    outcome = slack.shortcut(RUIZ, "new_goal")
    assert outcome.ok
    view = slack.wait_for_modal(RUIZ)
    assert view.body["callback_id"] == "goal"
    assert [a.name for a in slack.ledger.acknowledgements("shortcut")] == ["new_goal"]


def test_a_message_shortcut_carries_its_message(
    slack: SandboxServer, bot: Bot, client: WebClient
) -> None:
    client.chat_postMessage(channel=GENERAL, text="the news")
    message = slack.messages(RUIZ, GENERAL)[0]
    assert slack.shortcut(RUIZ, "about", message).ok
    said = slack.wait_for_message(RUIZ, GENERAL, matching="About the news in general")
    assert said.ephemeral_for == RUIZ


def test_a_shortcut_is_offered_only_where_it_belongs(
    slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="psst")
    message = slack.messages(RUIZ, GENERAL)[0]
    with pytest.raises(LookupError, match="no global shortcut"):
        slack.shortcut(RUIZ, "about")
    with pytest.raises(LookupError, match="no message shortcut"):
        slack.shortcut(RUIZ, "new_goal", message)
    with pytest.raises(LookupError, match="ephemeral"):
        slack.shortcut(RUIZ, "about", message)


def test_a_shortcut_that_nobody_acknowledges_has_failed(slack: SandboxServer) -> None:
    assert slack.shortcut(RUIZ, "new_goal").error == "dispatch_failed"


def test_shortcuts_over_http(slack: SandboxServer, http_bot: HttpBot, client: WebClient) -> None:
    client.chat_postMessage(channel=GENERAL, text="the news")
    ts = slack.messages(RUIZ, GENERAL)[0].ts
    address, about = f"{slack.url}/_sandbox/shortcut", {"user": RUIZ, "callback_id": "about"}
    assert fetch(address, {**about, "channel": GENERAL, "ts": ts})[0] == 200
    slack.wait_for_message(RUIZ, GENERAL, matching="About the news")
    assert fetch(address, {"user": RUIZ, "callback_id": "new_goal"})[0] == 200
    assert slack.wait_for_modal(RUIZ)
    assert fetch(address, {"user": RUIZ, "callback_id": "nothing"})[0] == 400


def test_a_manifest_declares_them(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    shortcut = {"name": "New goal", "type": "global", "callback_id": "goal", "description": "x"}
    path.write_text(json.dumps({"app": {"shortcuts": [shortcut]}}))
    assert load_config(path).app.shortcuts[0].callback_id == "goal"


def test_an_app_that_is_removed_may_do_nothing_more(client: WebClient) -> None:
    events = ("app_uninstalled", "tokens_revoked")
    app = replace(CONFIG.app, events=events)
    with SandboxServer(replace(CONFIG, app=app)) as slack:
        removed = WebClient(app.bot_token, base_url=slack.api_url, retry_handlers=[])
        assert removed.auth_test()["ok"]
        slack.revoke()
        answer = json.loads(fetch(f"{slack.api_url}auth.test", {}, token=app.bot_token)[1])
        assert answer == {"ok": False, "error": "token_revoked"}
        slack.wait_until(lambda: len(slack.ledger.acknowledgements("event")) >= 2)
        assert {a.name for a in slack.ledger.acknowledgements("event")} == set(events)
