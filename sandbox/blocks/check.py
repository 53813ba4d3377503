"""Walk blocks and views against the table of limits and say everything that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.blocks import limits
from sandbox.blocks.media import image_problems
from sandbox.blocks.rules import block_problems
from sandbox.blocks.spec import Rule, Shape
from sandbox.errors import SlackError, invalid

FileReady = Callable[[dict[str, Any]], bool]
"""Says whether the file that a `slack_file` object names may be shown."""

Problems = Iterator[str]


def at(pointer: str, message: str) -> str:
    """A problem in Slack's words with the place it stands."""
    return f"{message} [json-pointer:{pointer}]"


def check_blocks(blocks: Any, surface: str, file_ready: FileReady) -> None:
    """Raise `invalid_blocks` with every problem, or `msg_blocks_too_long`; else return."""
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise SlackError("invalid_blocks_format")
    problems = list(_blocks(blocks, surface, file_ready))
    if problems:
        raise invalid("invalid_blocks", *problems)
    if surface == "message" and characters(blocks) > limits.MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any, file_ready: FileReady) -> None:
    """Raise `invalid_arguments` with every problem, or `view_too_large`; else return."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise invalid("invalid_arguments", at("/view/type", "must be modal or home"))
    if len(json.dumps(view)) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    shape = limits.MODAL if view["type"] == "modal" else limits.HOME
    rest = {k: v for k, v in view.items() if k != "blocks"}
    problems = [*_shape(rest, {**shape, "type": Rule("string")}, "/view")]
    problems += _view_blocks(view, file_ready)
    if problems:
        raise invalid("invalid_arguments", *problems)


def _view_blocks(view: dict[str, Any], file_ready: FileReady) -> Problems:
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        yield at("/view", "missing required field: blocks")
        return
    yield from _blocks(blocks, view["type"], file_ready, "/view/blocks")
    has_input = any(b.get("type") == "input" for b in blocks)
    if view["type"] == "modal" and has_input and "submit" not in view:
        yield at("/view", "missing required field: submit")


def characters(value: Any) -> int:
    """How many characters of text a message's blocks hold in all."""
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(characters(v) for v in value.values())


def _blocks(
    blocks: list[dict[str, Any]], surface: str, file_ready: FileReady, root: str = "/blocks"
) -> Problems:
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    if len(blocks) > most:
        yield at(root, f"no more than {most} items allowed")
    shapes = [p for n, b in enumerate(blocks) for p in _block(b, surface, f"{root}/{n}")]
    yield from shapes
    if not shapes:  # the rules across properties rely on sound shapes
        yield from block_problems(blocks, root)
        yield from image_problems(blocks, root, file_ready)


def _block(block: dict[str, Any], surface: str, pointer: str) -> Problems:
    kind = block.get("type")
    if kind not in limits.SURFACES[surface]:
        yield at(f"{pointer}/type", f"unsupported block: {kind}")
        return
    shape = {**limits.BLOCKS[kind], "type": Rule("string"), "block_id": Rule("string", 255)}
    yield from _shape(block, shape, pointer)


def _shape(value: dict[str, Any], shape: Shape, pointer: str) -> Problems:
    for name, rule in shape.items():
        if rule.required and name not in value:
            yield at(pointer, f"missing required field: {name}")
    for name, held in value.items():
        if name not in shape:
            yield at(pointer, f"invalid additional property: {name}")
        else:
            yield from CHECKS[shape[name].kind](held, shape[name], f"{pointer}/{name}")


def _text(value: Any, rule: Rule, pointer: str) -> Problems:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        yield at(pointer, "must provide a text object")
        return
    if value.get("type") not in rule.among:
        yield at(f"{pointer}/type", f"must be one of: {', '.join(rule.among)}")
    allowed = {"type", "text", "verbatim" if value.get("type") == "mrkdwn" else "emoji"}
    for name in sorted(set(value) - allowed):
        yield at(pointer, f"invalid additional property: {name}")
    yield from _length(value["text"], rule, f"{pointer}/text")


def _length(value: str, rule: Rule, pointer: str) -> Problems:
    if rule.most is not None and len(value) > rule.most:
        yield at(pointer, f"must be less than {rule.most + 1} characters")
    if len(value) < rule.least:
        yield at(pointer, f"must be more than {rule.least - 1} characters")


def _string(value: Any, rule: Rule, pointer: str) -> Problems:
    if not isinstance(value, str):
        yield at(pointer, "must be a string")
    elif rule.among and value not in rule.among:
        yield at(pointer, f"must be one of: {', '.join(rule.among)}")
    else:
        yield from _length(value, rule, pointer)


def _bool(value: Any, rule: Rule, pointer: str) -> Problems:
    if not isinstance(value, bool):
        yield at(pointer, "must be a boolean")


def _number(value: Any, rule: Rule, pointer: str) -> Problems:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield at(pointer, "must be a number")


def _any(value: Any, rule: Rule, pointer: str) -> Problems:
    yield from ()


def _list(value: Any, rule: Rule, pointer: str) -> Problems:
    if not isinstance(value, list):
        yield at(pointer, "must be an array")
        return
    if rule.most is not None and len(value) > rule.most:
        yield at(pointer, f"no more than {rule.most} items allowed")
    if len(value) < rule.least:
        yield at(pointer, f"no less than {rule.least} items allowed")
    if rule.of:
        for number, item in enumerate(value):
            yield from _object(item, rule, f"{pointer}/{number}")


def _object(value: Any, rule: Rule, pointer: str) -> Problems:
    if not isinstance(value, dict):
        yield at(pointer, "must be an object")
        return
    name = _sort_of(value, rule.of)
    if name is None:
        yield at(f"{pointer}/type", f"unsupported type: {value.get('type')}")
    elif name.startswith("text:"):
        limit = int(name.removeprefix("text:"))
        texts = Rule("text", limit, 1, among=("plain_text", "mrkdwn"))
        yield from _text(value, texts, pointer)
    else:
        shape = limits.OBJECTS.get(name) or limits.ELEMENTS[name]
        typed = {} if name in limits.UNTYPED else {"type": Rule("string", required=True)}
        yield from _shape(value, {**shape, **typed}, pointer)


def _sort_of(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """Which of the permitted sorts an object is: by its `type`, or the only untyped one."""
    kind = value.get("type")
    if names[0] in limits.UNTYPED:
        return names[0]
    if kind in ("plain_text", "mrkdwn"):
        return next((n for n in names if n.startswith("text:")), None)
    sought = "image_element" if kind == "image" else kind
    return sought if sought in names else None


CHECKS: dict[str, Callable[[Any, Rule, str], Problems]] = {
    "text": _text,
    "string": _string,
    "bool": _bool,
    "number": _number,
    "any": _any,
    "list": _list,
    "object": _object,
}
