"""What the forms of a message to one and to several students share: the text, and its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, Blocks, Element, actions, button, link_button, section
from handlers.views.fields import long_field
from handlers.views.interventions.taking_back import take_back_button
from handlers.views.limits import shorten
from handlers.views.messages.templates import TemplateLine, template_menu
from handlers.views.modals import View, modal
from interventions.messages import LONGEST_MESSAGE

HINT = (
    "Bold: *word*. Italic: _word_. A list: lines that begin with a dash. A link: just paste it. "
    "Placeholders such as [Student] are filled in."
)
KEPT = "You have changed the text, so I kept it."


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields of such a form are called, and the button that puts a template in."""

    text: Action
    template: Action
    use: Action


ONE = Fields(Action.MESSAGE_TEXT, Action.MESSAGE_TEMPLATE, Action.USE_TEMPLATE)
SEVERAL = Fields(Action.BULK_TEXT, Action.BULK_TEMPLATE, Action.BULK_USE_TEMPLATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written in a form. `text` is what is typed, `placed` what we had put there.

    `template` is the one that the text came from, `offered` another that was chosen since while
    the text had been changed by hand. A new `mark` forgets what was typed before, a new
    `menu_mark` which template was chosen.
    """

    templates: Sequence[TemplateLine]
    text: str
    placed: str
    mark: str
    menu_mark: str
    template: int | None = None
    offered: int | None = None
    take_back: timedelta = timedelta(seconds=30)


def written_blocks(form: Written, fields: Fields) -> Blocks:
    """The menu of templates, the one that is offered, and the field of the text."""
    return [
        *template_menu(
            form.templates,
            form.template,
            f"{fields.template}|{form.menu_mark}",
            action=fields.template,
        ),
        *_offer(form, fields.use),
        _text(form, fields.text),
    ]


def sent_note(words: Blocks, delivery_id: int, link: str | None) -> View:
    """What follows a form: `words`, and the way to take it back or see it."""
    to_it = [link_button("Open", Action.OPEN_LINK, link)] if link else []
    return modal(Modal.NOTE, "Message", [*words, actions(take_back_button(delivery_id), *to_it)])


def _text(form: Written, action: Action) -> Block:
    block_id = f"{action}|{form.mark}"
    return long_field("Message", block_id, action, form.placed, most=LONGEST_MESSAGE, hint=HINT)


def _offer(form: Written, use: Action) -> Blocks:
    """The template that was chosen after the text had been changed by hand."""
    found = next((one for one in form.templates if one.id == form.offered), None)
    if found is None:
        return []
    sure = {
        "title": _plain("Replace your text?"),
        "text": _plain("What you have typed is lost."),
        "confirm": _plain("Replace"),
        "deny": _plain("Keep mine"),
    }
    words = f"{KEPT} Put “{shorten(found.title, 'option')}” in its place?"
    replace = button("Replace my text", use, Ref(template=found.id).encode())
    return [section(words, replace | {"confirm": sure})]


def _plain(words: str) -> Element:
    return {"type": "plain_text", "text": words, "emoji": False}
