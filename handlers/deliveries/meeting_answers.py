"""That somebody invited does not come, or comes after all: a message to the teacher."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outgoing import Obsolete, Outgoing
from handlers.deliveries.shared import lock_screen, viewer_for
from handlers.views.meetings.meeting_answer import ANSWER_TEXT, answer_message
from handlers.views.meetings.meeting_card import subject
from interventions.meetings import MeetingStatus, meeting_of
from school.models import Delivery


def meeting_answer_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """The message. Raises Obsolete where it is answered otherwise by now, or nothing is to come.

    Raises NotFound or NotAllowed for who may not see the meeting.
    """
    viewer, payload = viewer_for(session, delivery, now), delivery.payload
    view = meeting_of(viewer, int(payload["meeting"]), session=session, now=now)
    if view.status is not MeetingStatus.SCHEDULED or view.scheduled_at <= now:
        raise Obsolete("over")
    who = next((one for one in view.attendees if one.id == payload["attendee"]), None)
    if who is None or who.answer != payload["answer"]:
        raise Obsolete("answered_otherwise")
    blocks = answer_message(view, who, now=now)
    named = f"An answer to an invitation of yours: {subject(view)}."
    text = lock_screen(session, viewer.user_id, ANSWER_TEXT, named)
    return Outgoing(text, lambda _file: blocks)
