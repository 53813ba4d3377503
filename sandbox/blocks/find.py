"""Finding the interactive parts of blocks, and giving names to those that have none."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

STATELESS = {"button", "overflow", "image"}
"""Elements that act but hold no value of their own."""


def elements_of(block: Block) -> list[Element]:
    """The interactive elements of one block, in order."""
    kind = block.get("type")
    if kind == "actions":
        return list(block.get("elements", []))
    if kind == "card":
        return list(block.get("actions", []))
    found = [block.get("accessory"), block.get("element")]
    return [e for e in found if isinstance(e, dict) and e.get("type") != "image"]


def fill_in_ids(blocks: list[Block]) -> list[Block]:
    """A copy in which every block has a `block_id` and every element an `action_id`."""
    copy = deepcopy(blocks)
    for block in copy:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    return copy


def all_elements(blocks: list[Block]) -> Iterator[tuple[Block, Element]]:
    """Every interactive element with its block."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def find_element(
    blocks: list[Block], action_id: str, block_id: str | None = None, value: str | None = None
) -> tuple[Block, Element]:
    """The element with this action_id, in this block, with this value, where those are said.

    Raises LookupError that lists what there is.
    """
    named = [(b, e) for b, e in all_elements(blocks) if e.get("action_id") == action_id]
    found = [(b, e) for b, e in named if block_id in (None, b.get("block_id"))]
    exact = [(b, e) for b, e in found if value is not None and e.get("value") == value]
    if exact or found:
        return (exact or found)[0]
    there = sorted({str(e.get("action_id")) for _, e in all_elements(blocks)})
    raise LookupError(f"no element {action_id!r} here; there are: {', '.join(there) or 'none'}")


def stateful_elements(blocks: list[Block]) -> Iterator[tuple[Block, Element]]:
    """Every element that holds a value, with its block."""
    return ((b, e) for b, e in all_elements(blocks) if e.get("type") not in STATELESS)
