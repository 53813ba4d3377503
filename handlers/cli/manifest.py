"""What `manifest.json` declares to Slack, for those who need to know the same."""

import json
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent.parent.parent / "manifest.json"


def manifest() -> dict[str, Any]:
    """The whole manifest."""
    found: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


def bot_scopes() -> list[str]:
    """The permissions that the bot asks for."""
    return list(manifest()["oauth_config"]["scopes"]["bot"])


def local_slack_app() -> dict[str, Any]:
    """What the local Slack wants to know of the app, from its name to its events."""
    declared = manifest()
    words = ("description", "usage_hint")
    return {
        "name": declared["display_information"]["name"],
        "description": declared["display_information"]["description"],
        "commands": [
            {"name": one["command"], **{word: one[word] for word in words}}
            for one in declared["features"]["slash_commands"]
        ],
        "shortcuts": declared["features"].get("shortcuts", []),
        "scopes": bot_scopes(),
        "events": declared["settings"]["event_subscriptions"]["bot_events"],
    }
