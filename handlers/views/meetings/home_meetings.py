"""The meetings of the next days in App Home."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views.blocks import Block, Blocks, bold, line, section
from handlers.views.limits import shorten
from handlers.views.meetings.meeting_card import prep_button, subject
from handlers.views.moments import near_words
from interventions.meetings.shapes import MeetingView

MOST_MEETINGS = 10


def home_meetings(meetings: Sequence[MeetingView], now: datetime) -> Blocks:
    """Each with its moment, whom it is with and its prep card; nothing where there is none."""
    if not meetings:
        return []
    shown = [meeting_line(one, now) for one in meetings[:MOST_MEETINGS]]
    rest = [section("And more after these.")] if len(meetings) > len(shown) else []
    return [line(bold("Meetings this week")), *shown, *rest]


def meeting_line(view: MeetingView, now: datetime) -> Block:
    """One meeting: when, with whom, where, and the way to its prep card."""
    when = near_words(view.scheduled_at, view.zone, now)
    place = [shorten(view.location, "reason")] if view.location else []
    words = f"{when[:1].upper() + when[1:]} · {subject(view)}"
    text = {"type": "plain_text", "text": "\n".join([words, *place]), "emoji": False}
    return {"type": "section", "text": text, "accessory": prep_button(view)}
