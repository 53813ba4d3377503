"""A message in the oldest kinds of blocks alone, for a Slack that refuses the newer ones."""

from collections.abc import Iterator
from typing import Any

from bot.outgoing import Blocks

BASIC = frozenset({"actions", "context", "divider", "header", "image", "section"})
SECTION_LIMIT = 3000
BETWEEN_CELLS = " · "


def plain_blocks(blocks: Blocks) -> Blocks:
    """The blocks, each of a newer kind as sections of its words. Changes nothing given."""
    found: Blocks = []
    for block in blocks:
        if block["type"] in BASIC:
            found.append(block)
        else:
            found.extend(_section(words) for words in _pieces(_lines(block)))
    return found


def _section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": words}}


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    """The lines put together, as many as a section takes."""
    piece = ""
    for line in lines:
        cut = line[:SECTION_LIMIT]
        if piece and len(piece) + 1 + len(cut) > SECTION_LIMIT:
            yield piece
            piece = cut
        else:
            piece = f"{piece}\n{cut}" if piece else cut
    if piece:
        yield piece


def _lines(block: dict[str, Any]) -> Iterator[str]:
    """What a block says, line by line: a table by its rows, a list by its items."""
    for row in block.get("rows", ()):
        yield BETWEEN_CELLS.join("".join(_strings(cell)) for cell in row)
    for element in block.get("elements", ()):
        if element.get("type") == "rich_text_list":
            yield from (f"• {''.join(_strings(item))}" for item in element["elements"])
        else:
            yield "".join(_strings(element))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        yield from _strings(value.get("elements"))
