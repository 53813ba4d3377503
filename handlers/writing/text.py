"""What is typed in a form of a message, to one or to several students, and the template of it."""

from dataclasses import replace
from typing import Any, TypeVar
from uuid import uuid4

from handlers.codec import Ref
from handlers.views.fields import block_of, text_in
from handlers.views.messages.templates import TemplateLine
from handlers.views.messages.written import Fields, Written

Form = TypeVar("Form", bound=Written)


def new_mark() -> str:
    """What makes Slack forget what was put into a field: a part of its block's id."""
    return uuid4().hex[:8]


def mark_of(block: dict[str, Any]) -> str:
    """The mark that a field of an open form has."""
    return str(block.get("block_id") or "").partition("|")[2] or new_mark()


def typed_in(view: dict[str, Any], ref: Ref, fields: Fields) -> dict[str, Any]:
    """What is written in an open form, as the parts of a `Written`."""
    block = block_of(view, fields.text)
    return {
        "text": text_in(view, fields.text),
        "placed": _placed(block),
        "mark": mark_of(block),
        "menu_mark": mark_of(block_of(view, fields.template)),
        "template": ref.template,
    }


def template_in(view: dict[str, Any], ref: Ref, fields: Fields) -> int | None:
    """The template that the text came from, where something of it is left."""
    placed = _placed(block_of(view, fields.text))
    return ref.template if is_from(text_in(view, fields.text), placed) else None


def chosen_template(form: Written, template_id: int | None) -> TemplateLine | None:
    """One of the form's templates; None where there is none such."""
    return next((one for one in form.templates if one.id == template_id), None)


def with_text(form: Form, template: TemplateLine, text: str) -> Form:
    """The form with the text of a template in the place of what stood there."""
    return replace(
        form,
        text=text,
        placed=text,
        mark=new_mark(),
        menu_mark=new_mark(),
        template=template.id,
        offered=None,
    )


def with_offer(form: Form, template_id: int | None) -> Form:
    """The form with its text kept, and another template offered beside it."""
    return replace(form, offered=template_id, menu_mark=new_mark())


def is_changed(text: str, placed: str) -> bool:
    """Whether a text is another than what we had put there; an empty one is nobody's work."""
    return bool(text.strip()) and text.split() != placed.split()


def is_from(text: str, template: str) -> bool:
    """Whether a text still goes back to a template: half of its words, or more, stand in it."""
    words = set(template.casefold().split())
    return len(words & set(text.casefold().split())) * 2 >= len(words) > 0


def _placed(block: dict[str, Any]) -> str:
    return str((block.get("element") or {}).get("initial_value") or "")
