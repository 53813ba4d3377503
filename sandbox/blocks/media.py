"""Pictures in blocks: exactly one source, ready files, and addresses that Slack could reach."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit


def image_problems(
    value: Any, pointer: str, file_ready: Callable[[dict[str, Any]], bool]
) -> Iterator[str]:
    """Everything wrong with any image, at any depth."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from image_problems(item, f"{pointer}/{number}", file_ready)
    elif isinstance(value, dict):
        if value.get("type") == "image":
            yield from _image(value, pointer, file_ready)
        for name, item in value.items():
            if isinstance(item, dict | list):
                yield from image_problems(item, f"{pointer}/{name}", file_ready)


def _image(
    image: dict[str, Any], pointer: str, file_ready: Callable[[dict[str, Any]], bool]
) -> Iterator[str]:
    if ("image_url" in image) == ("slack_file" in image):
        yield f"must provide either `image_url` or `slack_file` [json-pointer:{pointer}]"
    slack_file = image.get("slack_file")
    if isinstance(slack_file, dict) and not file_ready(slack_file):
        yield f"invalid slack file [json-pointer:{pointer}/slack_file]"
    if isinstance(image.get("image_url"), str) and not is_public(image["image_url"]):
        yield f"downloading image failed [json-pointer:{pointer}/image_url]"


def is_public(url: str) -> bool:
    """Whether Slack could fetch this address at all. Judged by its words: nothing is fetched."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host:
        return False
    if host.endswith((".local", ".localhost", ".internal", ".test")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
