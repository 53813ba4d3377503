"""Blocks that just keep Slack's limits, and blocks that just break them."""

from typing import Any

from tests.sandbox.toy import mrkdwn, option, plain

Block = dict[str, Any]
BUTTON: Block = {"type": "button", "text": plain("Go"), "action_id": "go"}


def actions(*elements: Block) -> Block:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def select(**more: Any) -> Block:
    """A static select."""
    return {"type": "static_select", "action_id": "s", **more}


def options(count: int) -> list[Block]:
    """So many options."""
    return [option(f"Option {n}", str(n)) for n in range(count)]


def rows(count: int, width: int = 2, text: str = "x") -> list[list[Block]]:
    """Rows of a table."""
    return [[{"type": "raw_text", "text": text}] * width for _ in range(count)]


def chart(points: int = 2, series: int = 1) -> Block:
    """A chart as data."""
    data = [{"label": f"W{n}", "value": n} for n in range(points)]
    lines = [{"name": f"S{n}", "data": data} for n in range(series)]
    return {
        "type": "data_visualization",
        "title": "Weeks",
        "chart": {"type": "line", "series": lines, "axis_config": {}},
    }


CONFIRM: Block = {
    "title": plain("Sure?"),
    "text": plain("Really?"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}

GOOD: dict[str, list[Block]] = {
    "header of 150": [{"type": "header", "text": plain("x" * 150)}],
    "section of 3000": [mrkdwn("x" * 3000)],
    "10 fields of 2000": [{"type": "section", "fields": [plain("x" * 1200)] * 10}],
    "50 blocks": [{"type": "divider"}] * 50,
    "context of 10": [{"type": "context", "elements": [plain("x")] * 10}],
    "25 buttons": [actions(*({**BUTTON, "action_id": f"b{n}"} for n in range(25)))],
    "100 options": [actions(select(options=options(100)))],
    "option groups": [
        actions(select(option_groups=[{"label": plain("A"), "options": options(2)}]))
    ],
    "overflow of 5": [actions({"type": "overflow", "action_id": "o", "options": options(5)})],
    "confirm": [actions({**BUTTON, "confirm": CONFIRM, "style": "danger"})],
    "link button": [actions({**BUTTON, "url": "https://example.com/x"})],
    "radio and checkboxes": [
        actions(
            {"type": "radio_buttons", "action_id": "r", "options": options(10)},
            {"type": "checkboxes", "action_id": "c", "options": options(10)},
        )
    ],
    "pickers": [
        actions(
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-05-12"},
            {"type": "timepicker", "action_id": "t", "initial_time": "14:30"},
        )
    ],
    "table of 100 x 20": [{"type": "table", "rows": rows(100, 2)}],
    "data table of 201": [{"type": "data_table", "caption": "C", "rows": rows(201)}],
    "two charts": [chart(20, 6), chart()],
    "public picture": [
        {"type": "image", "alt_text": "x", "image_url": "https://example.com/x.png"}
    ],
    "rich text": [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]},
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": []}],
                },
            ],
        }
    ],
    "rich cell": [
        {
            "type": "table",
            "rows": [
                [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "text", "text": "x"}],
                            }
                        ],
                    },
                    {"type": "raw_number", "value": 3},
                ]
            ],
        }
    ],
    "card": [{"type": "card", "title": plain("x"), "actions": [BUTTON]}],
    "markdown": [{"type": "markdown", "text": "**x**"}],
}

BAD: dict[str, tuple[list[Block], str]] = {
    "header of 151": (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "header in mrkdwn": (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "must be one of: plain_text [json-pointer:/blocks/0/text/type]",
    ),
    "empty text": ([mrkdwn("")], "must be more than 0 characters"),
    "section of 3001": ([mrkdwn("x" * 3001)], "must be less than 3001 characters"),
    "section of nothing": ([{"type": "section"}], "must define either `text` or `fields`"),
    "11 fields": (
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "field of 2001": (
        [{"type": "section", "fields": [plain("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "51 blocks": ([{"type": "divider"}] * 51, "no more than 50 items allowed"),
    "11 in context": (
        [{"type": "context", "elements": [plain("x")] * 11}],
        "no more than 10 items allowed",
    ),
    "26 buttons": (
        [actions(*({**BUTTON, "action_id": f"b{n}"} for n in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": ([actions()], "no less than 1 items allowed"),
    "button of 76": ([actions({**BUTTON, "text": plain("x" * 76)})], "less than 76"),
    "value of 2001": ([actions({**BUTTON, "value": "x" * 2001})], "less than 2001"),
    "action_id of 256": ([actions({**BUTTON, "action_id": "x" * 256})], "less than 256"),
    "block_id of 256": ([{"type": "divider", "block_id": "x" * 256}], "less than 256"),
    "style": ([actions({**BUTTON, "style": "loud"})], "must be one of: primary, danger"),
    "link": ([actions({**BUTTON, "url": "nowhere"})], "must be a valid URL"),
    "101 options": ([actions(select(options=options(101)))], "no more than 100 items"),
    "option of 76": ([actions(select(options=[option("x" * 76, "v")]))], "less than 76"),
    "option value of 151": ([actions(select(options=[option("x", "v" * 151)]))], "less than 151"),
    "no options": ([actions(select())], "either `options` or `option_groups`"),
    "overflow of 6": (
        [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
        "no more than 5 items allowed",
    ),
    "11 checkboxes": (
        [actions({"type": "checkboxes", "action_id": "c", "options": options(11)})],
        "no more than 10 items allowed",
    ),
    "confirm title": (
        [actions({**BUTTON, "confirm": {**CONFIRM, "title": plain("x" * 101)}})],
        "less than 101",
    ),
    "date": (
        [actions({"type": "datepicker", "action_id": "d", "initial_date": "12.5.2026"})],
        "must be a date",
    ),
    "repeated action_id": ([actions(BUTTON, BUTTON)], '`action_id` "go" already exists'),
    "repeated block_id": (
        [{"type": "divider", "block_id": "a"}] * 2,
        '`block_id` "a" already exists',
    ),
    "unknown block": ([{"type": "banner"}], "unsupported block: banner"),
    "alert outside a modal": ([{"type": "alert", "text": plain("x")}], "unsupported block"),
    "unknown property": (
        [{"type": "divider", "colour": "red"}],
        "invalid additional property: colour",
    ),
    "text of text": (
        [{"type": "section", "text": {**plain("x"), "verbatim": True}}],
        "invalid additional property: verbatim",
    ),
    "unknown element": ([actions({"type": "slider"})], "unsupported type: slider"),
    "plain string": ([{"type": "section", "text": "x"}], "must provide a text object"),
    "missing text": ([{"type": "header"}], "missing required field: text"),
    "wrong types": (
        [{"type": "input", "label": plain("x"), "element": "x", "optional": "no"}],
        "must be a boolean",
    ),
    "input in actions": (
        [actions({"type": "plain_text_input", "action_id": "x"})],
        "unsupported type: plain_text_input",
    ),
    "elements of text": ([{"type": "actions", "elements": "x"}], "must be an array"),
    "alt text of 2001": (
        [{"type": "image", "alt_text": "x" * 2001, "image_url": "https://example.com/x"}],
        "less than 2001",
    ),
    "alt that is a number": (
        [{"type": "image", "alt_text": 1, "image_url": "https://example.com/x"}],
        "must be a string",
    ),
    "no alt text": (
        [{"type": "image", "image_url": "https://example.com/x"}],
        "missing required field: alt_text",
    ),
    "two sources": (
        [
            {
                "type": "image",
                "alt_text": "x",
                "image_url": "https://example.com/x",
                "slack_file": {"id": "F1"},
            }
        ],
        "must provide either `image_url` or `slack_file`",
    ),
    "local picture": (
        [{"type": "image", "alt_text": "x", "image_url": "http://localhost:8000/x.png"}],
        "downloading image failed",
    ),
    "private picture": (
        [{"type": "image", "alt_text": "x", "image_url": "http://192.168.1.4/x.png"}],
        "downloading image failed",
    ),
    "internal picture": (
        [{"type": "image", "alt_text": "x", "image_url": "https://charts.internal/x.png"}],
        "downloading image failed",
    ),
    "unknown file": (
        [{"type": "image", "alt_text": "x", "slack_file": {"id": "F0NONE"}}],
        "invalid slack file",
    ),
    "101 rows": ([{"type": "table", "rows": rows(101)}], "no more than 100 items"),
    "21 columns": ([{"type": "table", "rows": rows(1, 21)}], "no more than 20 items"),
    "long table": ([{"type": "table", "rows": rows(20, 1, "x" * 501)}], "10000 characters"),
    "uneven data table": (
        [{"type": "data_table", "caption": "C", "rows": [*rows(1, 2), *rows(1, 3)]}],
        "same number of cells",
    ),
    "row of text": ([{"type": "table", "rows": ["x"]}], "every row must be an array"),
    "odd cell": ([{"type": "table", "rows": [[{"type": "button"}]]}], "invalid table cell: button"),
    "empty cell": ([{"type": "table", "rows": rows(1, 1, "")}], "invalid table cell"),
    "data table without caption": (
        [{"type": "data_table", "rows": rows(2)}],
        "missing required field: caption",
    ),
    "three charts": ([chart(), chart(), chart()], "no more than 2 data_visualization"),
    "seven series": ([chart(2, 7)], "no more than 6 items"),
    "number": (
        [{"type": "data_table", "caption": "C", "rows": rows(2), "page_size": "5"}],
        "must be a number",
    ),
}


VIEW_PROBLEMS: dict[str, tuple[Block, str]] = {
    "title of 25": ({"title": plain("x" * 25)}, "must be less than 25 characters"),
    "no title": ({"title": None}, "must provide a text object"),
    "metadata of 3001": ({"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
    "101 blocks": ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items"),
    "table": ({"blocks": [{"type": "table", "rows": rows(1)}]}, "unsupported block: table"),
    "no blocks": ({"blocks": None}, "missing required field: blocks"),
    "unknown property": ({"size": "large"}, "invalid additional property: size"),
}
