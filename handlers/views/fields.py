"""Fields of forms beyond menus: days, times, text, boxes to tick."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import Any

from handlers.views.blocks import Block, Element, field, menu, option, plain
from handlers.views.limits import LIMITS

MOST_BOXES = 10
"""So many boxes one group may have in Slack."""
LONGEST_TEXT = 3000


def day_field(label: str, name: str, day: date, *, hint: str | None = None) -> Block:
    """A day."""
    picker = {"type": "datepicker", "action_id": name, "initial_date": day.isoformat()}
    return field(label, name, picker, hint=hint)


def time_field(label: str, name: str, at: time, *, hint: str | None = None) -> Block:
    """A time of day, on the clock that the hint names."""
    picker = {"type": "timepicker", "action_id": name, "initial_time": f"{at:%H:%M}"}
    return field(label, name, picker, hint=hint)


def menu_field(
    label: str, name: str, entries: Mapping[str, str], chosen: str, *, told: bool = False
) -> Block:
    """One of a few entries, words by value. `told`: we hear at once what is chosen."""
    options = {value: option(words, value) for value, words in entries.items()}
    block = field(label, name, menu(name, "Choose", list(options.values()), options[chosen]))
    return block | ({"dispatch_action": True} if told else {})


def text_field(
    label: str,
    name: str,
    text: str,
    *,
    long: bool = False,
    most: int = LONGEST_TEXT,
    hint: str | None = None,
) -> Block:
    """Words, perhaps none."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": long,
        "max_length": most,
    }
    filled = {"initial_value": text[:most]} if text else {}
    return field(label, name, element | filled, hint=hint) | {"optional": True}


def long_field(
    label: str, block_id: str, name: str, text: str, *, most: int, hint: str | None = None
) -> Block:
    """Lines of words that must not be empty. A new `block_id` forgets what was typed before."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": True,
        "min_length": 1,
        "max_length": most,
    }
    filled = {"initial_value": text[:most]} if text else {}
    return field(label, block_id, element | filled, hint=hint)


def boxes_field(
    label: str, block_id: str, name: str, boxes: Sequence[Element], ticked: Collection[str]
) -> Block:
    """Boxes to tick, perhaps none of them. A new `block_id` forgets what was ticked before."""
    shown = list(boxes[:MOST_BOXES])
    element: Element = {"type": "checkboxes", "action_id": name, "options": shown}
    on = [one for one in shown if one["value"] in ticked]
    filled = {"initial_options": on} if on else {}
    return field(label, block_id, element | filled) | {"optional": True}


def several_field(
    label: str,
    name: str,
    entries: Sequence[Element],
    chosen: Collection[str],
    *,
    placeholder: str = "Choose",
    hint: str | None = None,
) -> Block:
    """Any number of at most 100 entries, perhaps none."""
    shown = list(entries[: LIMITS["options"]])
    element: Element = {
        "type": "multi_static_select",
        "action_id": name,
        "placeholder": plain(placeholder, "placeholder"),
        "options": shown,
    }
    on = [one for one in shown if one["value"] in chosen]
    filled = {"initial_options": on} if on else {}
    return field(label, name, element | filled, hint=hint) | {"optional": True}


def number_field(label: str, name: str, number: int, numbers: range) -> Block:
    """A whole number among `numbers`."""
    element: Element = {
        "type": "number_input",
        "action_id": name,
        "is_decimal_allowed": False,
        "initial_value": str(number),
        "min_value": str(numbers.start),
        "max_value": str(numbers.stop - 1),
    }
    return field(label, name, element)


def radio_field(label: str, name: str, entries: Sequence[Element], *, told: bool = False) -> Block:
    """One of at most ten entries, all of them in sight. `told`: we hear at once of a choice."""
    element: Element = {"type": "radio_buttons", "action_id": name, "options": [*entries]}
    return field(label, name, element) | ({"dispatch_action": True} if told else {})


def values_of(view: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What stands in a field of an open or submitted form, wherever its block is; else nothing."""
    for fields in view.get("state", {}).get("values", {}).values():
        if name in fields:
            found: dict[str, Any] = fields[name]
            return found
    return {}


def word_field(label: str, block_id: str, name: str, text: str, *, most: int) -> Block:
    """One line of words that must not be empty. A new `block_id` forgets what was typed before."""
    one = long_field(label, block_id, name, text, most=most)
    return one | {"element": one["element"] | {"multiline": False}}


def block_of(view: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The block of a form in which a field stands, whatever its id; else nothing."""
    for block in view.get("blocks") or ():
        if (block.get("element") or {}).get("action_id") == name:
            found: dict[str, Any] = block
            return found
    return {}


def text_in(view: Mapping[str, Any], name: str) -> str:
    """The words in a field."""
    return str(values_of(view, name).get("value") or "")


def chosen_in(view: Mapping[str, Any], name: str) -> str | None:
    """The value of the entry that was chosen, or None."""
    chosen = values_of(view, name).get("selected_option")
    return str(chosen["value"]) if chosen else None


def ticked_in(view: Mapping[str, Any], name: str) -> list[str]:
    """The values of the boxes that were ticked, or entries chosen, in all blocks of that name."""
    fields = view.get("state", {}).get("values", {}).values()
    chosen = [one for field in fields for one in field.get(name, {}).get("selected_options") or ()]
    return [str(one["value"]) for one in chosen]


def day_in(view: Mapping[str, Any], name: str) -> date | None:
    """The day in a field; None where there is none."""
    text = values_of(view, name).get("selected_date")
    return date.fromisoformat(text) if text else None


def time_in(view: Mapping[str, Any], name: str) -> time | None:
    """The time of day in a field; None where there is none."""
    text = values_of(view, name).get("selected_time")
    return time.fromisoformat(text) if text else None
