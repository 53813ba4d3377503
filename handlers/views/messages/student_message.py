"""What a student sees of a message: who wrote it, the words, and how to answer."""

from dataclasses import dataclass
from datetime import datetime

from analytics.wording import moment_words
from handlers.ask import Answer
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, Blocks, actions, bold, button, field, line, section
from handlers.views.fields import LONGEST_TEXT
from handlers.views.limits import shorten
from handlers.views.marked import rich_blocks
from handlers.views.modals import View, modal, note
from school.access import FOR_STUDENTS

MESSAGE_TEXT = "You have a message from your teacher."
NOTE_TEXT = "Your answer has been passed on."
KEPT_TEXT = "Your answer has been kept."
"""What a lock screen shows: it names nobody."""
HOW_TO_ANSWER = "To answer one, click Reply below it, or just write to me here."
WORDS_ONLY = "I pass on words only: what you attached has stayed here."
NOTHING_TO_PASS_ON = (
    "I pass on words only, so your teacher has not got what you attached. Please write a few words."
)
NOT_TAUGHT = (
    "{name} does not teach you any more and does not get it; it is kept for your other teachers. "
    "If it is important, please talk to one of them."
)
TOO_LONG = "That is too long for me to pass on. Please send it in shorter parts."


@dataclass(frozen=True, slots=True)
class StudentMessage:
    """A message as the student sees it; moments in the school's zone.

    `is_taught`: by who wrote it, now, who then gets the answers.
    """

    message_id: int
    teacher_name: str
    class_title: str | None
    text: str
    zone: str
    read_at: datetime | None = None
    replied_at: datetime | None = None
    is_taught: bool = True


def student_message(view: StudentMessage, *, now: datetime) -> Blocks:
    """The message with its buttons; what is done with is said in words instead."""
    of_class = f" · {shorten(view.class_title, 'class')}" if view.class_title else ""
    first = line("Message from ", bold(shorten(view.teacher_name, "name")), of_class)
    return [first, *rich_blocks(view.text), *_state(view, now), _buttons(view)]


def _state(view: StudentMessage, now: datetime) -> Blocks:
    if view.replied_at is not None:
        came = who_has_it(view.teacher_name, is_taught=view.is_taught)
        return [_small(f"You answered {_when(view.replied_at, view, now)}. {came}")]
    if view.read_at is not None:
        return [_small(f"You have read this, {_when(view.read_at, view, now)}.")]
    return []


def _when(at: datetime, view: StudentMessage, now: datetime) -> str:
    return moment_words(at, view.zone, now)


def _small(words: str) -> Block:
    element = {"type": "plain_text", "text": words, "emoji": False}
    return {"type": "context", "elements": [element]}


def _buttons(view: StudentMessage) -> Block:
    value = Ref(message=view.message_id).encode()
    again = "Write again" if view.replied_at is not None else "Reply"
    reply = button(again, Action.ANSWER_MESSAGE, value)
    if view.read_at is not None:
        return actions(reply)
    return actions(button("Got it", Action.MESSAGE_READ, value, style="primary"), reply)


def answer_modal(message_id: int, teacher_name: str) -> View:
    """Where a student writes an answer."""
    name = shorten(teacher_name, "name")
    element = {
        "type": "plain_text_input",
        "action_id": Action.STUDENT_ANSWER,
        "multiline": True,
        "max_length": LONGEST_TEXT,
    }
    hint = "The teachers of your class can read it."
    what = field(f"Your answer to {name}", Action.STUDENT_ANSWER, element, hint=hint)
    ref = Ref(message=message_id, draft=new_draft())
    return modal(Modal.STUDENT_ANSWER, "Your answer", [what], ref=ref, submit="Send")


def who_has_it(teacher_name: str, *, is_taught: bool) -> str:
    """What became of an answer."""
    name = shorten(teacher_name, "name")
    return f"{name} has it." if is_taught else NOT_TAUGHT.format(name=name)


def answered_note(teacher_name: str, *, is_taught: bool) -> View:
    """What stands there once an answer was taken."""
    name = shorten(teacher_name, "name")
    came = f"{name} has your answer." if is_taught else NOT_TAUGHT.format(name=name)
    return note("Your answer", Answer.plain(came))


def passed_on(teacher_name: str, *, without_files: bool, is_taught: bool) -> Blocks:
    """That what a student wrote has gone to the teacher, where it has."""
    name = shorten(teacher_name, "name")
    gone = line("Your answer went to ", bold(name), ".")
    first = gone if is_taught else section(NOT_TAUGHT.format(name=name))
    return [first, section(WORDS_ONLY)] if without_files else [first]


def student_greeting() -> Blocks:
    """For a student who writes where there is nothing to answer."""
    return [section(FOR_STUDENTS), section(HOW_TO_ANSWER)]
