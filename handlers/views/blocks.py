"""The few Block Kit blocks and elements that our views are made of.

Lines of text are rich text: what a person typed or a file brought stands in it letter by letter,
so that no mark, mention or link in a name can come alive.
"""

from dataclasses import dataclass, replace
from typing import Any

from handlers.views.limits import LIMITS, shorten

Block = dict[str, Any]
Blocks = list[Block]
Element = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line in one style."""

    text: str
    bold: bool = False
    code: bool = False
    italic: bool = False

    @property
    def style(self) -> dict[str, bool]:
        """The style as Slack writes it."""
        return {name: True for name in ("bold", "italic", "code") if getattr(self, name)}

    def element(self) -> Element:
        """The span as a rich text element."""
        return {"type": "text", "text": self.text} | ({"style": self.style} if self.style else {})


def bold(text: str) -> Span:
    """Words that stand out."""
    return Span(text, bold=True)


def italic(text: str) -> Span:
    """Words that say what was done."""
    return Span(text, italic=True)


def code(text: str) -> Span:
    """Words to be typed as they are."""
    return Span(text, code=True)


def joined(parts: list[Span | str], separator: str) -> list[Span | str]:
    """The parts with a separator between them."""
    spaced: list[Span | str] = []
    for part in parts:
        spaced += [separator, part] if spaced else [part]
    return spaced


def line(*parts: Span | str) -> Block:
    """One paragraph of rich text, at most 3,000 characters long."""
    left, spans = LIMITS["rich text"], list[Span]()
    for part in parts:
        span = part if isinstance(part, Span) else Span(part)
        span = replace(span, text=span.text[:left])
        left -= len(span.text)
        if spans and span.style == spans[-1].style:
            spans[-1] = replace(span, text=spans[-1].text + span.text)
        elif span.text:
            spans.append(span)
    elements = [span.element() for span in spans]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def plain(text: str, what: str) -> Element:
    """A plain text object, shortened to the limit of `what` it is for."""
    return {"type": "plain_text", "text": shorten(text, what), "emoji": False}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of plain text, with at most one element beside it."""
    block: Block = {"type": "section", "text": plain(text, "section")}
    return block | ({"accessory": accessory} if accessory else {})


def paragraph(*lines: str, accessory: Element | None = None) -> Block:
    """Lines of plain text below one another, with at most one element beside them."""
    words = "\n".join(shorten(one, "finding") for one in lines)
    text = {"type": "plain_text", "text": words, "emoji": False}
    block: Block = {"type": "section", "text": text}
    return block | ({"accessory": accessory} if accessory else {})


def button(
    label: str, action_id: str, value: str, *, style: str | None = None, number: int | None = None
) -> Element:
    """A button that says what it does. `number` tells apart several of one kind in a row."""
    element: Element = {
        "type": "button",
        "text": plain(label, "button"),
        "action_id": action_id if number is None else f"{action_id}:{number}",
        "value": value,
    }
    return element | ({"style": style} if style else {})


def link_button(label: str, action_id: str, url: str) -> Element:
    """A button that opens an address; its click still comes to us and is acknowledged."""
    return {
        "type": "button",
        "text": plain(label, "button"),
        "action_id": action_id,
        "url": url,
    }


def option(label: str, value: str, description: str | None = None) -> Element:
    """One entry of a menu."""
    entry: Element = {"text": plain(label, "option"), "value": value}
    return entry | ({"description": plain(description, "option")} if description else {})


def menu(
    action_id: str, placeholder: str, options: list[Element], chosen: Element | None = None
) -> Element:
    """A menu of at most 100 fixed entries."""
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, "placeholder"),
        "options": options[: LIMITS["options"]],
    }
    return element | ({"initial_option": chosen} if chosen else {})


def searching_menu(action_id: str, placeholder: str) -> Element:
    """A menu whose entries we are asked for, so that it holds any number."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, "placeholder"),
        "min_query_length": 0,
    }


def actions(*elements: Element, block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements[: LIMITS["actions"]])}
    return block | ({"block_id": block_id} if block_id else {})


def field(label: str, block_id: str, element: Element, *, hint: str | None = None) -> Block:
    """A field of a modal; errors find it by its `block_id`."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, "label"),
        "element": element,
    }
    return block | ({"hint": plain(hint, "label")} if hint else {})


def picture(file_id: str, alt_text: str) -> Block:
    """A picture that was uploaded to Slack."""
    return {
        "type": "image",
        "slack_file": {"id": file_id},
        "alt_text": shorten(alt_text, "alt text"),
    }


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}
