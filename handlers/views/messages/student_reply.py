"""A student's answer as its teacher gets it, letter by letter as it was written."""

from dataclasses import dataclass, replace
from datetime import datetime

from analytics.wording import moment_words
from handlers.codec import OWN_WORDS, Ref
from handlers.ids import Act, Action
from handlers.mail.marked import plain_of
from handlers.views.blocks import Block, Blocks, actions, bold, button, line
from handlers.views.limits import shorten

REPLY_TEXT = "A student has answered you."
"""What a lock screen shows: it names nobody."""
PART = 2800
"""Characters of an answer in one block."""
QUOTED = 160
"""Characters of the teacher's own message that stand beside it."""


@dataclass(frozen=True, slots=True)
class ReplyView:
    """An answer, the message that it answers, and where the student wrote it."""

    student_id: int
    student_name: str
    message: str
    reply: str
    replied_at: datetime
    zone: str


def student_reply(view: ReplyView, *, now: datetime) -> Blocks:
    """Who, when, the answer whole, to what, and the next step."""
    name, when = shorten(view.student_name, "name"), moment_words(view.replied_at, view.zone, now)
    own = " ".join(plain_of(view.message).split())
    to_what = own if len(own) <= QUOTED else f"{own[: QUOTED - 1].rstrip()}…"
    return [
        line(bold(name), f" answered your message, {when}:"),
        *(_quote(view.reply[at : at + PART]) for at in range(0, len(view.reply), PART)),
        line(f"You wrote: {to_what}"),
        _buttons(view),
    ]


def _buttons(view: ReplyView) -> Block:
    about = Ref(student=view.student_id)
    answer = replace(about, template=OWN_WORDS)
    return actions(
        button("Write back", Action.ACT, _act(Act.MESSAGE, answer), number=0),
        button("History", Action.ACT, _act(Act.HISTORY, about), number=1),
    )


def _act(act: Act, about: Ref) -> str:
    return replace(about, act=act.value).encode()


def _quote(text: str) -> Block:
    inside = [{"type": "text", "text": text}]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": inside}],
    }
