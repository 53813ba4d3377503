"""Steering the sandbox from another process, and starting it as one."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer, load_config
from sandbox.__main__ import build, parser
from tests.ports import free_port
from tests.sandbox.support import CONFIG, GENERAL, PARK, RUIZ, HttpBot, fetch, refusal
from tests.sandbox.toy import card

ROOT = Path(__file__).parent.parent.parent


def post(slack: SandboxServer, name: str, **data: Any) -> dict[str, Any]:
    """Act over HTTP."""
    answer: dict[str, Any] = json.loads(fetch(f"{slack.url}/_sandbox/{name}", data)[1])
    return answer


def get(slack: SandboxServer, name: str, query: str = "") -> Any:
    """Read over HTTP."""
    return json.loads(fetch(f"{slack.url}/_sandbox/{name}?{query}")[1])


def test_a_whole_visit_over_http(
    slack: SandboxServer, http_bot: HttpBot, client: WebClient
) -> None:
    done = post(slack, "command", user=RUIZ, channel=GENERAL, command="/student-report", text="Mia")
    assert done["message"]["text"] == "Mia's report is in your messages"
    slack.wait_for_message(RUIZ, matching="Mia")
    seen = get(slack, "messages", f"user={RUIZ}")[0]
    where = {"user": RUIZ, "channel": seen["channel"], "ts": seen["ts"]}
    assert post(slack, "suggest", **where, action_id="student", query="l")["options"]
    assert post(slack, "click", **where, action_id="range", value="7d")["ok"]
    slack.wait_for_message(RUIZ, matching="Range 7d")
    assert post(slack, "say", user=RUIZ, text="hi")["message"]["text"] == "hi"
    post(slack, "home", user=RUIZ)
    slack.wait_for_home(RUIZ)
    state = get(slack, "state", f"user={RUIZ}&channel={GENERAL}")
    assert state["home"]["blocks"]
    assert state["messages"][0]["ephemeral"]
    assert get(slack, "state", f"user={PARK}&channel={GENERAL}")["messages"] == []


def test_a_form_over_http(slack: SandboxServer, http_bot: HttpBot) -> None:
    post(slack, "command", user=RUIZ, channel=GENERAL, command="/ask")
    slack.wait_for_modal(RUIZ)
    view = get(slack, "modal", f"user={RUIZ}")
    wrong = post(slack, "submit", user=RUIZ, view_id=view["id"], values={"text": "wrong"})
    assert wrong["field_errors"] == {"name": "Not that name"}
    assert post(slack, "click", user=RUIZ, view_id=view["id"], action_id="refresh")["ok"]
    other = post(slack, "click", user=PARK, view_id=view["id"], action_id="refresh")
    assert not other["ok"]
    assert post(slack, "close", user=RUIZ, view_id=view["id"])["ok"]
    assert get(slack, "modal", f"user={RUIZ}") is None


def test_faults_ledger_and_settings_over_http(slack: SandboxServer, client: WebClient) -> None:
    post(slack, "faults", method="auth.test", kind="ratelimited", times=3, retry_after=9)
    assert get(slack, "faults")[0]["retry_after"] == 9
    fetch(f"{slack.url}/_sandbox/faults", method="DELETE")
    assert get(slack, "faults") == []
    client.auth_test()
    assert get(slack, "ledger")["calls"][0]["method"] == "auth.test"
    fetch(f"{slack.url}/_sandbox/ledger", method="DELETE")
    assert get(slack, "ledger")["calls"] == []
    assert post(slack, "settings", rate_limits=True)["rate_limits"] is True
    assert post(slack, "settings", app_url="http://127.0.0.1:9")["app_url"]
    assert slack.workspace.app_url == "http://127.0.0.1:9"


def test_scripts_and_chances_over_http(slack: SandboxServer, client: WebClient) -> None:
    assert post(slack, "faults", method="auth.test", script=["ok", "server_error"])["ok"]
    assert post(slack, "faults", method="*", mix={"late": 0.02}, seed=3, seconds=2)["ok"]
    client.auth_test()
    script, mix = get(slack, "faults")
    assert script["script"] == ["server_error"]
    assert (mix["mix"], mix["seed"]) == ({"late": 0.02}, 3)
    assert not post(slack, "faults", method="*", mix={"late": 2})["ok"]
    assert not post(slack, "faults", method="*")["ok"]


def test_a_revoked_token_over_http(slack: SandboxServer, client: WebClient) -> None:
    post(slack, "settings", token_error="account_inactive")
    assert refusal(client.auth_test) == "account_inactive"
    post(slack, "settings", token_error="")
    assert client.auth_test()["ok"]


def test_who_and_what_there_is(slack: SandboxServer) -> None:
    known = get(slack, "people")
    assert [p["name"] for p in known["people"]] == ["Ms Ruiz", "Mr Park", "Gail Guest"]
    assert known["commands"][0]["usage_hint"] == "<student> [range]"


def test_mistakes_are_answered_in_words(slack: SandboxServer, client: WebClient) -> None:
    client.chat_postMessage(channel=RUIZ, text="x", blocks=card("x"))
    assert "no such message" in post(slack, "click", user=RUIZ, action_id="x", ts="1")["error"]
    assert post(slack, "say", user="U0NOBODY", text="x")["error"] == "user_not_found"
    assert "explode" in post(slack, "faults", method="*", kind="explode")["error"]
    assert not json.loads(fetch(f"{slack.url}/_sandbox/say", [1])[1])["ok"]


def test_a_workspace_can_be_described_in_json(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    data = {
        "people": [{"id": "U1", "name": "Ada", "email": "ada@school.test"}],
        "channels": [{"id": "C1", "name": "maths", "members": ["U1"]}],
        "app": {"name": "Bot", "commands": [{"name": "/hi"}], "scopes": ["commands"]},
        "settings": {"ack_seconds": 1.5, "event_retry_seconds": [0.1]},
    }
    path.write_text(json.dumps(data))
    config = load_config(path)
    assert config.people[0].name == "Ada"
    assert config.channels[0].members == ("U1",)
    assert config.app.commands[0].name == "/hi"
    assert config.settings.event_retry_seconds == (0.1,)
    options = parser().parse_args(
        ["--config", str(path), "--app-url", "http://127.0.0.1:1", "--rate-limits"]
    )
    built = build(options)
    assert (built.app.url, built.settings.rate_limits) == ("http://127.0.0.1:1", True)
    assert load_config_of({}, tmp_path).team_id == "T0SANDBOX"
    with pytest.raises(TypeError):
        load_config_of({"colour": "red"}, tmp_path)


def load_config_of(data: dict[str, object], folder: Path) -> Any:
    """A workspace from data, by way of a file."""
    path = folder / "other.json"
    path.write_text(json.dumps(data))
    return load_config(path)


def test_it_runs_as_a_process_of_its_own() -> None:
    port = free_port()
    command = [sys.executable, "-m", "sandbox", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env=dict(os.environ)) as run:
        assert run.stderr is not None
        while b"running on" not in run.stderr.readline():
            assert run.poll() is None
        assert fetch(f"http://127.0.0.1:{port}/api/api.test", {"a": 1})[0] == 200
        run.send_signal(signal.SIGINT)
        run.stderr.read()


def test_two_sandboxes_know_nothing_of_each_other(slack: SandboxServer) -> None:
    with SandboxServer(replace(CONFIG, team_id="T0OTHER")) as other:
        other.say(RUIZ, GENERAL, "x")
        assert slack.messages(RUIZ, GENERAL) == []
