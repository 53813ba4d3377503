"""The e-mail to a guardian about a student: looked up, checked and written when it is sent."""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.exports import files
from bot.links import Pages
from bot.outgoing import FILE_MARK, Job, Mail, MailFile
from handlers.families.letter import Letter, letter_for, letter_values
from handlers.mail.times import late_line
from handlers.mail.words import guardian_address, render_mail
from interventions.parents import ConcernType
from interventions.parents.notify import PURPOSE
from school.addresses import is_address
from school.languages import ENGLISH, SPANISH
from school.links import PageKind, link_to
from school.models import Delivery, Workspace
from school.paper import paper_of

TEMPLATE = "parent_notice"
FILE_NAMES = {ENGLISH: "report.pdf", SPANISH: "informe.pdf"}
BESIDE = {
    ENGLISH: "The whole report is attached to this e-mail as a PDF.",
    SPANISH: "El informe completo va adjunto a este correo en PDF.",
}
INSTEAD_LINKED = {
    ENGLISH: "The report could not be attached. You find it behind the link of this e-mail.",
    SPANISH: "No se pudo adjuntar el informe. Lo encuentra en el enlace de este correo.",
}
INSTEAD = {
    ENGLISH: "The report could not be attached. Please reply to this e-mail and ask for it.",
    SPANISH: "No se pudo adjuntar el informe. Pídalo respondiendo a este correo.",
}


def parent_mail(pages: Pages | None, session: Session, delivery: Delivery, now: datetime) -> Mail:
    """A notice as an e-mail. Raises Obsolete where the guardian is not to get it any more."""
    letter = letter_for(session, delivery, PURPOSE, now)
    notice, teacher, guardian = letter.notice, letter.people.teacher, letter.people.guardian
    address = guardian_address(guardian)
    link = _link(pages, session, letter, address)
    can_reply = is_address(teacher.email)
    values = letter_values(letter) | {
        "to_name": guardian.name,
        "praise": notice.concern == ConcernType.PRAISE.value,
        "link": link,
        "can_reply": can_reply,
        "file_mark": FILE_MARK if notice.with_report else "",
    }
    words = render_mail(TEMPLATE, notice.language, values)
    return Mail(
        to=address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        to_name=guardian.name,
        reply_to=teacher.email if can_reply else None,
        late=late_line(delivery.due_at, letter.people.zone, notice.language),
        file=_file(letter, session, now, linked=link is not None) if notice.with_report else None,
    )


def report_job(letter: Letter, session: Session, now: datetime) -> Job:
    """The child's report for the family as a PDF: the letter's language, the school's paper."""
    notice = letter.notice
    zone = session.get_one(Workspace, notice.workspace_id).timezone
    return Job(files.parent_pdf, (letter.report, paper_of(zone), now, notice.language))


def _link(pages: Pages | None, session: Session, letter: Letter, address: str) -> str | None:
    """The address of the notice's page."""
    notice = letter.notice
    link = link_to(session, notice.workspace_id, PageKind.PARENT, notice.id)
    return pages.url(link, address) if pages is not None and link is not None else None


def _file(letter: Letter, session: Session, now: datetime, *, linked: bool) -> MailFile:
    language = letter.notice.language
    instead = INSTEAD_LINKED if linked else INSTEAD
    job = report_job(letter, session, now)
    return MailFile(job, FILE_NAMES[language], BESIDE[language], instead[language])
