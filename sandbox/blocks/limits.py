"""The one table of Block Kit's limits.

Source: Slack's Block Kit reference and its Python SDK. A block or property that is not here is
refused, as Slack refuses it.
"""

from __future__ import annotations

from sandbox.blocks.spec import (
    ANY,
    BOOL,
    NUMBER,
    Shape,
    many,
    must,
    obj,
    one_of,
    plain,
    string,
    text,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
MESSAGE_TEXT = 40_000
TABLE_CHARACTERS = 10_000
VIEW_BYTES = 250_000
VIEW_STACK = 3
MESSAGE_CHARTS = 2

_ID = string(255)
_PLACEHOLDER = plain(150)
_CONFIRM = obj("confirm")
_OPTIONS = many("option", most=100)
_GROUPS = many("option_group", most=100)

_SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
)
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_IN_ACTIONS = ("button", "overflow", *_SELECTS, *_MULTI_SELECTS, *_PICKERS)
_IN_INPUT = (*_SELECTS, *_MULTI_SELECTS, *_PICKERS, *_INPUTS)
_RICH = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_CELLS = ("raw_text", "raw_number", "rich_text")

BLOCKS: dict[str, Shape] = {
    "header": {"text": must(plain(150)), "level": NUMBER},
    "section": {
        "text": text(3000),
        "fields": many("text:2000", most=10),
        "accessory": obj("image_element", *_IN_ACTIONS),
        "expand": BOOL,
    },
    "context": {"elements": must(many("image_element", "text:3000", most=10))},
    "divider": {},
    "image": {
        "alt_text": must(string(2000, 1)),
        "title": plain(2000),
        "image_url": string(3000),
        "slack_file": obj("slack_file"),
    },
    "actions": {"elements": must(many(*_IN_ACTIONS, most=25))},
    "input": {
        "label": must(plain(2000)),
        "element": must(obj(*_IN_INPUT)),
        "hint": plain(2000),
        "optional": BOOL,
        "dispatch_action": BOOL,
    },
    "rich_text": {"elements": must(many(*_RICH, least=0))},
    "markdown": {"text": must(string(12_000, 1))},
    "table": {
        "rows": must(many(most=100)),
        "column_settings": many("column_setting", most=20, least=0),
    },
    "data_table": {
        "rows": must(many(most=201, least=2)),
        "caption": must(string(2000, 1)),
        "page_size": NUMBER,
        "row_header_column_index": NUMBER,
    },
    "data_visualization": {"title": must(string(50, 1)), "chart": must(obj("chart"))},
    "alert": {
        "text": must(text(3000)),
        "level": one_of("default", "info", "warning", "error", "success"),
    },
    "card": {
        "hero_image": obj("image_element"),
        "icon": obj("image_element"),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": many("button", most=3),
    },
}

_EVERYWHERE = {
    "header", "section", "context", "divider", "image", "actions", "input", "rich_text", "card",
}  # fmt: skip
SURFACES: dict[str, set[str]] = {
    "message": _EVERYWHERE | {"markdown", "table", "data_table", "data_visualization"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE,
}

_COMMON: Shape = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": BOOL}
_MENU: Shape = {**_COMMON, "placeholder": _PLACEHOLDER}
_TYPED: Shape = {
    "action_id": _ID,
    "placeholder": _PLACEHOLDER,
    "focus_on_load": BOOL,
    "dispatch_action_config": ANY,
    "initial_value": string(3000),
}
_MOST: Shape = {"max_selected_items": NUMBER}
_FILTER: Shape = {"filter": ANY, "default_to_current_conversation": BOOL}

ELEMENTS: dict[str, Shape] = {
    "button": {
        "text": must(plain(75)),
        "action_id": _ID,
        "url": string(3000),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
    "overflow": {
        "action_id": _ID,
        "options": must(many("overflow_option", most=5)),
        "confirm": _CONFIRM,
    },
    "static_select": {
        **_MENU, "options": _OPTIONS, "option_groups": _GROUPS, "initial_option": obj("option"),
    },
    "external_select": {**_MENU, "min_query_length": NUMBER, "initial_option": obj("option")},
    "users_select": {**_MENU, "initial_user": string()},
    "conversations_select": {
        **_MENU, **_FILTER, "initial_conversation": string(), "response_url_enabled": BOOL,
    },
    "channels_select": {**_MENU, "initial_channel": string(), "response_url_enabled": BOOL},
    "multi_static_select": {
        **_MENU, **_MOST, "options": _OPTIONS, "option_groups": _GROUPS,
        "initial_options": _OPTIONS,
    },
    "multi_external_select": {
        **_MENU, **_MOST, "min_query_length": NUMBER, "initial_options": _OPTIONS,
    },
    "multi_users_select": {**_MENU, **_MOST, "initial_users": many()},
    "multi_conversations_select": {**_MENU, **_MOST, **_FILTER, "initial_conversations": many()},
    "multi_channels_select": {**_MENU, **_MOST, "initial_channels": many()},
    "datepicker": {**_MENU, "initial_date": string(10)},
    "timepicker": {**_MENU, "initial_time": string(5), "timezone": string()},
    "datetimepicker": {**_COMMON, "initial_date_time": NUMBER},
    "checkboxes": {
        **_COMMON,
        "options": must(many("choice", most=10)),
        "initial_options": many("choice", most=10),
    },
    "radio_buttons": {
        **_COMMON, "options": must(many("choice", most=10)), "initial_option": obj("choice"),
    },
    "plain_text_input": {
        **_TYPED, "multiline": BOOL, "min_length": NUMBER, "max_length": NUMBER,
    },
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": {
        **_TYPED,
        "is_decimal_allowed": must(BOOL),
        "min_value": string(),
        "max_value": string(),
    },
}  # fmt: skip

OBJECTS: dict[str, Shape] = {
    "image_element": {
        "alt_text": must(string(2000, 1)),
        "image_url": string(3000),
        "slack_file": obj("slack_file"),
    },
    "slack_file": {"id": string(), "url": string()},
    "confirm": {
        "title": must(plain(100)),
        "text": must(text(300)),
        "confirm": must(plain(30)),
        "deny": must(plain(30)),
        "style": one_of("primary", "danger"),
    },
    "option": {"text": must(plain(75)), "value": must(string(150)), "description": plain(75)},
    "choice": {"text": must(text(75)), "value": must(string(150)), "description": text(75)},
    "overflow_option": {
        "text": must(plain(75)),
        "value": must(string(150)),
        "description": plain(75),
        "url": string(3000),
    },
    "option_group": {"label": must(plain(75)), "options": must(many("option", most=100))},
    "column_setting": {"align": one_of("left", "center", "right"), "is_wrapped": BOOL},
    "chart": {
        "type": must(one_of("pie", "bar", "area", "line")),
        "segments": many("segment", most=6),
        "series": many("series", most=6),
        "axis_config": ANY,
    },
    "segment": {"label": must(string(20, 1)), "value": must(NUMBER)},
    "series": {"name": must(string(20, 1)), "data": must(many("segment", most=20))},
    "raw_text": {"text": must(string(TABLE_CHARACTERS, 1))},
    "raw_number": {"value": must(NUMBER), "text": string()},
    "rich_text": {"elements": must(many(*_RICH, least=0)), "block_id": _ID},
    "rich_text_section": {"elements": must(many(least=0))},
    "rich_text_preformatted": {
        "elements": must(many(least=0)), "border": NUMBER, "language": string(),
    },
    "rich_text_quote": {"elements": must(many(least=0)), "border": NUMBER},
    "rich_text_list": {
        "elements": must(many("rich_text_section", least=0)),
        "style": must(one_of("bullet", "ordered")),
        "indent": NUMBER,
        "offset": NUMBER,
        "border": NUMBER,
    },
}  # fmt: skip

CELLS = _CELLS
UNTYPED = {
    "slack_file", "confirm", "option", "choice", "overflow_option", "option_group",
    "column_setting", "chart", "segment", "series",
}  # fmt: skip
"""Objects that carry no `type` of their own (a chart's is a choice among its kinds)."""

MODAL: Shape = {
    "title": must(plain(24)),
    "submit": plain(24),
    "close": plain(24),
    "callback_id": _ID,
    "private_metadata": string(3000),
    "external_id": _ID,
    "clear_on_close": BOOL,
    "notify_on_close": BOOL,
    "submit_disabled": BOOL,
}
HOME: Shape = {"callback_id": _ID, "private_metadata": string(3000), "external_id": _ID}
