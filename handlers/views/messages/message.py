"""The form of a message to a student: a template, the text, and how the student will see it."""

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
    section,
)
from handlers.views.interventions.act_buttons import OFFERED
from handlers.views.interventions.taking_back import take_back_words
from handlers.views.limits import shorten
from handlers.views.marked import rich_blocks
from handlers.views.messages.written import ONE, Written, sent_note, written_blocks
from handlers.views.modals import View, modal
from interventions.messages.placeholders import Filled, trouble_words
from interventions.messages.texts import LONGEST_MESSAGE
from interventions.students import Reach, Way


@dataclass(frozen=True, slots=True)
class Addressee:
    """The student whom a message is for: full and given name, class, and the way there is."""

    id: int
    name: str
    given: str
    where: str
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageForm(Written):
    """What stands in the form. `filled` is the text as the student will read it, `said` are lines
    of warning above all else.
    """

    to: Addressee
    filled: Filled
    sender: str
    said: tuple[str, ...] = ()


def message_modal(form: MessageForm, ref: Ref) -> View:
    """The whole form; where there is no way to reach the student, what to do instead."""
    title = f"Message {shorten(form.to.given, 'given name')}"
    if form.to.reach.way is Way.NONE:
        return modal(Modal.NOTE, title, [_head(form), *_no_way(form, ref)])
    blocks = [
        _head(form),
        *[section(one) for one in form.said],
        *written_blocks(form, ONE),
        actions(button("Update preview", Action.MESSAGE_PREVIEW, ref.encode())),
        *_preview(form),
    ]
    return modal(Modal.MESSAGE, title, blocks, ref=ref, submit="Send")


def message_preview(form: MessageForm) -> Blocks:
    """To whom it goes, and how they will see it, outside of the form."""
    return [_head(form), *[section(one) for one in form.said], *_preview(form)]


def message_sent(
    given: str, hint: str, delivery_id: int, window: timedelta, link: str | None
) -> View:
    """What follows the form: how the message goes, and the way to take it back or see it."""
    words = (
        f"{shorten(given, 'name')} gets your message by {hint} in "
        f"{plural(round(window.total_seconds()), 'second')}. Until then you can take it back, here "
        "or on its card in your messages with me, which also shows when it was read and answered."
    )
    return sent_note([section(words)], delivery_id, link)


def _head(form: MessageForm) -> Block:
    where = f" · {shorten(form.to.where, 'class')}" if form.to.where else ""
    return line(bold(shorten(form.to.name, "name")), where)


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
