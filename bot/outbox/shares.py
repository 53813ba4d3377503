"""Where a file is shared, by what `files.info` says of it."""

from collections.abc import Iterator
from typing import Any

GROUPS = ("channels", "groups", "ims")


def is_shared(file: dict[str, Any], channel: str) -> bool:
    """Whether the file stands in a message of the channel."""
    named = any(channel in (file.get(group) or ()) for group in GROUPS)
    return named or next(_posts(file, channel), None) is not None


def says_where(file: dict[str, Any]) -> bool:
    """Whether this Slack says at all where files are, be it nowhere as yet."""
    return any(group in file for group in (*GROUPS, "shares"))


def share_ts(file: dict[str, Any], channel: str) -> str:
    """The timestamp of the message that the file stands in; empty where Slack does not say."""
    return next((str(post.get("ts") or "") for post in _posts(file, channel)), "")


def _posts(file: dict[str, Any], channel: str) -> Iterator[dict[str, Any]]:
    """`shares` has, by `public` and `private`, the messages of each channel."""
    for by_channel in (file.get("shares") or {}).values():
        yield from by_channel.get(channel) or ()
