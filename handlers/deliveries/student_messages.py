"""Messages to students, in Slack and by e-mail, and the word that an answer was passed on.

Whether the message may still go is looked at when it is sent: it was not taken back, the teacher
still teaches the student, and the student is there and can be reached.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.links import Pages
from bot.outgoing import Mail, Obsolete, Outgoing
from handlers.deliveries.student_mails import mail_to_student
from handlers.mail.marked import Marked
from handlers.mail.words import known_address
from handlers.views.blocks import section
from handlers.views.messages.student_message import (
    KEPT_TEXT,
    MESSAGE_TEXT,
    NOTE_TEXT,
    NOTHING_TO_PASS_ON,
    TOO_LONG,
    StudentMessage,
    passed_on,
    student_message,
)
from interventions.messages import Sent, sent_of
from school.access import teaches
from school.cards import AGAIN
from school.links import PageKind, link_to
from school.models import Class, Delivery, Student, User
from school.zones import zone_of

TEMPLATE = "student_message"
"""A folder of templates/mail."""
FILE_ONLY, LONG, FILES = "file_only", "too_long", "files"
"""What a note says beside, or instead of, that an answer was passed on."""


def student_message_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A message in the student's own direct messages. Raises Obsolete where it is not to go."""
    sent = _sent(session, delivery)
    if AGAIN not in delivery.payload:
        check_may_go(session, sent, now)
    blocks = student_message(message_view(session, sent, now), now=now)
    return Outgoing(MESSAGE_TEXT, lambda _file: blocks)


def student_message_mail(
    pages: Pages | None, session: Session, delivery: Delivery, now: datetime
) -> Mail:
    """The same by e-mail, with the address of its page. Raises Obsolete where it is not to go."""
    sent = _sent(session, delivery)
    check_may_go(session, sent, now)
    student = session.get_one(Student, sent.message.student_id)
    teacher = session.get_one(User, sent.message.teacher_id)
    view = message_view(session, sent, now)
    values = {
        "class_title": view.class_title,
        "given_name": student.given_name,
        "message": Marked.of(view.text),
        "url": _url(pages, session, sent, known_address(student.email)),
    }
    return mail_to_student(TEMPLATE, values, student, teacher, session=session, delivery=delivery)


def student_note_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """What came of what a student wrote."""
    said = str(delivery.payload.get("said", ""))
    if said in (FILE_ONLY, LONG):
        words = [section(NOTHING_TO_PASS_ON if said == FILE_ONLY else TOO_LONG)]
        return Outgoing(NOTE_TEXT if said == FILE_ONLY else TOO_LONG, lambda _file: words)
    sent = _sent(session, delivery)
    teacher = session.get_one(User, sent.message.teacher_id)
    is_taught = still_taught(session, sent, now)
    blocks = passed_on(teacher.name, without_files=said == FILES, is_taught=is_taught)
    return Outgoing(NOTE_TEXT if is_taught else KEPT_TEXT, lambda _file: blocks)


def message_view(session: Session, sent: Sent, now: datetime) -> StudentMessage:
    """A message as its student sees it, in Slack and on its page."""
    row = sent.message
    class_id = sent.intervention.class_id if sent.intervention is not None else None
    course = session.get(Class, class_id) if class_id is not None else None
    return StudentMessage(
        message_id=row.id,
        teacher_name=session.get_one(User, row.teacher_id).name,
        class_title=course.title if course is not None else None,
        text=row.message,
        zone=zone_of(session, row.workspace_id).key,
        read_at=row.read_at,
        replied_at=sent.replies[-1].replied_at if sent.replies else None,
        is_taught=still_taught(session, sent, now),
    )


def check_may_go(session: Session, sent: Sent, now: datetime) -> None:
    """Raises Obsolete where a message was taken back, or is none of its teacher's to send now."""
    if sent.intervention is not None and sent.intervention.withdrawn_at is not None:
        raise Obsolete("taken_back")
    student = session.get_one(Student, sent.message.student_id)
    if not student.is_active:
        raise Obsolete("no_student")
    if not still_taught(session, sent, now):
        raise Obsolete("no_access")


def still_taught(session: Session, sent: Sent, now: datetime) -> bool:
    """Whether who wrote a message may still write to its student, and read what they answer."""
    teacher = session.get_one(User, sent.message.teacher_id)
    return teaches(teacher, sent.message.student_id, session=session, now=now)


def _sent(session: Session, delivery: Delivery) -> Sent:
    sent = sent_of(session, int(delivery.payload["message"]))
    if sent is None or sent.message.workspace_id != delivery.workspace_id:
        raise Obsolete("no_message")
    return sent


def _url(pages: Pages | None, session: Session, sent: Sent, address: str) -> str | None:
    row = sent.message
    link = link_to(session, row.workspace_id, PageKind.STUDENT, row.id)
    return None if pages is None or link is None else pages.url(link, address)
