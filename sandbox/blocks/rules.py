"""Block Kit's rules that reach across properties: what excludes, repeats or must match what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.blocks import limits
from sandbox.blocks.find import elements_of

Block = dict[str, Any]


def _at(pointer: str, message: str) -> str:
    return f"{message} [json-pointer:{pointer}]"


def block_problems(blocks: list[Block], root: str) -> Iterator[str]:
    """Everything wrong that a property alone does not show."""
    yield from _repeated_blocks(blocks, root)
    charts = sum(b.get("type") == "data_visualization" for b in blocks)
    if charts > limits.MESSAGE_CHARTS:
        yield _at(root, f"no more than {limits.MESSAGE_CHARTS} data_visualization blocks allowed")
    for number, block in enumerate(blocks):
        pointer = f"{root}/{number}"
        if block.get("type") == "section" and not (block.get("text") or block.get("fields")):
            yield _at(pointer, "must define either `text` or `fields`")
        if block.get("type") in ("table", "data_table"):
            yield from _table(block, pointer)
        yield from _elements(block, pointer)


def _repeated_blocks(blocks: list[Block], root: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            yield _at(f"{root}/{number}/block_id", f'`block_id` "{block_id}" already exists')
        elif isinstance(block_id, str):
            seen.add(block_id)


def _elements(block: Block, pointer: str) -> Iterator[str]:
    seen: set[str] = set()
    for element in elements_of(block):
        action_id = element.get("action_id")
        if action_id is not None and action_id in seen:
            yield _at(pointer, f'`action_id` "{action_id}" already exists')
        seen.add(str(action_id))
        yield from _options(element, pointer)
        yield from _formats(element, pointer)


def _options(element: dict[str, Any], pointer: str) -> Iterator[str]:
    if element.get("type") not in ("static_select", "multi_static_select"):
        return
    if ("options" in element) == ("option_groups" in element):
        yield _at(pointer, "must provide either `options` or `option_groups`")


_FORMATS = {
    "initial_date": (r"\d{4}-\d{2}-\d{2}", "must be a date YYYY-MM-DD"),
    "initial_time": (r"\d{2}:\d{2}", "must be a time HH:mm"),
    "url": (r"[a-z][a-z0-9+.-]*:\S+", "must be a valid URL"),
}


def _formats(element: dict[str, Any], pointer: str) -> Iterator[str]:
    for name, (pattern, message) in _FORMATS.items():
        value = element.get(name)
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            yield _at(f"{pointer}/{name}", message)


def _table(block: Block, pointer: str) -> Iterator[str]:
    rows = block.get("rows")
    if not isinstance(rows, list):
        return
    widths = {len(row) if isinstance(row, list) else -1 for row in rows}
    if -1 in widths or (block["type"] == "data_table" and len(widths) > 1):
        yield _at(f"{pointer}/rows", "every row must be an array of the same number of cells")
        return
    if max(widths, default=0) > 20:
        yield _at(f"{pointer}/rows", "no more than 20 items allowed")
    for row in rows:
        yield from (_cell(cell, pointer) for cell in row if not _good_cell(cell))
    if sum(_cell_length(cell) for row in rows for cell in row) > limits.TABLE_CHARACTERS:
        yield _at(f"{pointer}/rows", f"no more than {limits.TABLE_CHARACTERS} characters allowed")


def _good_cell(cell: Any) -> bool:
    """A cell is of a known sort and, where it is raw text, not empty."""
    if not isinstance(cell, dict) or cell.get("type") not in limits.CELLS:
        return False
    return cell["type"] != "raw_text" or (isinstance(cell.get("text"), str) and cell["text"] != "")


def _cell(cell: Any, pointer: str) -> str:
    kind = cell.get("type") if isinstance(cell, dict) else cell
    return _at(f"{pointer}/rows", f"invalid table cell: {kind}")


def _cell_length(cell: Any) -> int:
    if isinstance(cell, list):
        return sum(_cell_length(item) for item in cell)
    if not isinstance(cell, dict):
        return 0
    own = cell.get("text")
    inner = cell.get("elements", [])
    return (len(own) if isinstance(own, str) else 0) + _cell_length(inner)
