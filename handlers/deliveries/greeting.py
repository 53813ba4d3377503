"""The answer to whoever writes to the bot: a short help, or how to be linked."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from handlers.views.help import greeting_blocks, how_to_be_linked
from handlers.views.messages.student_message import student_greeting
from school.access import FOR_STUDENTS, viewer_for_slack
from school.errors import NotAllowed
from school.models import Delivery, Role


def greeting(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """Help for a teacher; for everybody else what they can expect here."""
    person = str(delivery.payload.get("person", ""))
    try:
        viewer = viewer_for_slack(session, delivery.workspace_id, person, None, now=now)
    except NotAllowed as refusal:
        if str(refusal) == FOR_STUDENTS:
            return Outgoing(FOR_STUDENTS, lambda _file_id: student_greeting())
        blocks = how_to_be_linked(str(refusal), person)
    else:
        blocks = greeting_blocks(administers=viewer.role is Role.ADMINISTRATOR)
    return Outgoing("I answer commands: type /homeroom help.", lambda _file_id: blocks)
