"""What Slack itself refuses in a form, before the app hears of it."""

from __future__ import annotations

from typing import Any

from sandbox.records import View
from sandbox.state import current_value

REQUIRED = "Please complete this required field."


def field_problems(view: View) -> dict[str, str]:
    """Errors by block_id for everything that may not be submitted as it stands."""
    found = {}
    for block in view.blocks:
        if block["type"] == "input":
            value = current_value(view.entered, block["block_id"], block["element"])
            problem = _problem(block, block["element"], value)
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem(block: dict[str, Any], element: dict[str, Any], value: Any) -> str:
    if value in (None, "", []):
        return "" if block.get("optional") else REQUIRED
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_problem(element, str(value))
    if kind == "email_text_input" and "@" not in str(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and "://" not in str(value):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number_problem(element, str(value))
    return ""


def _length_problem(element: dict[str, Any], value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Must be at least {least} characters long."
    return f"Must be at most {most} characters long." if len(value) > most else ""


def _number_problem(element: dict[str, Any], value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != int(number):
        return "Please enter a whole number."
    if number < float(element.get("min_value", "-inf")):
        return f"Must be at least {element['min_value']}."
    if number > float(element.get("max_value", "inf")):
        return f"Must be at most {element['max_value']}."
    return ""
