"""E-mails to who is invited to a meeting: the reminder, that it has moved, that it is cancelled.

The child is named to guardians, and to colleagues who teach them now; the student needs no telling,
and an address from outside the school is not to learn it. The address is looked up when the mail is
sent.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ical import CalendarEvent, CalendarPerson, Method, event_calendar
from bot.outgoing import Mail, Obsolete
from handlers.deliveries.meetings import check_stands
from handlers.mail.times import late_line
from handlers.mail.words import (
    ENGLISH,
    MeetingMail,
    guardian_address,
    known_address,
    language_of,
    meeting_words,
)
from interventions.meetings import AttendeeKind
from interventions.meetings.history import changes_of, facts_of
from interventions.meetings.invitees import not_to_be_written_to
from interventions.meetings.opening import is_open_to
from interventions.meetings.queries import kind_of
from interventions.reminders import USUAL_DURATION, ends_of
from school.addresses import is_address, same_address
from school.models import (
    Delivery,
    Guardian,
    Meeting,
    MeetingAttendee,
    MeetingStatus,
    Student,
    User,
)
from school.zones import zone_of

REMINDER, MOVED, CANCELLED = "meeting_reminder", "meeting_moved", "meeting_cancelled"
"""Folders of templates/mail."""
SUMMARIES = {"en": "Meeting with {teacher}", "es": "Reunión con {teacher}"}
TAKES_PLACE = {
    "en": "It had been cancelled. It takes place after all.",
    "es": "Se había cancelado. Finalmente sí tendrá lugar.",
}


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a mail about a meeting needs to know, and to whom it goes."""

    meeting: Meeting
    attendee: MeetingAttendee
    teacher: User
    student: Student
    zone: ZoneInfo
    address: str
    language: str
    is_named: bool


def meeting_reminder_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """That a meeting comes up. Raises Obsolete where it does not, or not for this attendee."""
    letter = _letter(session, delivery, now)
    meeting = letter.meeting
    check_stands(MeetingStatus(str(meeting.status)), meeting.sequence, _sequence(delivery))
    if meeting.scheduled_at <= now:
        raise Obsolete("begun")
    if not is_open_to(letter.teacher, meeting, session=session, now=now):
        raise Obsolete("no_access")
    return _mail(letter, REMINDER, delivery)


def meeting_moved_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """That a meeting takes place otherwise than an attendee was told. Raises Obsolete."""
    letter = _letter(session, delivery, now)
    meeting = letter.meeting
    check_stands(MeetingStatus(str(meeting.status)), meeting.sequence, _sequence(delivery))
    told = next(
        facts_of(one)
        for one in reversed(changes_of(meeting, session=session))
        if one.sequence == delivery.payload["told"]
    )
    moved = told.slot.starts_at != meeting.scheduled_at
    lines = (TAKES_PLACE[letter.language],) if told.cancelled else ()
    was = told.slot.starts_at if moved and not told.cancelled else None
    return _mail(letter, MOVED, delivery, was=was, lines=lines)


def meeting_cancelled_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """That a meeting does not take place. Raises Obsolete where it does by now."""
    letter = _letter(session, delivery, now)
    if letter.meeting.status != MeetingStatus.CANCELLED.value:
        raise Obsolete("restored")
    if letter.meeting.sequence != _sequence(delivery):
        raise Obsolete("moved")
    return _mail(letter, CANCELLED, delivery)


def _sequence(delivery: Delivery) -> int:
    return int(delivery.payload["sequence"])


def _letter(session: Session, delivery: Delivery, now: datetime) -> _Letter:
    """Raises Obsolete where there is no such attendee, or they may not be written to any more."""
    found = session.execute(
        select(Meeting, MeetingAttendee)
        .join(MeetingAttendee, MeetingAttendee.meeting_id == Meeting.id)
        .where(
            Meeting.workspace_id == delivery.workspace_id,
            Meeting.id == delivery.payload["meeting"],
            MeetingAttendee.id == delivery.payload["attendee"],
        )
    ).first()
    if found is None:
        raise Obsolete("no_attendee")
    meeting, attendee = found
    address, language = _reached(session, attendee)
    student = session.get_one(Student, meeting.student_id)
    if same_address(address) in not_to_be_written_to(student, session=session):
        raise Obsolete("do_not_contact")
    return _Letter(
        meeting,
        attendee,
        session.get_one(User, meeting.teacher_id),
        student,
        zone_of(session, meeting.workspace_id),
        address,
        language,
        _is_to_be_named(session, attendee, meeting, now),
    )


def _is_to_be_named(
    session: Session, attendee: MeetingAttendee, meeting: Meeting, now: datetime
) -> bool:
    """Whether an attendee may read whom the meeting is about."""
    if attendee.user_id is None:
        return kind_of(attendee) is AttendeeKind.GUARDIAN
    colleague = session.get_one(User, attendee.user_id)
    return is_open_to(colleague, meeting, session=session, now=now)


def _reached(session: Session, attendee: MeetingAttendee) -> tuple[str, str]:
    """Where an attendee gets e-mail by now, and in which language."""
    if attendee.guardian_id is not None:
        guardian = session.get(Guardian, attendee.guardian_id)
        address = guardian_address(guardian)
        return address, language_of(guardian.language if guardian is not None else None)
    if attendee.student_id is not None:
        student = session.get_one(Student, attendee.student_id)
        return known_address(student.email if student.is_active else None), ENGLISH
    if attendee.user_id is not None:
        user = session.get_one(User, attendee.user_id)
        return known_address(user.email if user.is_active else None), ENGLISH
    return known_address(attendee.email), ENGLISH


def _mail(
    letter: _Letter,
    template: str,
    delivery: Delivery,
    *,
    was: datetime | None = None,
    lines: tuple[str, ...] = (),
) -> Mail:
    meeting, teacher = letter.meeting, letter.teacher
    words = meeting_words(
        template,
        letter.language,
        MeetingMail(
            teacher_name=teacher.name,
            starts_at=meeting.scheduled_at,
            zone=letter.zone,
            minutes=meeting.duration_minutes or USUAL_DURATION,
            student_name=letter.student.name if letter.is_named else None,
            to_name=letter.attendee.name,
            where=meeting.location,
            was=was,
            lines=lines,
            can_reply=is_address(teacher.email),
        ),
    )
    method = Method.CANCEL if template == CANCELLED else Method.PUBLISH
    return Mail(
        to=letter.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        to_name=letter.attendee.name,
        # An address that is none, as a roster may hold one, is no reason to keep the mail back.
        reply_to=teacher.email if is_address(teacher.email) else None,
        calendar=event_calendar(_event(letter), method),
        calendar_method=method.value,
        late=late_line(delivery.due_at, letter.zone, letter.language),
    )


def _event(letter: _Letter) -> CalendarEvent:
    """The meeting as an event that names no child."""
    meeting, teacher = letter.meeting, letter.teacher
    return CalendarEvent(
        uid=meeting.calendar_uid or f"meeting-{meeting.id}@homeroom",
        sequence=meeting.sequence,
        stamp=meeting.changed_at or meeting.scheduled_at,
        starts_at=meeting.scheduled_at,
        ends_at=ends_of(meeting),
        zone=letter.zone,
        summary=SUMMARIES[letter.language].format(teacher=teacher.name),
        location=meeting.location,
        organizer=CalendarPerson(teacher.email, teacher.name),
        attendees=(CalendarPerson(letter.address, letter.attendee.name or ""),),
    )
