"""The page of a message to a student: its words, what was answered, and a form to answer.

Whoever has the address sees the message that it was made for, and nothing else of anyone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from analytics.wording import moment_words
from handlers.deliveries.student_messages import message_view
from handlers.drafts import new_draft
from handlers.mail.marked import Marked
from handlers.mail.words import ENGLISH
from handlers.pages.frame import Form, Page, PageRoute
from handlers.views.messages.student_message import who_has_it
from interventions.messages import LONGEST_REPLY, Sent, answer_message, read_message, sent_of
from interventions.messages.replies import CLICK, PAGE
from school.errors import InvalidInput, NotFound
from school.links import PageKind
from school.models import Delivery, DeliveryState, PageLink, Student, StudentReply

TEMPLATE = "student/page.html"
WRONG = 422
DRAFT = 32
"""Characters of a form's own id."""


def show_message(session: Session, link: PageLink, now: datetime) -> Page:
    """The message as it stands. Raises NotFound where it was taken back."""
    sent, _ = _message(session, link)
    return _page(session, sent, now)


def act_on_message(session: Session, link: PageLink, form: Form, now: datetime) -> Page | None:
    """Note that it was read, or take the answer, once for each form that was shown."""
    sent, student = _message(session, link)
    row = sent.message
    if form.get("do") == "read":
        read_message(row.id, student, by=CLICK, session=session, now=now)
        return None
    typed = form.get("answer", "")
    draft = form.get("draft", "")[:DRAFT] or new_draft()
    try:
        answer_message(
            row.id,
            student,
            typed,
            way="page",
            key=f"page {row.id} {draft}",
            session=session,
            now=now,
        )
    except InvalidInput as refused:
        return _page(session, sent, now, typed=typed, wrong=str(refused))
    return None


def message_opened(session: Session, link: PageLink, now: datetime) -> None:
    """A person opened the page: the message is read."""
    sent, student = _message(session, link)
    read_message(sent.message.id, student, by=PAGE, session=session, now=now)


def message_sent_at(session: Session, link: PageLink) -> datetime | None:
    """When the mail with the address went out."""
    sent = sent_of(session, link.subject_id)
    delivery: Delivery | None = sent.delivery if sent is not None else None
    if delivery is None or delivery.state != DeliveryState.SENT.value:
        return None
    return delivery.finished_at


def student_at(session: Session, link: PageLink, _now: datetime) -> str | None:
    """Where the student is written to by now. Raises NotFound as `show_message` does."""
    _, student = _message(session, link)
    return student.email


def _message(session: Session, link: PageLink) -> tuple[Sent, Student]:
    sent = sent_of(session, link.subject_id)
    if sent is None or sent.message.workspace_id != link.workspace_id:
        raise NotFound("no message")
    gone = sent.intervention is not None and sent.intervention.withdrawn_at is not None
    student = session.get_one(Student, sent.message.student_id)
    if gone or not student.is_active:
        raise NotFound("no message")
    return sent, student


def _page(session: Session, sent: Sent, now: datetime, *, typed: str = "", wrong: str = "") -> Page:
    view = message_view(session, sent, now)
    values: dict[str, Any] = {
        "teacher_name": view.teacher_name,
        "class_title": view.class_title,
        "message": Marked.of(view.text),
        "came": who_has_it(view.teacher_name, is_taught=view.is_taught),
        "answers": _answers(sent.replies, view.zone, now),
        "confirmed": sent.message.read_by == CLICK,
        "draft": new_draft(),
        "most": LONGEST_REPLY,
        "typed": typed,
        "wrong": wrong,
    }
    return Page(TEMPLATE, ENGLISH, values, status=WRONG if wrong else 200)


def _answers(replies: Sequence[StudentReply], zone: str, now: datetime) -> list[dict[str, str]]:
    return [{"when": moment_words(one.replied_at, zone, now), "text": one.reply} for one in replies]


STUDENT_PAGE = PageRoute(
    PageKind.STUDENT,
    show_message,
    act_on_message,
    student_at,
    opened=message_opened,
    sent_at=message_sent_at,
)
