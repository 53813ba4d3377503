"""In what npm's `emulate@0.12.2` differs from Slack's documentation.

Each entry is asserted: when a newer version does better, its test fails and the entry goes. What
it lacks altogether (Socket Mode, slash commands, clicks, files that take a while, 429, repeats)
has no test here; the sandbox's own tests are about that.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """What happens there instead, and in words what emulate lacks."""

    there: Any
    lacks: str


EMULATE: dict[str, Difference] = {
    "invalid_auth": Difference("ok", "an unknown token is taken for an administrator's"),
    "unknown_method": Difference("HTTP 404", "an unknown method has no JSON error"),
    "x-oauth-scopes": Difference(False, "no header says the scopes"),
    "msg_too_long": Difference("ok", "text over 40,000 characters is cut, which Slack calls old"),
    "blocks: unknown block": Difference("ok", "blocks are not checked"),
    "blocks: too long a section": Difference("ok", "blocks are not checked"),
    "blocks: 51 blocks": Difference("ok", "blocks are not counted"),
    "blocks: the same id twice": Difference("ok", "block_ids are not compared"),
    "blocks: 13,200 characters": Difference("ok", "a message's blocks are not measured"),
    "blocks: a file that is not there": Difference("ok", "slack_file is not looked up"),
    "history: oldest": Difference(False, "oldest and inclusive are ignored"),
    "history: latest": Difference(False, "latest is ignored"),
    "metadata without asking": Difference(True, "metadata is in each history"),
    "users.info: tz": Difference(None, "people have no zone"),
    "users.info: locale": Difference(None, "people have no locale"),
    "users.info: guests": Difference(None, "there are no guests"),
    "files: without bytes": Difference("file_not_found", "the error has another name"),
    "files: another length": Difference(200, "the length is not compared"),
    "files: channel_id of a person": Difference("ok", "a person's id opens direct messages"),
    "files: deleted": Difference("file_not_found", "the error has another name"),
    "views: no title": Difference("invalid_view", "the error has another name"),
    "views: a title of 25": Difference("ok", "lengths are not checked"),
    "views: no blocks": Difference("invalid_view", "the error has another name"),
    "views: 3,001 of private metadata": Difference("ok", "lengths are not checked"),
    "views: a home": Difference("invalid_view", "the error has another name"),
}
