"""The page of a notice to a guardian: who writes about what, how the child is doing, the answer."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.deliveries.parent_mail import FILE_NAMES, report_job
from handlers.families.letter import GONE, Letter, letter_values, open_letter, people_of
from handlers.families.wording import WORDINGS
from handlers.mail.times import short_when
from handlers.pages.frame import Form, Page, PageFile, PageRoute
from interventions.parents import Choice, answer_notice, latest_answer
from interventions.record import changed
from school.access import open_student
from school.errors import InvalidInput, NotFound
from school.links import PageKind
from school.models import AuditEntry, Delivery, Lane, PageLink, ParentNotice, new_id

VIEWED, TAKEN = "parent_page", "parent_report"
"""Purposes in the audit log: a guardian has opened the page, or taken the report."""
CHOICE, WORDS = "choice", "words"
"""Fields of the form."""


def show(session: Session, link: PageLink, now: datetime) -> Page:
    """The page as it is now. Raises NotFound where it may not be read any more."""
    return _page(session, _letter(session, link, VIEWED, now))


def act(session: Session, link: PageLink, form: Form, now: datetime) -> Page | None:
    """Keep the answer. Raises NotFound as `show` does; what is wrong with it the page says."""
    choice, words = form.get(CHOICE, ""), form.get(WORDS, "")
    try:
        # Without the figures: nobody else writes meanwhile.
        people = people_of(session, link.subject_id, now=now)
        open_student(session, people.viewer, people.student.id, VIEWED, now=now)
        answer_notice(people.notice, choice, words, session=session, now=now)
    except InvalidInput as refused:
        letter = _letter(session, link, VIEWED, now)
        return _page(session, letter, typed=words, wrong=str(refused))
    except GONE:
        raise NotFound("no letter") from None
    return None


def guardian_at(session: Session, link: PageLink, now: datetime) -> str | None:
    """Where the guardian is written to by now. Raises NotFound where they may not be any more."""
    try:
        return people_of(session, link.subject_id, now=now).guardian.email
    except GONE:
        raise NotFound("no letter") from None


def opened(session: Session, link: PageLink, now: datetime) -> None:
    """A person opened it: the audit log and the teacher's card know."""
    notice = session.get_one(ParentNotice, link.subject_id)
    session.add(
        AuditEntry(
            workspace_id=notice.workspace_id,
            id=new_id(),
            user_id=notice.teacher_id,
            student_id=notice.student_id,
            purpose=VIEWED,
            happened_at=now,
        )
    )
    if notice.intervention_id is not None:
        changed(notice.intervention_id, session=session, now=now, lane=Lane.SCHEDULED)


def sent_at(session: Session, link: PageLink) -> datetime | None:
    """When the e-mail with the link went out; None while it has not."""
    notice = session.get(ParentNotice, link.subject_id)
    if notice is None or notice.delivery_id is None:
        return None
    mail = session.get(Delivery, (notice.workspace_id, notice.delivery_id))
    return None if mail is None else mail.finished_at or mail.first_attempt_at


def report(session: Session, link: PageLink, now: datetime) -> PageFile:
    """The child's report for the family, made on demand. Raises NotFound as `show` does."""
    letter = _letter(session, link, TAKEN, now)
    job = report_job(letter, session, now)
    trouble = Page("said.html", letter.notice.language, {"what": "file", "reference": ""}, 503)
    return PageFile(job, FILE_NAMES[letter.notice.language], trouble)


def _letter(session: Session, link: PageLink, purpose: str, now: datetime) -> Letter:
    try:
        return open_letter(session, link.subject_id, purpose, now=now)
    except GONE:
        raise NotFound("no letter") from None


def _page(
    session: Session, letter: Letter, *, typed: str | None = None, wrong: str | None = None
) -> Page:
    notice = letter.notice
    language, answer = notice.language, latest_answer(notice.id, session=session)
    choices = WORDINGS[language].choices
    given = answer.answer if answer is not None else ""
    when = short_when(answer.answered_at, letter.people.zone, language) if answer else ""
    values = letter_values(letter) | {
        "choices": [(one.value, choices[one]) for one in Choice],
        "chosen": answer.choice if answer else "",
        "chosen_words": choices[Choice(answer.choice)] if answer and answer.choice else "",
        "given": given,
        "given_when": when,
        "times": answer.version if answer else 0,
        "typed": given if typed is None else typed,
        "wrong": wrong,
        "report_name": FILE_NAMES[language],
    }
    return Page(f"parent/{language}.html", language, values, 200 if wrong is None else 422)


PARENT_PAGE = PageRoute(
    PageKind.PARENT,
    show,
    act,
    guardian_at,
    opened=opened,
    sent_at=sent_at,
    files=dict.fromkeys(FILE_NAMES.values(), report),
)
