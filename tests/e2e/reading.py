"""Reading a report as a person does: its words, its figures and its table."""

import re
from collections.abc import Iterator
from typing import Any

Blocks = list[dict[str, Any]]


def words_of(blocks: Blocks) -> str:
    """Everything that is written in the blocks, piece by piece, joined as it reads."""
    return "\n".join("".join(_strings(block)) for block in blocks)


def percent_after(word: str, words: str) -> int:
    """The whole per cent that follows a word, such as 64 in `Accuracy 64 %`."""
    found = re.search(rf"{word} (\d+) %", words)
    assert found, f"no {word} in:\n{words}"
    return int(found[1])


def number_after(word: str, words: str) -> int:
    """The number that follows a word, such as 3052 in `Questions 3,052`."""
    found = re.search(rf"{word} ([\d,]+)", words)
    assert found, f"no {word} in:\n{words}"
    return int(found[1].replace(",", ""))


def table_of(blocks: Blocks) -> list[list[str]]:
    """The rows of the message's table without its heading."""
    [table] = [block for block in blocks if block["type"] == "table"]
    return [["".join(_strings(cell)) for cell in row] for row in table["rows"][1:]]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inside in value.values():
            if isinstance(inside, dict | list):
                yield from _strings(inside)
