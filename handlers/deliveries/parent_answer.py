"""That a guardian has answered, for the teacher who wrote; kept as written."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete, Outgoing
from handlers.deliveries.shared import AT_WORK, check_hour, lock_screen, viewer_for
from handlers.views.families.parent_answer import ANSWER_TEXT, answer_message
from handlers.views.limits import shorten
from interventions.parents import latest_answer
from interventions.parents.notify import PURPOSE
from school.access import NO_SUCH_STUDENT, open_student
from school.errors import NotFound
from school.models import Delivery, Guardian, ParentNotice
from school.zones import own_zone


def parent_answer_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """The answer that holds now. Raises Obsolete where it was changed since, and NotYet in the
    teacher's quiet hours.

    Raises NotFound or NotAllowed for who may not see the student any more.
    """
    viewer = viewer_for(session, delivery, now)
    notice = session.scalars(
        select(ParentNotice).where(
            ParentNotice.workspace_id == delivery.workspace_id,
            ParentNotice.id == int(delivery.payload["notice"]),
        )
    ).first()
    if notice is None:
        raise NotFound(NO_SUCH_STUDENT)
    answer = latest_answer(notice.id, session=session)
    if answer is None or answer.version != delivery.payload["version"]:
        raise Obsolete("changed")
    student = open_student(session, viewer, notice.student_id, PURPOSE, now=now)
    if now - notice.sent_at > AT_WORK:
        check_hour(session, viewer.user_id, now)
    guardian = session.get_one(Guardian, notice.guardian_id)
    zone = own_zone(viewer, session=session).key
    blocks = answer_message(notice, answer, student, guardian, zone=zone, now=now)
    named = f"The family of {shorten(student.name, 'name')} has answered you."
    text = lock_screen(session, viewer.user_id, ANSWER_TEXT, named)
    return Outgoing(text, lambda _file: blocks)
