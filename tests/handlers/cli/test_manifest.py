"""The manifest asks Slack for what the docs give a reason for, and turns on what we use."""

import re

import pytest

from handlers.cli.manifest import MANIFEST, bot_scopes, manifest

DOCS = MANIFEST.parent / "docs" / "slack-app.md"


def test_every_permission_has_its_reason_in_the_docs_and_none_other() -> None:
    rows = re.findall(r"^\| `([a-z.:_]+)` \| (.+) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    reasons = dict(rows)
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(reasons) == {*bot_scopes(), "connections:write", *events}
    assert all(len(reason) > 20 for reason in reasons.values())


def test_the_permissions_are_those_that_are_needed() -> None:
    assert sorted(bot_scopes()) == [
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
        "users:read.email",
    ]


def test_socket_mode_buttons_and_home_are_on() -> None:
    declared = manifest()
    assert declared["settings"]["socket_mode_enabled"]
    assert declared["settings"]["interactivity"]["is_enabled"]
    assert declared["features"]["app_home"]["home_tab_enabled"]
    assert declared["features"]["app_home"]["messages_tab_enabled"]


@pytest.mark.parametrize("word", ["description", "usage_hint"])
def test_every_command_says_what_it_is_for(word: str) -> None:
    assert all(one[word] for one in manifest()["features"]["slash_commands"])


def test_slacks_own_limits_are_kept() -> None:
    shown = manifest()["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
