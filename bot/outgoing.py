"""What a delivery builder hands to the outbox: a message, how to compose it, and its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture still to be drawn in a worker process.

    `draw(*arguments)` returns PNG bytes; both are pickled, so `draw` is a function of a module and
    the arguments are plain data. `file_name` names nobody.
    """

    draw: Callable[..., bytes]
    arguments: tuple[Any, ...]
    file_name: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to be sent.

    `text` is what a lock screen shows: it names nobody. `compose(file_id)` gives the blocks: with
    the id of the uploaded picture, or with None where its table of numbers has to stand in.
    `replaces` is the `(channel, ts)` of the message to be edited in place instead of posted anew.
    """

    text: str
    compose: Callable[[str | None], Blocks]
    picture: Picture | None = None
    replaces: tuple[str, str] | None = None
