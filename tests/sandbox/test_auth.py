"""Tokens, scopes, and methods that there are not."""

import urllib.request
from dataclasses import replace

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.support import APP, CONFIG, RUIZ, bot_client, fetch, refusal


def test_auth_test_names_the_workspace_and_the_bot(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == ("T0SANDBOX", APP.bot_user_id)
    assert answer.headers["x-oauth-scopes"] == ",".join(APP.scopes)


def test_a_call_without_a_token_is_not_authed(slack: SandboxServer) -> None:
    assert '"not_authed"' in fetch(f"{slack.api_url}auth.test", {})[1]


def test_a_foreign_token_is_invalid(slack: SandboxServer) -> None:
    assert refusal(bot_client(slack, "xoxb-other").auth_test) == "invalid_auth"


def test_each_kind_of_token_opens_its_own_methods(slack: SandboxServer, client: WebClient) -> None:
    opening = client.apps_connections_open
    assert refusal(opening, app_token=APP.bot_token) == "not_allowed_token_type"
    assert refusal(bot_client(slack, APP.app_token).auth_test) == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": RUIZ, "text": "x"}),
        ("files:write", "files.getUploadURLExternal", {"filename": "x", "length": 1}),
        ("users:read.email", "users.lookupByEmail", {"email": "ruiz@school.test"}),
        ("im:write", "conversations.open", {"users": RUIZ}),
    ],
)
def test_a_scope_that_was_not_granted_is_named(
    scope: str, method: str, arguments: dict[str, object]
) -> None:
    app = replace(APP, scopes=tuple(s for s in APP.scopes if s != scope))
    with SandboxServer(replace(CONFIG, app=app)) as slack:
        client = bot_client(slack)
        assert refusal(client.api_call, api_method=method, params=arguments) == "missing_scope"
        answer = fetch(f"{slack.api_url}{method}", arguments, token=APP.bot_token)[1]
        assert "missing_scope" in answer


def test_a_missing_scope_for_direct_messages_is_judged_by_the_conversation() -> None:
    scopes = (*(s for s in APP.scopes if s != "im:history"), "channels:history")
    with SandboxServer(replace(CONFIG, app=replace(APP, scopes=scopes))) as slack:
        client, own = bot_client(slack), slack.where(RUIZ).id
        assert refusal(client.conversations_history, channel=own) == "missing_scope"
        assert client.conversations_history(channel="C0GENERAL")["messages"] == []


def test_what_is_not_built_is_an_unknown_method(client: WebClient) -> None:
    assert refusal(client.team_info) == "unknown_method"


def test_api_test_says_back_what_it_was_told(client: WebClient) -> None:
    assert client.api_test(foo="bar")["args"] == {"foo": "bar"}


@pytest.mark.parametrize(("body", "error"), [("[1]", "json_not_object"), ("{", "invalid_json")])
def test_a_broken_json_body_is_refused(slack: SandboxServer, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{slack.api_url}auth.test", body.encode(), headers)
    with urllib.request.urlopen(request) as answer:
        assert error in answer.read().decode()
