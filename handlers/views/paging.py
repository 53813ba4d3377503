"""The pages of a modal: which lines stand on one, and the buttons that turn it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Element, actions, button, line

PAGE = 20
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """The lines of page `number` of `pages`; `number` counts from 0."""

    lines: Sequence[Line]
    number: int
    pages: int

    @property
    def last(self) -> bool:
        """Whether no page follows."""
        return self.number == self.pages - 1

    def turning(self, action: Action, ref: Ref) -> Sequence[Block]:
        """The buttons to the pages before and after, and which page this is."""
        if self.pages == 1:
            return ()
        turns = [(self.number - 1, "Previous"), (self.number + 1, "Next")]
        buttons: list[Element] = [
            button(label, action, _at(ref, to), number=number)
            for number, (to, label) in enumerate(turns)
            if 0 <= to < self.pages
        ]
        return (line(f"Page {self.number + 1} of {self.pages}"), actions(*buttons))


def page_of(lines: Sequence[Line], wanted: int) -> Page[Line]:
    """The wanted page, or the last one where the lines have become fewer."""
    pages = max(1, -(-len(lines) // PAGE))
    number = min(wanted, pages - 1)
    return Page(lines[number * PAGE : (number + 1) * PAGE], number, pages)


def _at(ref: Ref, page: int) -> str:
    return replace(ref.report_only(), page=page).encode()
