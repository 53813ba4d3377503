"""A mail about a meeting, to one person: whom it reaches, what it says, and the event with it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import joined
from bot.ical import CalendarEvent, CalendarPerson, Method
from bot.links import Pages
from bot.outgoing import Mail, Obsolete
from handlers.mail.times import late_line
from handlers.mail.words import ENGLISH, MeetingMail, known_address, language_of, meeting_words
from interventions.answers import Answer, answers_that_hold
from interventions.meetings.history import Facts, facts_of
from interventions.meetings.invitees import not_to_be_written_to
from interventions.meetings.knowing import children_taught, known_facts, reached, students_of
from interventions.meetings.queries import student_of
from school.addresses import is_address, same_address
from school.links import PageKind, link_to
from school.models import (
    Delivery,
    Guardian,
    Meeting,
    MeetingAttendee,
    MeetingStatus,
    MeetingType,
    Student,
    User,
)
from school.zones import zone_of

SUMMARIES = {"en": "Meeting with {teacher}", "es": "Reunión con {teacher}"}
OWN_SUMMARIES = {
    MeetingType.ONE_ON_ONE: "One-on-one meeting",
    MeetingType.PARENT_CONFERENCE: "Parent conference",
    MeetingType.GROUP: "Group meeting",
}
ANSWER_AT = {"en": "Say whether you can come: {url}", "es": "Diga si puede venir: {url}"}
PARTSTAT = {
    Answer.ACCEPTED: "ACCEPTED",
    Answer.DECLINED: "DECLINED",
    Answer.TENTATIVE: "TENTATIVE",
    None: "NEEDS-ACTION",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail about a meeting needs to know, and to whom it goes.

    `children` are those that its reader may know it is about. `answer` is what they have said to
    its present time, `url` where they can say it. `of_student` is whose family they are, or who.
    `is_out`: they are not invited any more; `facts` is how the meeting stands for them.
    """

    meeting: Meeting
    facts: Facts
    teacher: User
    zone: ZoneInfo
    address: str
    name: str | None
    language: str
    children: tuple[str, ...]
    answer: Answer | None = None
    url: str | None = None
    is_own: bool = False
    of_student: int | None = None
    is_out: bool = False


def attendee_letter(
    session: Session, delivery: Delivery, now: datetime, pages: Pages | None = None
) -> Letter:
    """To somebody invited. Raises Obsolete where there is no such attendee, or they may not be
    written to any more.
    """
    meeting, attendee = _invited(session, delivery)
    who = reached(attendee, meeting, session=session, now=now)
    address = _address(session, attendee, who.address)
    students = students_of(attendee, meeting, session=session)
    if same_address(address) in not_to_be_written_to(students, session=session):
        raise Obsolete("do_not_contact")
    return Letter(
        meeting,
        known_facts(attendee, meeting, session=session),
        session.get_one(User, meeting.teacher_id),
        zone_of(session, meeting.workspace_id),
        address,
        attendee.name,
        language_of(who.language),
        who.children,
        answers_that_hold(session, meeting).get(attendee.id),
        _url(session, attendee, pages, address),
        of_student=student_of(attendee, session=session),
        is_out=attendee.removed_sequence is not None,
    )


def own_letter(session: Session, delivery: Delivery, now: datetime) -> Letter:
    """To the teacher whose meeting it is. Raises Obsolete where they are here no more."""
    meeting = session.get(Meeting, int(delivery.payload["meeting"]))
    if meeting is None or meeting.workspace_id != delivery.workspace_id:
        raise Obsolete("no_meeting")
    teacher = session.get_one(User, meeting.teacher_id)
    known = children_taught(teacher, meeting, session=session, now=now)
    return Letter(
        meeting,
        facts_of(meeting),
        teacher,
        zone_of(session, meeting.workspace_id),
        known_address(teacher.email if teacher.is_active else None),
        teacher.name,
        ENGLISH,
        tuple(session.get_one(Student, one).name for one in known),
        Answer.ACCEPTED,
        is_own=True,
    )


def meeting_mail(
    letter: Letter,
    template: str,
    delivery: Delivery,
    method: Method | None,
    *,
    was: datetime | None = None,
    lines: tuple[str, ...] = (),
) -> Mail:
    """The mail of a folder of `templates/mail`. Without a `method` no event comes with it."""
    said = _said(letter, was, lines, gone=method is Method.CANCEL)
    words = meeting_words(template, letter.language, said)
    return Mail(
        to=letter.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        to_name=letter.name,
        # An address that is none, as a roster may hold one, is no reason to keep the mail back.
        reply_to=letter.teacher.email if said.can_reply else None,
        event=None if method is None else _event(letter),
        method=method or Method.PUBLISH,
        late=late_line(delivery.due_at, letter.zone, letter.language),
    )


def _said(
    letter: Letter, was: datetime | None, lines: tuple[str, ...], *, gone: bool
) -> MeetingMail:
    """What the mail says."""
    meeting, facts, teacher = letter.meeting, letter.facts, letter.teacher
    return MeetingMail(
        teacher_name=teacher.name,
        starts_at=facts.slot.starts_at,
        zone=letter.zone,
        minutes=facts.slot.minutes,
        student_name=joined(letter.children) or None,
        to_name=letter.name,
        where=facts.location,
        was=was,
        lines=lines,
        can_reply=is_address(teacher.email) and not letter.is_own,
        answer=letter.answer,
        answer_url=letter.url,
        what=meeting.meeting_type,
        gone=gone,
    )


def _invited(session: Session, delivery: Delivery) -> tuple[Meeting, MeetingAttendee]:
    query = (
        select(Meeting, MeetingAttendee)
        .join(MeetingAttendee, MeetingAttendee.meeting_id == Meeting.id)
        .where(
            Meeting.workspace_id == delivery.workspace_id,
            Meeting.id == delivery.payload["meeting"],
            MeetingAttendee.id == delivery.payload["attendee"],
        )
    )
    found = session.execute(query).first()
    if found is None:
        raise Obsolete("no_attendee")
    return found[0], found[1]


def _address(session: Session, attendee: MeetingAttendee, address: str | None) -> str:
    """Where they get e-mail. Raises Obsolete, which says why where they may not."""
    if attendee.guardian_id is not None:
        guardian = session.get_one(Guardian, attendee.guardian_id)
        if not guardian.is_active:
            raise Obsolete("guardian_inactive")
        if guardian.do_not_contact:
            raise Obsolete("do_not_contact")
    return known_address(address)


def _url(
    session: Session, attendee: MeetingAttendee, pages: Pages | None, address: str
) -> str | None:
    """Where they can answer; None where we have no pages, or they have no link."""
    if pages is None:
        return None
    link = link_to(session, attendee.workspace_id, PageKind.MEETING, attendee.id)
    return None if link is None else pages.url(link, address)


def _event(letter: Letter) -> CalendarEvent:
    """The meeting as an event that names no child."""
    meeting, teacher, code = letter.meeting, letter.teacher, letter.language
    facts = letter.facts
    summary = SUMMARIES[code].format(teacher=teacher.name)
    own = OWN_SUMMARIES[MeetingType(meeting.meeting_type)]
    partstat = PARTSTAT[letter.answer]
    reader = CalendarPerson(letter.address, letter.name or "", partstat, asked=not letter.is_own)
    return CalendarEvent(
        uid=meeting.calendar_uid or f"meeting-{meeting.id}@homeroom",
        sequence=meeting.sequence,
        stamp=meeting.changed_at or meeting.scheduled_at,
        starts_at=facts.slot.starts_at,
        ends_at=facts.slot.ends_at,
        zone=letter.zone,
        summary=own if letter.is_own else summary,
        location=facts.location,
        description=ANSWER_AT[code].format(url=letter.url) if letter.url else None,
        organizer=CalendarPerson(teacher.email, teacher.name),
        attendees=(reader,),
        goes_on=letter.is_out and meeting.status != MeetingStatus.CANCELLED.value,
    )
