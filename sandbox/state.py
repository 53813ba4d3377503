"""From what somebody put into a field to the state that Slack reports to the app.

A plain value per field is what the page and the tests give: a string, a list of strings (several
choices), or None. Choices are given by their option's `value`.
"""

from __future__ import annotations

from typing import Any

from sandbox.blocks import stateful_elements
from sandbox.records import Entered, Message, View
from sandbox.workspace import Workspace

Element = dict[str, Any]

PLAIN_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
SEVERAL_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}


def options_of(element: Element) -> list[dict[str, Any]]:
    """The element's own options, groups unfolded."""
    grouped = [o for g in element.get("option_groups", []) for o in g["options"]]
    return [*element.get("options", []), *grouped]


def _option(element: Element, value: Any, suggested: list[dict[str, Any]]) -> dict[str, Any]:
    """The option with this value. Raises LookupError that lists what there is."""
    options = [*options_of(element), *suggested]
    initial = element.get("initial_option")
    options += [initial] if initial else []
    options += element.get("initial_options", [])
    for option in options:
        if option["value"] == value:
            return option
    there = ", ".join(str(o["value"]) for o in options) or "none"
    raise LookupError(f"no option {value!r} in {element.get('action_id')!r}; there are: {there}")


def element_state(
    element: Element, given: Any, suggested: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """The state of one element that holds `given`; `suggested` are an external select's."""
    kind, offered = element["type"], suggested or []
    if kind in ONE_OPTION:
        chosen = None if given is None else _option(element, given, offered)
        return {"type": kind, "selected_option": chosen}
    if kind in SEVERAL_OPTIONS:
        chosen_all = [_option(element, value, offered) for value in given or []]
        return {"type": kind, "selected_options": chosen_all}
    return {"type": kind, PLAIN_KEYS[kind]: given}


def initial_value(element: Element) -> Any:
    """What an element holds before anybody touches it, as a plain value."""
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [o["value"] for o in element["initial_options"]]
    started = [v for k, v in element.items() if k.startswith("initial_")]
    return started[0] if started else None


def state_values(workspace: Workspace, holder: View | Message, user: str = "") -> dict[str, Any]:
    """`state.values` of a view, or of a message as `user` has filled it in.

    Fields of an input block are always there; others once they hold something.
    """
    own = isinstance(holder, View)
    entered = holder.entered if isinstance(holder, View) else holder.entered.get(user, {})
    person = holder.user if isinstance(holder, View) else user
    values: dict[str, Any] = {}
    for block, element in stateful_elements(holder.blocks):
        given = current_value(entered, block["block_id"], element)
        if given is None and not (own and block["type"] == "input"):
            continue
        offered = workspace.suggested.get((person, element["action_id"]), [])
        state = element_state(element, given, offered)
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def current_value(entered: Entered, block_id: str, element: Element) -> Any:
    """What a field holds now: what was entered, else what it began with."""
    fields = entered.get(block_id, {})
    action_id = element["action_id"]
    return fields[action_id] if action_id in fields else initial_value(element)
