"""Small things that the tests of this folder share."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


def section(mark: str, text: str = "Hello") -> list[dict[str, Any]]:
    """One block with an id of ours."""
    words = {"type": "plain_text", "text": text}
    return [{"type": "section", "block_id": mark, "text": words}]


def modal(**more: Any) -> dict[str, Any]:
    """A small modal."""
    title = {"type": "plain_text", "text": "A form"}
    return {"type": "modal", "title": title, "blocks": section("one"), **more}


def refused(call: Callable[..., object], **arguments: Any) -> str:
    """The error code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    answer = caught.value.response
    return str(answer["error"]) if "error" in answer.data else f"HTTP {answer.status_code}"


def outcome(call: Callable[..., object], **arguments: Any) -> str:
    """`ok`, or the error code."""
    try:
        call(**arguments)
    except SlackApiError as problem:
        data = problem.response.data
        named = isinstance(data, dict) and "error" in data
        return str(data["error"]) if named else f"HTTP {problem.response.status_code}"
    return "ok"
