"""Files of reports: opened anew, with access checked and audited, when they are made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.exports import files
from analytics.ranges import resolve_range
from analytics.reports.data import ClassReport, SkillReport, StudentReport
from analytics.wording import range_words
from analytics.wording.printed import PRINTED
from bot.outgoing import Document, Job, Outgoing, Progress, document_message
from handlers.codec import Ref
from handlers.deliveries.shared import viewer_for
from handlers.families.wording import EN
from handlers.forms import Form, Wanted, export_ref
from handlers.pack import pack_reports
from handlers.reports import class_report, family_report, skill_report, student_report, title_of
from handlers.views.export import FileWords
from interventions.parents import languages_at_home
from school.access import Viewer
from school.days import DateRange
from school.languages import ENGLISH, SPANISH
from school.models import Delivery, Workspace
from school.paper import paper_of

TEXT = "Your file is here."
"""What a lock screen shows: it names nobody."""
MAKING = "Your file is being made."
PURPOSE = "export"
PAPER_WORDS = {"a4": "A4", "letter": "Letter"}

Report = StudentReport | ClassReport | SkillReport


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sort of report: what it is called, how it is opened, and how its files are made."""

    what: str
    open: Callable[..., Report]
    pdf: Callable[..., bytes]
    csv: Callable[..., bytes]


STUDENT = Sheet("student report", student_report, files.student_pdf, files.student_csv)
CLASS = Sheet("class report", class_report, files.class_pdf, files.class_csv)
SKILL = Sheet("skill report", skill_report, files.skill_pdf, files.skill_csv)
FAMILY = replace(STUDENT, what="report for parents", open=family_report, pdf=files.parent_pdf)


def export_notice_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """That a file is being made. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    about = {"student_id": ref.student, "class_id": ref.class_id}
    days = resolve_range(ref.range, session=session, now=now, **about)
    subject = _subject(viewer, ref, session=session)
    words = _words(ref, viewer, subject, _days(days, viewer), session=session)
    return Outgoing(MAKING, lambda _file: words.being_made())


def export_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A report as a file. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    wanted, sheet = Wanted.decode(ref.form), _sheet(ref)
    report = sheet.open(viewer, ref, PURPOSE, session=session, now=now)
    subject = _subject(viewer, ref, session=session)
    words = _words(ref, viewer, subject, _days(report.range, viewer), session=session)
    paper = _paper(wanted, viewer, session=session)
    name = sheet.what.replace(" ", "-")
    if wanted.form is Form.CSV:
        return _message(ref, words, f"{name}.csv", (Job(sheet.csv, (report,)),))
    if wanted.form is Form.PARENTS:
        language = _tongues(ref, session=session)[0]
        name = PRINTED[language].around.title.lower().replace(" ", "-")
        job = Job(sheet.pdf, (report, paper, now, language))
        return _message(ref, words, f"{name}.pdf", (job,))
    return _message(ref, words, f"{name}.pdf", (Job(sheet.pdf, (report, paper, now)),))


def class_pack_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """Every student's report of a class in one PDF, those without practice left out.

    Raises NotFound or NotAllowed where it may no longer be seen.
    """
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    pack = pack_reports(viewer, ref, PURPOSE, session=session, now=now)
    paper = _paper(Wanted.decode(ref.form), viewer, session=session)
    days = _days(pack.range, viewer)
    words = _words(ref, viewer, pack.title, days, session=session, left_out=pack.left_out)
    parts = tuple(Job(files.student_pdf, (report, paper, now)) for report in pack.reports)
    join = partial(files.pack_pdf, class_title=pack.title, paper=paper, now=now)
    return _message(ref, words, "class-pack.pdf", parts, join)


def _message(
    ref: Ref,
    words: FileWords,
    file_name: str,
    parts: tuple[Job, ...],
    join: Callable[..., bytes] | None = None,
) -> Outgoing:
    document = Document(
        file_name=file_name,
        parts=parts,
        beside=words.beside,
        otherwise=lambda trouble: words.instead(trouble, ref),
        join=join,
        progress=Progress(MAKING, words.being_made, words.at_end),
    )
    return document_message(TEXT, document)


def _subject(viewer: Viewer, ref: Ref, *, session: Session) -> str:
    """Whom or what it is about; a skill with its class."""
    title = title_of(viewer, ref, session=session)
    if ref.skill is None:
        return title
    return f"{title} in {title_of(viewer, Ref(class_id=ref.class_id), session=session)}"


def _sheet(ref: Ref) -> Sheet:
    if ref.student is None:
        return CLASS if ref.skill is None else SKILL
    return FAMILY if Wanted.decode(ref.form).form is Form.PARENTS else STUDENT


def _words(
    ref: Ref, viewer: Viewer, subject: str, days: str, *, session: Session, left_out: int = 0
) -> FileWords:
    wanted, others = Wanted.decode(ref.form), {}
    what = "class pack" if wanted.form is Form.PACK else _sheet(ref).what
    if wanted.form is Form.PARENTS and (spoken := _tongues(ref, session=session)) != (ENGLISH,):
        what = f"{what} in {EN.languages[spoken[0]]}"
        others = {
            EN.languages[one]: export_ref(ref, Form.PARENTS, wanted.paper, one)
            for one in spoken[1:]
        }
    paper = PAPER_WORDS[_paper(wanted, viewer, session=session)]
    sort = "CSV" if wanted.form is Form.CSV else f"PDF ({paper})"
    zone = session.get_one(Workspace, viewer.workspace_id).timezone
    return FileWords(subject, days, what, sort, zone=zone, left_out=left_out, others=others)


def _tongues(ref: Ref, *, session: Session) -> tuple[str, ...]:
    """The language of a version for parents, then the other one where it may be wanted too.

    It is the one asked for, else the one that all guardians on record read, else English, which
    the teacher reads; English alone where no other is asked for or on record.
    """
    spoken = languages_at_home(ref.student or 0, session=session)
    chosen = Wanted.decode(ref.form).language or (spoken[0] if len(spoken) == 1 else ENGLISH)
    if chosen == ENGLISH and SPANISH not in spoken:
        return (ENGLISH,)
    return chosen, SPANISH if chosen == ENGLISH else ENGLISH


def _paper(wanted: Wanted, viewer: Viewer, *, session: Session) -> str:
    """The paper that was asked for, else that of the school's country."""
    zone = session.get_one(Workspace, viewer.workspace_id).timezone
    return wanted.paper or paper_of(zone)


def _days(days: DateRange, viewer: Viewer) -> str:
    return range_words(days, viewer.today)
