"""Modals: their frames and fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.ask import Answer
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.ranges import OFFERED, range_words
from handlers.views.blocks import (
    Block,
    Element,
    field,
    menu,
    option,
    plain,
    searching_menu,
    section,
)
from handlers.views.limits import LIMITS, shorten
from school.days import DateRange

View = dict[str, Any]
DEFAULT_RANGE = "30d"


def modal(
    callback_id: Modal,
    title: str,
    blocks: Sequence[Block],
    *,
    ref: Ref | None = None,
    submit: str | None = None,
) -> View:
    """A modal's frame, within Slack's limits. Without `submit` it can only be closed."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, "modal title"),
        "close": plain("Cancel" if submit else "Close", "modal button"),
        "private_metadata": ref.encode() if ref else "",
        "blocks": list(blocks[: LIMITS["view blocks"]]),
    }
    return view | ({"submit": plain(submit, "modal button")} if submit else {})


def note(title: str, answer: Answer) -> View:
    """A modal that says one thing."""
    return modal(Modal.NOTE, title, answer.blocks)


def loading(title: str) -> View:
    """What stands there until the rest has come."""
    return modal(Modal.NOTE, title, [section("One moment…")])


def custom_range_modal(ref: Ref, shown: DateRange, today: date) -> View:
    """Two date pickers, on the days that are shown now."""
    days = ((Action.FIRST_DAY, "First day", shown.start), (Action.LAST_DAY, "Last day", shown.end))
    blocks = [field(label, name, _date_picker(name, min(day, today))) for name, label, day in days]
    view = modal(Modal.CUSTOM_RANGE, "Choose the days", blocks, ref=ref, submit="Show")
    return view | {"notify_on_close": True}


def student_picker_modal(ref: Ref) -> View:
    """A student and a range."""
    who = field(
        "Student", Action.CHOOSE_STUDENT, searching_menu(Action.CHOOSE_STUDENT, "Type a name")
    )
    return modal(
        Modal.STUDENT_PICKER, "Student report", [who, _range_field(ref)], ref=ref, submit="Send"
    )


def skill_picker_modal(ref: Ref) -> View:
    """A skill of one of the classes, and a range."""
    what = field("Skill", Action.CHOOSE_SKILL, searching_menu(Action.CHOOSE_SKILL, "Type a name"))
    return modal(
        Modal.SKILL_PICKER, "Skill report", [what, _range_field(ref)], ref=ref, submit="Send"
    )


def field_value(view: View, name: str, key: str) -> Any:
    """What was put into a field of a submitted modal; None where nothing was."""
    return view.get("state", {}).get("values", {}).get(name, {}).get(name, {}).get(key)


def _date_picker(name: str, day: date) -> Element:
    return {"type": "datepicker", "action_id": name, "initial_date": day.isoformat()}


def _range_field(ref: Ref) -> Block:
    codes = [*OFFERED] if ref.range in (*OFFERED, None) else [str(ref.range), *OFFERED]
    options = {code: option(shorten(range_words(code), "option"), code) for code in codes}
    chosen = options[ref.range or DEFAULT_RANGE]
    choices = menu(Action.CHOOSE_RANGE, "Choose", list(options.values()), chosen)
    return field("Range", Action.CHOOSE_RANGE, choices)
