"""What somebody invited to a meeting is shown at `/m/<token>`, and taking their answer there."""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import joined
from handlers.mail.times import when_words
from handlers.mail.words import language_of
from handlers.pages.frame import Form, Page, PageRoute
from interventions.meetings import Invitation, Taken, answer_invitation, invitation_of
from interventions.meetings.answering import LONGEST_NOTE
from school.errors import InvalidInput
from school.links import PageKind
from school.models import PageLink

TEMPLATE = "meeting/page.html"


def show_invitation(session: Session, link: PageLink, now: datetime) -> Page:
    """The meeting as it stands, and what was answered. Raises NotFound."""
    return _page(invitation_of(link.subject_id, session=session, now=now))


def answer_posted(session: Session, link: PageLink, form: Form, now: datetime) -> Page | None:
    """Take an answer. What was meant for another time, or is wrong, comes back with what was typed.

    Raises NotFound.
    """
    typed, sequence = form.get("note", ""), form.get("sequence", "")
    # Python takes no number of thousands of figures.
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < 10
    number = int(sequence) if is_number else -1
    said = form.get("answer", "")
    try:
        taken = answer_invitation(link.subject_id, said, typed, number, session=session, now=now)
    except InvalidInput as wrong:
        return _again(session, link, now, wrong.field, typed)
    return _again(session, link, now, "moved", typed) if taken is Taken.MOVED else None


def invited_at(session: Session, link: PageLink, now: datetime) -> str | None:
    """Where the invited are written to by now. Raises NotFound as `show_invitation` does."""
    return invitation_of(link.subject_id, session=session, now=now).email


def _again(session: Session, link: PageLink, now: datetime, wrong: str, typed: str) -> Page:
    return _page(invitation_of(link.subject_id, session=session, now=now), wrong, typed)


def _page(invitation: Invitation, wrong: str = "", typed: str | None = None) -> Page:
    code = language_of(invitation.language)
    when = when_words(invitation.starts_at, invitation.minutes, invitation.zone, code)
    values = {
        "standing": invitation.standing.value,
        "name": invitation.name,
        "teacher_name": invitation.teacher_name,
        "children": joined(invitation.children),
        "when": when,
        "place": invitation.place,
        "answer": invitation.answer,
        "former": invitation.former,
        "asked_again": invitation.asked_again,
        "note": invitation.note,
        "typed": (invitation.note or "") if typed is None else typed,
        "wrong": wrong,
        "sequence": invitation.sequence,
        "most": LONGEST_NOTE,
    }
    return Page(TEMPLATE, code, values, 422 if wrong else 200)


MEETING_PAGE = PageRoute(PageKind.MEETING, show_invitation, answer_posted, invited_at)
