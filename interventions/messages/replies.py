"""What students do with a message: read it, and answer it. What they write is kept as written."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interventions.messages.queries import sent_of
from interventions.messages.texts import checked_reply
from interventions.record import changed
from interventions.teachers import tell_teacher
from school.errors import InvalidInput, NotFound
from school.models import Student, StudentReply, TeacherMessage

REPLY = "student_reply"
"""The kind of the delivery that brings a teacher an answer (handlers/ids.py)."""
CLICK, ANSWER, PAGE = "click", "reply", "page"
"""How a message came to be known as read."""
MOST_BY_PAGE = 20
"""So many answers to one message are taken on its page: whoever has its address could flood the
teacher, each answer being told in Slack."""
TOO_OFTEN = (
    "You have answered this very often. Please talk to your teacher, or reply to the e-mail."
)
NO_SUCH_MESSAGE = "None of your messages is that one."


def read_message(
    message_id: int, student: Student, *, by: str, session: Session, now: datetime
) -> TeacherMessage:
    """Note that a student has read a message, the first time; a click says more than a page that
    was opened. Raises NotFound.
    """
    row = message_to(student, message_id, session=session)
    if row.read_at is None:
        row.read_at, row.is_read, row.read_by = now, True, by
        _show(row, session=session, now=now)
    elif (row.read_by, by) == (PAGE, CLICK):
        row.read_by = CLICK
    return row


def answer_message(
    message_id: int,
    student: Student,
    reply: str,
    *,
    way: str,
    key: str,
    session: Session,
    now: datetime,
) -> StudentReply | None:
    """Keep what a student answers, have its teacher told, and its card show it.

    `way` is `slack` or `page`; a repeated `key` is None, and changes nothing. Raises NotFound, and
    InvalidInput on `reply`.
    """
    row = message_to(student, message_id, session=session)
    text = checked_reply(reply)
    if way == PAGE and _count(row, session=session) >= MOST_BY_PAGE:
        raise InvalidInput("reply", TOO_OFTEN)
    made = StudentReply(workspace_id=row.workspace_id, message_id=row.id, reply=text, way=way)
    made.replied_at, made.key = now, key
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None
    if row.read_at is None:
        row.read_at, row.is_read, row.read_by = now, True, ANSWER
    _show(row, session=session, now=now)
    told = {"reply": made.id}
    tell_teacher(
        REPLY, told, row.teacher_id, session=session, now=now, unique_key=f"reply {made.id}"
    )
    return made


def _count(row: TeacherMessage, *, session: Session) -> int:
    query = select(func.count()).where(StudentReply.message_id == row.id)
    return session.scalars(query).one()


def message_to(student: Student, message_id: int, *, session: Session) -> TeacherMessage:
    """A message to this student that stands, locked. Raises NotFound, in the same words always."""
    query = (
        select(TeacherMessage)
        .where(
            TeacherMessage.workspace_id == student.workspace_id,
            TeacherMessage.id == message_id,
            TeacherMessage.student_id == student.id,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalars(query).first()
    sent = sent_of(session, row.id) if row is not None else None
    withdrawn = sent is None or (sent.intervention is not None and sent.intervention.withdrawn_at)
    if row is None or withdrawn or not student.is_active:
        raise NotFound(NO_SUCH_MESSAGE)
    return row


def _show(row: TeacherMessage, *, session: Session, now: datetime) -> None:
    """Have the card follow: its own, and that of those that went out together."""
    session.flush()
    sent = sent_of(session, row.id)
    lead = sent.lead_id if sent is not None else None
    for one in dict.fromkeys((row.intervention_id, lead)):
        if one is not None:
            changed(one, session=session, now=now)
