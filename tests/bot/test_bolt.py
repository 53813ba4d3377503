"""Bolt is set up without asking Slack anything, and without heeding stray variables."""

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest

from bot.bolt import build_bolt_app, slack_client
from bot.settings import GivenSettings


def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id,
        team_id=team_id,
        bot_token="xoxb-1",
        bot_user_id="U0BOT",
        bot_id="B1",
    )


# Nothing listens on port 9: any call to Slack would fail.
SETTINGS = GivenSettings(slack_api_url="http://127.0.0.1:9/api/", slack_signing_secret="s")


def event(user: str) -> BoltRequest:
    inside = {"type": "app_home_opened", "user": user}
    body = {"type": "event_callback", "team_id": "T1", "event": inside}
    return BoltRequest(body=body, mode="socket_mode")


def test_it_answers_while_slack_is_down() -> None:
    heard = []
    app = build_bolt_app(SETTINGS, authorize)
    app.event("app_home_opened")(lambda event: heard.append(event["user"]))
    assert app.dispatch(event("U1")).status == 200


def test_it_does_not_listen_to_itself() -> None:
    heard: list[str] = []
    app = build_bolt_app(SETTINGS, authorize)
    app.event("app_home_opened")(lambda event: heard.append(event["user"]))
    app.dispatch(event("U0BOT"))
    assert heard == []


def test_stray_variables_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "x")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    app = build_bolt_app(SETTINGS, authorize)
    assert app.oauth_flow is None
    assert app.client.token is None


def test_a_client_calls_the_given_slack_and_repeats_nothing() -> None:
    client = slack_client(SETTINGS, "xoxb-1")
    assert client.base_url == "http://127.0.0.1:9/api/"
    assert client.retry_handlers == []


@pytest.mark.parametrize(("spared", "proxy"), [("127.0.0.1", None), ("", "http://proxy:1")])
def test_a_proxy_is_left_out_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, spared: str, proxy: str | None
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:1")
    monkeypatch.setenv("NO_PROXY", spared)
    monkeypatch.setenv("no_proxy", spared)
    assert slack_client(SETTINGS).proxy == proxy
