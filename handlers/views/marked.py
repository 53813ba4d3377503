"""What a teacher typed with Slack's marks, as rich text: paragraphs, lists and quotes.

Rich text holds words letter by letter, so that no mention or link can come alive that was not read
as one (`handlers.marks`).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from handlers.marks import LineKind, MarkedLine, Piece, read_marks
from handlers.views.blocks import Block, Blocks, Element
from handlers.views.limits import LIMITS

_LISTS = {LineKind.BULLET: "bullet", LineKind.NUMBERED: "ordered"}
_STYLES = ("bold", "italic", "strike", "code")


def rich_blocks(text: str) -> Blocks:
    """The text as blocks of rich text, as many as Slack's limit asks for; none of nothing."""
    blocks: list[Block] = []
    room = 0
    for part, length in _parts(read_marks(text.rstrip().strip("\n"))):
        if not blocks or length > room:
            blocks.append({"type": "rich_text", "elements": []})
            room = LIMITS["rich text"]
        blocks[-1]["elements"].append(part)
        room -= length
    return blocks


def _parts(lines: Sequence[MarkedLine]) -> Iterator[tuple[Element, int]]:
    """Paragraphs, lists and quotes, each with how many characters it has."""
    for kind, group in groupby(lines, key=lambda one: one.kind):
        own = list(group)
        if kind in _LISTS:
            yield _list(kind, own), sum(map(_length, own))
        else:
            name = "rich_text_quote" if kind is LineKind.QUOTE else "rich_text_section"
            for some in _fitting(own):
                yield _section(name, some), sum(map(_length, some)) + len(some)


def _fitting(lines: Sequence[MarkedLine]) -> Iterator[list[MarkedLine]]:
    """The lines in runs that fit one block each."""
    run: list[MarkedLine] = []
    for one in lines:
        if run and sum(map(_length, [*run, one])) + len(run) > LIMITS["rich text"]:
            yield run
            run = []
        run.append(one)
    if any(_length(one) for one in run):
        yield run


def _length(line: MarkedLine) -> int:
    return sum(len(one.text) for one in line.pieces)


def _list(kind: LineKind, lines: Sequence[MarkedLine]) -> Element:
    items = [_section("rich_text_section", [one]) for one in lines]
    element: Element = {"type": "rich_text_list", "style": _LISTS[kind], "elements": items}
    start = lines[0].number - 1
    return element | ({"offset": start} if kind is LineKind.NUMBERED and start > 0 else {})


def _section(name: str, lines: Sequence[MarkedLine]) -> Element:
    elements: list[Element] = []
    for number, one in enumerate(lines):
        if number:
            elements.append({"type": "text", "text": "\n"})
        elements += [_element(piece) for piece in one.pieces if piece.text]
    return {"type": name, "elements": elements or [{"type": "text", "text": " "}]}


def _element(piece: Piece) -> Element:
    style = {name: True for name in _STYLES if getattr(piece, name)}
    styled: dict[str, Any] = {"style": style} if style else {}
    if piece.url is None:
        return {"type": "text", "text": piece.text} | styled
    words = {} if piece.text == piece.url else {"text": piece.text}
    return {"type": "link", "url": piece.url, **words} | styled
