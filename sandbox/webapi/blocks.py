"""blocks.validate."""

from __future__ import annotations

from typing import Any

from sandbox.blocks import check_blocks, check_view
from sandbox.errors import SlackError, invalid
from sandbox.files import FileDesk
from sandbox.webapi.call import ApiCall


def validate(call: ApiCall) -> dict[str, Any]:
    """Check exactly one of `blocks`, `message` or `view` and change nothing."""
    given = [name for name in ("blocks", "message", "view") if call.args.get(name)]
    if len(given) != 1:
        raise invalid("invalid_arguments", "provide exactly one of blocks, view, or message")
    name, ready = given[0], FileDesk(call.workspace).shows
    value = call.data(name)
    try:
        if name == "view":
            check_view(value, ready)
        else:
            blocks = value.get("blocks", []) if isinstance(value, dict) else value
            check_blocks(blocks, "message", ready)
    except SlackError as refusal:
        raise SlackError(f"invalid_{name}", **refusal.extra) from refusal
    return {}
