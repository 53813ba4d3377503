"""What a student answered, to the teacher who wrote, as a message of its own."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.outgoing import NotYet, Outgoing
from handlers.deliveries.shared import viewer_for
from handlers.views.student_reply import REPLY_TEXT, ReplyView, student_reply
from interventions.messages import sent_of
from school.access import NO_SUCH_STUDENT, open_student
from school.days_off import own_times
from school.errors import NotFound
from school.hours import later_allowed
from school.models import Delivery, StudentReply, User
from school.zones import own_zone

AROUND = timedelta(days=400)
"""Days off within which a teacher's next good hour is looked for."""
AT_WORK = timedelta(hours=1)
"""Who wrote so lately is there to be answered, whatever the hour."""


def student_reply_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """An answer as it was written; it comes when its reader may be disturbed. Audited.

    Raises NotFound or NotAllowed for who does not teach the student any more, and NotYet.
    """
    viewer = viewer_for(session, delivery, now)
    reply = session.get(StudentReply, int(delivery.payload["reply"]))
    sent = sent_of(session, reply.message_id) if reply is not None else None
    if reply is None or sent is None or reply.workspace_id != viewer.workspace_id:
        raise NotFound(NO_SUCH_STUDENT)
    student = open_student(session, viewer, sent.message.student_id, "message", now=now)
    if now - sent.message.sent_at > AT_WORK:
        _check_hour(session, delivery, now)
    view = ReplyView(
        student_id=student.id,
        student_name=student.name,
        message=sent.message.message,
        reply=reply.reply,
        replied_at=reply.replied_at,
        zone=own_zone(viewer, session=session).key,
    )
    blocks = student_reply(view, now=now)
    return Outgoing(REPLY_TEXT, lambda _file: blocks)


def _check_hour(session: Session, delivery: Delivery, now: datetime) -> None:
    """Raises NotYet in its reader's quiet hours and on their days off."""
    reader = session.get_one(User, delivery.recipient_id)
    span = now.date() - timedelta(days=7), now.date() + AROUND
    when = later_allowed(now, own_times(session, reader, *span))
    if when is not None and when > now:
        raise NotYet(when)
