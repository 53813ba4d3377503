"""The question after a meeting: whether it took place, and what came of it."""

from datetime import datetime

from analytics.wording import clock_words, moment_words
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Blocks, Element, actions, bold, button, line
from handlers.views.limits import shorten
from handlers.views.meetings.meeting_card import KINDS, group_words, meeting_ref, who_changed
from interventions.meetings.shapes import MeetingView
from school.models import MeetingStatus, MeetingType

OUTCOME_TEXT = "One question about a meeting."
"""What a lock screen shows: it names nobody."""


def outcome_question(view: MeetingView, *, viewer_id: int, now: datetime) -> Blocks:
    """Whether the meeting took place; once answered what was answered, which can be undone."""
    who, ref = _with(view), meeting_ref(view)
    when = moment_words(view.scheduled_at, view.zone, now)
    said = f"\n{KINDS[view.meeting_type].capitalize()}, {when}"
    written = f"\n{shorten(view.outcome_notes, 'finding')}" if view.outcome_notes else ""
    if view.status is MeetingStatus.SCHEDULED:
        asked = line(bold(f"Did the meeting with {who} take place?"), said, written)
        return [asked, actions(*_answers(ref), _notes_button(view, ref))]
    if view.status is MeetingStatus.CANCELLED:
        return [line(bold(f"The meeting with {who} was cancelled."), said, written)]
    took = "took" if view.status is MeetingStatus.HELD else "did not take"
    words = f"The meeting with {who} {took} place"
    answer = line(bold(words), f"{_noted_by(view, viewer_id)}.", said, written)
    undo = button("Undo", Action.REOPEN_OUTCOME, ref.encode())
    return [answer, actions(*_again(view, ref), _notes_button(view, ref), undo)]


def _answers(ref: Ref) -> tuple[Element, Element]:
    return (
        button("Yes", Action.MEETING_HELD, ref.encode()),
        button("It did not", Action.MEETING_MISSED, ref.encode()),
    )


def _notes_button(view: MeetingView, ref: Ref) -> Element:
    label = "Edit notes" if view.outcome_notes else "Add notes"
    return button(label, Action.ADD_OUTCOME_NOTES, ref.encode())


def _again(view: MeetingView, ref: Ref) -> list[Element]:
    if view.status is not MeetingStatus.MISSED:
        return []
    return [button("Schedule again", Action.MEET_AGAIN, ref.encode(), style="primary")]


def _with(view: MeetingView) -> str:
    if view.further:
        return group_words(view)
    name = shorten(view.student_name, "name")
    return f"the family of {name}" if view.meeting_type is MeetingType.PARENT_CONFERENCE else name


def _noted_by(view: MeetingView, viewer_id: int) -> str:
    change = view.last_change
    if change is None or change.change != "outcome":
        return ""
    return f", noted by {who_changed(change, viewer_id)}, {clock_words(change.at, view.zone)}"
