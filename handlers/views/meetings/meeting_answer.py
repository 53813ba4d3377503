"""The answer of somebody invited: as a message to the teacher, and in words on the card."""

from datetime import datetime

from analytics.wording import moment_words
from handlers.ids import Action
from handlers.views.blocks import Blocks, Span, actions, bold, button, line
from handlers.views.limits import shorten
from handlers.views.meetings.meeting_card import MOVE, cancel_button, meeting_ref, subject
from interventions.answers import Answer
from interventions.meetings.shapes import AttendeeView, MeetingView

ANSWER_TEXT = "An answer to an invitation of yours."
"""What a lock screen shows: it names nobody."""
SAID = {
    Answer.ACCEPTED: "can come after all",
    Answer.DECLINED: "cannot come",
    Answer.TENTATIVE: "may come after all",
}


def answer_message(view: MeetingView, who: AttendeeView, *, now: datetime) -> Blocks:
    """Who does not come, or does after all, to what, and why; and what can be done."""
    name = shorten(who.name or who.address_hint or "Somebody invited", "name")
    said = SAID[who.answer] if who.answer is not None else "has taken the answer back"
    when = moment_words(view.scheduled_at, view.zone, now)
    words: list[Span | str] = [bold(f"{name} {said}."), f"\n{when}: {subject(view)}"]
    if who.answer_note:
        words.append(f"\n“{shorten(who.answer_note, 'finding')}”")
    blocks = [line(*words)]
    if who.answer is Answer.DECLINED:
        move = button(MOVE, Action.MOVE_MEETING, meeting_ref(view).encode())
        blocks.append(actions(move, cancel_button(view)))
    return blocks
