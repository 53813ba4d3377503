"""What a student answered, to the teacher who wrote, as a message of its own."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from handlers.deliveries.shared import AT_WORK, check_hour, lock_screen, viewer_for
from handlers.views.limits import shorten
from handlers.views.messages.student_reply import REPLY_TEXT, ReplyView, student_reply
from interventions.messages import sent_of
from school.access import NO_SUCH_STUDENT, open_student
from school.errors import NotFound
from school.models import Delivery, StudentReply
from school.zones import own_zone


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
        check_hour(session, viewer.user_id, now)
    view = ReplyView(
        student_id=student.id,
        student_name=student.name,
        message=sent.message.message,
        reply=reply.reply,
        replied_at=reply.replied_at,
        zone=own_zone(viewer, session=session).key,
    )
    blocks = student_reply(view, now=now)
    named = f"{shorten(student.name, 'name')} has answered you."
    text = lock_screen(session, viewer.user_id, REPLY_TEXT, named)
    return Outgoing(text, lambda _file: blocks)
