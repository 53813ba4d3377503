"""A guardian's answer as the teacher reads it."""

from datetime import datetime

from analytics.wording import moment_words
from handlers.codec import Ref
from handlers.families.wording import EN
from handlers.ids import Act, Action
from handlers.meetings.form import Wish
from handlers.views.blocks import Blocks, Element, actions, bold, button, line
from handlers.views.limits import shorten
from interventions.parents import Choice, ConcernType
from interventions.parents.notify import PLAIN
from school.models import Guardian, MeetingType, ParentAnswer, ParentNotice, Student

ANSWER_TEXT = "A family has answered you."
"""What a lock screen shows: it names nobody."""


def answer_message(
    notice: ParentNotice,
    answer: ParentAnswer,
    student: Student,
    guardian: Guardian,
    *,
    zone: str,
    now: datetime,
) -> Blocks:
    """Who answers what, to which of the teacher's e-mails, and what can be done next."""
    did = "has answered" if answer.version == 1 else "has changed the answer"
    about = PLAIN[ConcernType(notice.concern)]
    written = moment_words(notice.sent_at, zone, now)
    when = moment_words(answer.answered_at, zone, now)
    first = line(
        bold(shorten(student.name, "name")),
        f" · {shorten(guardian.name, 'name')} {did}, {when}. You wrote about {about}, {written}.",
    )
    clicked = [line(bold(EN.choices[Choice(answer.choice)]))] if answer.choice else []
    words = [line(f"“{answer.answer}”")] if answer.answer else []
    return [first, *clicked, *words, actions(*_next(notice, answer))]


def _next(notice: ParentNotice, answer: ParentAnswer) -> list[Element]:
    """What the answer asks for comes first."""
    acts = [(Act.MEET, "Meet"), (Act.PARENT, "Write again"), (Act.HISTORY, "History")]
    if answer.choice not in (Choice.MEET.value, Choice.CALL.value):
        acts = [*acts[1:], acts[0]]
    with_family = Wish(kind=MeetingType.PARENT_CONFERENCE.value).code
    refs = [
        Ref(
            act=act.value,
            student=notice.student_id,
            when=with_family if act is Act.MEET else None,
        )
        for act, _ in acts
    ]
    return [
        button(words, f"{Action.ACT}:{number}", ref.encode())
        for number, ((_, words), ref) in enumerate(zip(acts, refs, strict=True))
    ]
