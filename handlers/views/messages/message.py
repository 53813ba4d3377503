"""The form of a message to a student: a template, the text, and how the student will see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from analytics.wording import plural
from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    bold,
    button,
    divider,
    line,
    link_button,
    section,
)
from handlers.views.fields import long_field
from handlers.views.interventions.act_buttons import OFFERED
from handlers.views.interventions.taking_back import take_back_button, take_back_words
from handlers.views.limits import shorten
from handlers.views.marked import rich_blocks
from handlers.views.messages.templates import TemplateLine, template_menu
from handlers.views.modals import View, modal
from interventions.messages.placeholders import Filled, trouble_words
from interventions.messages.texts import LONGEST_MESSAGE
from interventions.students import Reach, Way

MARKS = (
    "Bold: *word*. Italic: _word_. A list: lines that begin with a dash. A link: just paste it. "
    "Placeholders such as [Student] are filled in."
)
KEPT = "You have changed the text, so I kept it."


@dataclass(frozen=True, slots=True)
class Addressee:
    """The student whom a message is for: full and given name, class, and the way there is."""

    id: int
    name: str
    given: str
    where: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class MessageForm:
    """What stands in the form. `text` is what is typed, `placed` what we had put there.

    `template` is the one that the text came from, `offered` another that was chosen since while
    the text had been changed by hand. `filled` is the text as the student will read it. `said` are
    lines of warning above all else. A new `mark` forgets what was typed before, a new
    `menu_mark` which template was chosen.
    """

    to: Addressee
    templates: Sequence[TemplateLine]
    text: str
    placed: str
    filled: Filled
    mark: str
    menu_mark: str
    sender: str
    template: int | None = None
    offered: int | None = None
    said: tuple[str, ...] = ()
    take_back: timedelta = timedelta(seconds=30)


def message_modal(form: MessageForm, ref: Ref) -> View:
    """The whole form; where there is no way to reach the student, what to do instead."""
    title = f"Message {shorten(form.to.given, 'given name')}"
    if form.to.reach.way is Way.NONE:
        return modal(Modal.NOTE, title, [_head(form), *_no_way(form, ref)])
    blocks = [
        _head(form),
        *[section(one) for one in form.said],
        *template_menu(
            form.templates, form.template, f"{Action.MESSAGE_TEMPLATE}|{form.menu_mark}"
        ),
        *offer_blocks(form.templates, form.offered),
        _text(form),
        actions(button("Update preview", Action.MESSAGE_PREVIEW, ref.encode())),
        *_preview(form),
    ]
    return modal(Modal.MESSAGE, title, blocks, ref=ref, submit="Send")


def message_sent(
    given: str, hint: str, delivery_id: int, window: timedelta, link: str | None
) -> View:
    """What follows the form: how the message goes, and the way to take it back or see it."""
    words = (
        f"{shorten(given, 'name')} gets your message by {hint} in "
        f"{plural(round(window.total_seconds()), 'second')}. Until then you can take it back, here "
        "or on its card in your messages with me, which also shows when it was read and answered."
    )
    to_it = [link_button("Open", Action.OPEN_LINK, link)] if link else []
    buttons = actions(take_back_button(delivery_id), *to_it)
    return modal(Modal.NOTE, "Message", [section(words), buttons])


def _head(form: MessageForm) -> Block:
    where = f" · {shorten(form.to.where, 'class')}" if form.to.where else ""
    return line(bold(shorten(form.to.name, "name")), where)


def _text(form: MessageForm) -> Block:
    block_id = f"{Action.MESSAGE_TEXT}|{form.mark}"
    return long_field(
        "Message", block_id, Action.MESSAGE_TEXT, form.placed, most=LONGEST_MESSAGE, hint=MARKS
    )


def offer_blocks(
    templates: Sequence[TemplateLine],
    offered: int | None,
    action: Action = Action.USE_TEMPLATE,
) -> Blocks:
    """The template that was chosen after the text had been changed by hand."""
    found = next((one for one in templates if one.id == offered), None)
    if found is None:
        return []
    use = button("Replace my text", action, Ref(template=found.id).encode())
    sure = {
        "title": _plain("Replace your text?"),
        "text": _plain("What you have typed is lost."),
        "confirm": _plain("Replace"),
        "deny": _plain("Keep mine"),
    }
    words = f"{KEPT} Put “{shorten(found.title, 'option')}” in its place?"
    return [section(words, use | {"confirm": sure})]


def _preview(form: MessageForm) -> Blocks:
    """As the student will see it; what could not be filled in; by which way, and for how long
    it can be taken back.
    """
    text = form.filled.text
    troubles = [section(trouble_words(one)) for one in form.filled.troubles]
    shown = rich_blocks(text) if text.strip() else [section("Nothing yet.")]
    return [
        divider(),
        line(bold(f"As {shorten(form.to.given, 'given name')} will see it")),
        *shown,
        *troubles,
        divider(),
        section(
            f"{len(text):,} of {LONGEST_MESSAGE:,} characters. Goes by {form.to.reach.hint}. "
            f"{take_back_words(form.take_back)}"
        ),
    ]


def _no_way(form: MessageForm, ref: Ref) -> Blocks:
    """What can be done where nothing reaches the student."""
    given = shorten(form.to.given, "given name")
    words = (
        f"I cannot reach {given}: {form.to.reach.why_not}. Ask the person who runs Homeroom to "
        "see to it."
    )
    others = [act for act in (Act.PARENT, Act.MEET) if act in OFFERED]
    labels = {Act.PARENT: "Write to the parents", Act.MEET: "Arrange a meeting"}
    buttons: list[Element] = [
        button(labels[act], Action.ACT, _other(ref, act), number=number)
        for number, act in enumerate(others)
    ]
    return [section(words), *([actions(*buttons)] if buttons else [])]


def _other(ref: Ref, act: Act) -> str:
    own = Ref(act=act.value, student=ref.student, class_id=ref.class_id, concern=ref.concern)
    return own.encode()


def _plain(words: str) -> Element:
    return {"type": "plain_text", "text": words, "emoji": False}
