"""Slash commands, over Socket Mode and over signed HTTP."""

import pytest

from sandbox import SandboxServer
from tests.sandbox.support import GENERAL, PARK, RUIZ, HttpBot, SocketBot

Bot = SocketBot | HttpBot


def test_a_command_is_answered_to_the_asker_alone_and_by_direct_message(
    slack: SandboxServer, bot: Bot
) -> None:
    outcome = slack.command(RUIZ, GENERAL, "/student-report", "Maya")
    assert outcome.ok
    assert outcome.message is not None
    assert outcome.message.ephemeral_for == RUIZ
    assert [m.text for m in slack.messages(RUIZ, GENERAL)] == ["Maya's report is in your messages"]
    assert slack.messages(PARK, GENERAL) == []
    report = slack.wait_for_message(RUIZ, matching="Maya")
    assert report.blocks[0]["text"]["text"] == "*Maya* is well"
    assert slack.messages(PARK) == []


def test_a_late_acknowledgement_is_shown_as_a_failure_and_counted(
    slack: SandboxServer, bot: Bot
) -> None:
    outcome = slack.command(RUIZ, GENERAL, "/slow")
    assert outcome.error == "operation_timeout"
    assert outcome.message is not None
    assert outcome.message.text == '/slow failed with the error "operation_timeout"'
    assert [(a.kind, a.name, a.outcome) for a in slack.ledger.failures()] == [
        ("command", "/slow", "operation_timeout")
    ]


def test_an_answer_that_breaks_the_limits_fails(slack: SandboxServer, http_bot: HttpBot) -> None:
    outcome = slack.command(RUIZ, GENERAL, "/bad")
    assert outcome.error == "invalid_blocks"
    assert slack.ledger.failures()[0].outcome == "invalid_blocks"


def test_an_answer_in_channel_shows_everyone_the_command_too(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    slack.command(RUIZ, GENERAL, "/loud")
    seen = slack.messages(PARK, GENERAL)
    assert [(m.author, m.text) for m in seen] == [(RUIZ, "/loud"), ("U0BOT", "Hear, hear")]


def test_what_was_typed_arrives_escaped(slack: SandboxServer, http_bot: HttpBot) -> None:
    outcome = slack.command(RUIZ, "", "/student-report", "A & <B>")
    assert outcome.message is not None
    assert outcome.message.text.startswith("A &amp; &lt;B&gt;")


def test_an_unknown_command_never_reaches_the_app(slack: SandboxServer) -> None:
    outcome = slack.command(RUIZ, GENERAL, "/nonsense")
    assert not outcome.ok
    assert outcome.message is not None
    assert "not a valid command" in outcome.message.text
    assert slack.ledger.acknowledgements() == []


def test_without_an_app_that_listens_a_command_fails(slack: SandboxServer) -> None:
    assert slack.command(RUIZ, GENERAL, "/loud").error == "dispatch_failed"
    slack.workspace.app_url = "http://127.0.0.1:9"
    assert slack.command(RUIZ, GENERAL, "/loud").error == "dispatch_failed"


def test_a_wrong_signing_secret_is_refused_by_bolt(
    slack: SandboxServer, http_bot: HttpBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.courier.sign", lambda *_: "v0=wrong")
    assert slack.command(RUIZ, GENERAL, "/loud").error == "dispatch_failed"
