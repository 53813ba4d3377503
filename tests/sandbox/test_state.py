"""What was put into a field, as Slack reports it."""

from typing import Any

import pytest

from sandbox import Config, Message, Sandbox, View
from sandbox.state import element_state, initial_value, state_values
from tests.sandbox.toy import option, plain

ONE, TWO = option("One", "1"), option("Two", "2")


@pytest.mark.parametrize(
    ("element", "given", "state"),
    [
        ({"type": "static_select", "options": [ONE, TWO]}, "2", {"selected_option": TWO}),
        ({"type": "static_select", "options": [ONE]}, None, {"selected_option": None}),
        (
            {"type": "static_select", "option_groups": [{"label": "G", "options": [ONE]}]},
            "1",
            {"selected_option": ONE},
        ),
        ({"type": "external_select", "initial_option": ONE}, "1", {"selected_option": ONE}),
        ({"type": "checkboxes", "options": [ONE, TWO]}, ["1"], {"selected_options": [ONE]}),
        ({"type": "checkboxes", "options": [ONE]}, None, {"selected_options": []}),
        (
            {"type": "multi_external_select", "initial_options": [TWO]},
            ["2"],
            {"selected_options": [TWO]},
        ),
        ({"type": "timepicker"}, "14:30", {"selected_time": "14:30"}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "number_input"}, "3", {"value": "3"}),
    ],
)
def test_each_sort_of_field_has_its_state(
    element: dict[str, Any], given: Any, state: dict[str, Any]
) -> None:
    assert element_state(element, given) == {"type": element["type"], **state}


def test_what_an_app_suggested_can_be_chosen() -> None:
    element = {"type": "external_select", "action_id": "who"}
    assert element_state(element, "2", [TWO])["selected_option"] == TWO
    with pytest.raises(LookupError, match="there are: none"):
        element_state(element, "2")


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"initial_option": TWO}, "2"),
        ({"initial_options": [ONE, TWO]}, ["1", "2"]),
        ({"initial_date": "2026-05-12"}, "2026-05-12"),
        ({}, None),
    ],
)
def test_a_field_begins_with_what_the_app_gave_it(element: dict[str, Any], value: Any) -> None:
    assert initial_value(element) == value


def blocks() -> list[dict[str, Any]]:
    """A field that asks and a picker that merely stands there."""
    return [
        {
            "type": "input",
            "block_id": "b1",
            "label": plain("L"),
            "element": {"type": "plain_text_input", "action_id": "a1"},
        },
        {
            "type": "section",
            "block_id": "b2",
            "text": plain("T"),
            "accessory": {"type": "datepicker", "action_id": "a2"},
        },
    ]


def test_a_views_inputs_are_always_in_its_state_and_others_once_they_hold_something() -> None:
    workspace = Sandbox(Config()).workspace
    view = View("V1", "U0TEACHER", {"blocks": blocks()}, "h", "V1")
    assert state_values(workspace, view) == {
        "b1": {"a1": {"type": "plain_text_input", "value": None}}
    }
    view.entered = {"b2": {"a2": "2026-05-12"}}
    assert state_values(workspace, view)["b2"]["a2"]["selected_date"] == "2026-05-12"


def test_a_messages_state_is_each_persons_own() -> None:
    workspace = Sandbox(Config()).workspace
    message = Message("1.0", "C1", "U0BOT", "x", blocks(), entered={"U1": {"b1": {"a1": "hi"}}})
    assert state_values(workspace, message, "U2") == {}
    assert state_values(workspace, message, "U1")["b1"]["a1"]["value"] == "hi"
