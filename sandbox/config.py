"""What a sandbox workspace is made of: its people, channels, app and durations.

Everything here is plain, frozen data that the caller hands over; nothing is read from files or the
environment except by `load_config`, which reads the same shape from JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEFAULT_SCOPES = (
    "commands",
    "chat:write",
    "files:write",
    "files:read",
    "users:read",
    "users:read.email",
    "im:write",
    "im:read",
    "im:history",
)


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace. The flags are Slack's own names."""

    id: str
    name: str
    email: str = ""
    tz: str = "America/New_York"
    locale: str = "en-US"
    title: str = ""
    team_id: str = ""
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class ChannelSpec:
    """A public channel. No members named means everyone; `has_bot` puts the app in it.

    Nobody writes in an archived one any more.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    has_bot: bool = True
    topic: str = ""
    is_archived: bool = False


@dataclass(frozen=True)
class Command:
    """A slash command as the app's manifest declares it. `name` begins with a slash."""

    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A shortcut as the app's manifest declares it; `type` is `global` or `message`."""

    name: str
    callback_id: str
    description: str = ""
    type: str = "global"


@dataclass(frozen=True)
class AppSpec:
    """The one app of the workspace. `url` set: signed HTTP to `url`; empty: Socket Mode."""

    name: str = "Homeroom"
    id: str = "A0SANDBOX"
    bot_id: str = "B0SANDBOX"
    bot_user_id: str = "U0BOT"
    description: str = ""
    bot_token: str = "xoxb-sandbox"
    app_token: str = "xapp-sandbox"
    signing_secret: str = "sandbox-signing-secret"
    url: str = ""
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    events: tuple[str, ...] = ("app_home_opened", "message.im")


@dataclass(frozen=True)
class Settings:
    """Every duration (seconds) and limit of the sandbox, so that tests can shorten them."""

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    response_url_uses: int = 5
    file_ready_seconds: float = 0.8
    event_retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    socket_ticket_seconds: float = 30.0
    socket_connections: int = 10
    socket_warning_seconds: float = 10.0
    rate_limits: bool = False
    per_minute: dict[str, int] = field(default_factory=dict)
    """Calls a minute by method, where they are not to be those of Slack's tiers."""
    posts_a_second: float = 1.0
    post_burst: int = 3
    posts_a_minute: int = 300
    ledger_size: int = 50_000


@dataclass(frozen=True)
class Config:
    """A whole workspace, as it is before anybody has said anything."""

    people: tuple[Person, ...] = (Person("U0TEACHER", "Ms Ruiz", "ruiz@school.test"),)
    channels: tuple[ChannelSpec, ...] = (ChannelSpec("C0GENERAL", "general"),)
    app: AppSpec = field(default_factory=AppSpec)
    settings: Settings = field(default_factory=Settings)
    team_id: str = "T0SANDBOX"
    team_name: str = "Sandbox School"
    team_domain: str = "sandbox-school"
    faults: tuple[dict[str, Any], ...] = ()
    """What goes wrong from the start, each as `Faults.add` takes it."""


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has only lists; the frozen dataclasses hold tuples."""
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}


def parse_config(data: dict[str, Any]) -> Config:
    """A `Config` from plain JSON data whose keys are the fields' names. Raises TypeError."""
    given = dict(data)
    if "people" in given:
        given["people"] = tuple(Person(**_tuples(p)) for p in given["people"])
    if "channels" in given:
        given["channels"] = tuple(ChannelSpec(**_tuples(c)) for c in given["channels"])
    if "app" in given:
        app = dict(given["app"])
        app["commands"] = tuple(Command(**c) for c in app.get("commands", ()))
        app["shortcuts"] = tuple(Shortcut(**s) for s in app.get("shortcuts", ()))
        given["app"] = AppSpec(**_tuples(app))
    if "faults" in given:
        given["faults"] = tuple(given["faults"])
    if "settings" in given:
        given["settings"] = Settings(**_tuples(given["settings"]))
    return Config(**given)


def load_config(path: Path) -> Config:
    """Read a `Config` from a JSON file."""
    return parse_config(json.loads(path.read_text(encoding="utf-8")))
