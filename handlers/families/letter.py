"""What a notice to a guardian says, for its e-mail, its page and the teacher's preview alike.

It is made anew each time, from the records as they are then: whoever is no guardian any more, or is
not to be written to, is told nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from analytics.reports.data import StudentReport
from bot.outgoing import Obsolete
from handlers.codec import Ref
from handlers.families.facts import Fact, at_home, facts_of, reason_of
from handlers.families.tongues import tongue_of
from handlers.families.wording import WORDINGS
from handlers.mail.times import plain_day
from handlers.reports import family_report
from interventions.parents import ConcernType
from interventions.parents.guardians import may_be_contacted
from school.access import Viewer, viewer_of
from school.errors import HomeroomError
from school.models import Delivery, Guardian, Intervention, ParentNotice, Student, User
from school.zones import zone_of

RANGE = "30d"


@dataclass(frozen=True, slots=True)
class People:
    """A notice with everybody whom it concerns, who may all still know of it."""

    notice: ParentNotice
    teacher: User
    student: Student
    guardian: Guardian
    viewer: Viewer
    zone: ZoneInfo
    class_id: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The same with the child's figures, opened for the teacher who wrote it."""

    people: People
    report: StudentReport

    @property
    def notice(self) -> ParentNotice:
        """What was written."""
        return self.people.notice


@dataclass(frozen=True, slots=True)
class LetterWords:
    """A letter in words. `paragraphs` are the teacher's own, each of one or more lines."""

    title: str
    reason: str
    own_words: str
    paragraphs: tuple[tuple[str, ...], ...]
    doing: str
    period: str
    facts: tuple[Fact, ...]
    helps: str
    home: tuple[str, ...]


def people_of(session: Session, notice_id: int, *, now: datetime) -> People:
    """Everybody whom a notice concerns; the caller opens the student.

    Raises Obsolete where it was taken back, or the guardian may not read it any more, and
    NotAllowed where who wrote it is no teacher here any more.
    """
    notice = session.get(ParentNotice, notice_id)
    if notice is None:
        raise Obsolete("no_notice")
    made = session.get(Intervention, notice.intervention_id or 0)
    if made is None or made.withdrawn_at is not None:
        raise Obsolete("withdrawn")
    teacher, student = session.get(User, notice.teacher_id), session.get(Student, notice.student_id)
    guardian = session.get(Guardian, notice.guardian_id)
    if teacher is None or student is None or guardian is None:
        raise Obsolete("no_guardian")
    if not may_be_contacted(guardian, student, session=session):
        raise Obsolete("do_not_contact" if guardian.is_active else "guardian_inactive")
    viewer, zone = viewer_of(session, teacher, now=now), zone_of(session, notice.workspace_id)
    return People(notice, teacher, student, guardian, viewer, zone, made.class_id)


def open_letter(session: Session, notice_id: int, purpose: str, *, now: datetime) -> Letter:
    """The letter of a notice, with the audit row of who wrote it.

    Raises as `people_of`, and NotFound where who wrote it may not see the student any more.
    """
    people = people_of(session, notice_id, now=now)
    who, at = (people.viewer, people.student, people.class_id), people.notice.sent_at
    return Letter(people, report_as_of(*who, purpose, session=session, now=now, at=at))


def letter_for(session: Session, delivery: Delivery, purpose: str, now: datetime) -> Letter:
    """The letter that a delivery is about."""
    return open_letter(session, int(delivery.payload["notice"]), purpose, now=now)


def report_as_of(
    viewer: Viewer,
    student: Student,
    class_id: int | None,
    purpose: str,
    *,
    session: Session,
    now: datetime,
    at: datetime,
) -> StudentReport:
    """The family's report over the days up to `at`: mail and page show the same. Audited."""
    about = {"student_id": student.id, "class_id": class_id}
    days = resolve_range(RANGE, session=session, now=at, **about)
    code = f"{days.start.isoformat()}..{days.end.isoformat()}"
    ref = Ref(student=student.id, class_id=class_id, range=code)
    return family_report(viewer, ref, purpose, session=session, now=now)


def words_of(letter: Letter) -> LetterWords:
    """A letter in its language."""
    notice = letter.notice
    concern, language = ConcernType(notice.concern), notice.language
    names = letter.people.teacher.name, letter.people.student
    return letter_words(letter.report, concern, notice.message, *names, language)


def letter_values(letter: Letter) -> dict[str, Any]:
    """The same for a template, with the names that stand in it."""
    said = words_of(letter)
    return {
        "teacher_name": letter.people.teacher.name,
        "student_name": letter.people.student.name,
        "title": said.title,
        "reason": said.reason,
        "own_words": said.own_words,
        "paragraphs": said.paragraphs,
        "doing": said.doing,
        "period": said.period,
        "facts": tuple((one.label, one.value) for one in said.facts),
        "helps": said.helps,
        "home_tips": said.home,
    }


def letter_words(
    report: StudentReport,
    concern: ConcernType,
    message: str,
    teacher: str,
    student: Student,
    language: str,
) -> LetterWords:
    """What a letter about a student says in a language; the teacher's words stay as they are."""
    words, name = WORDINGS[language], student.given_name
    title = words.titles[concern is ConcernType.PRAISE]
    first, last = (plain_day(one, language) for one in (report.range.start, report.range.end))
    return LetterWords(
        title=title.format(teacher=teacher, name=student.name),
        reason=reason_of(report, concern, name, language),
        own_words=_attribution(message, teacher, language),
        paragraphs=paragraphs_of(message),
        doing=words.doing.format(name=name),
        period=words.period.format(first=first, last=last),
        facts=facts_of(replace(report, student=student.name), language),
        helps=words.helps,
        home=at_home(concern, name, language),
    )


def paragraphs_of(text: str) -> tuple[tuple[str, ...], ...]:
    """A text as paragraphs of lines, as it was typed."""
    parts = text.strip().split("\n\n")
    lines = [tuple(one.strip() for one in part.split("\n") if one.strip()) for part in parts]
    return tuple(one for one in lines if one)


def _attribution(message: str, teacher: str, language: str) -> str:
    """Whose words follow, and in which language where that is another one."""
    words, tongue = WORDINGS[language], tongue_of(message)
    if tongue is None or tongue == language:
        return words.own_words.format(teacher=teacher)
    return words.own_words_in.format(teacher=teacher, language=words.languages[tongue])


GONE = (Obsolete, HomeroomError)
"""Why a letter may not be read: the same to whoever has its address."""
