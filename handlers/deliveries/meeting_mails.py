"""E-mails about a meeting: the invitation, what has changed, the cancel, the reminder; and the
teacher's own, for their calendar.

All but the reminder are the same event as it goes through its life. Whom they reach, and what they
may say, is looked up when they are sent (handlers/mail/meetings.py).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.ical import Method
from bot.links import Pages
from bot.outgoing import Mail, Obsolete
from handlers.deliveries.meetings import check_stands
from handlers.mail.meetings import Letter, attendee_letter, meeting_mail, own_letter
from interventions.answers import Answer
from interventions.meetings.history import Facts, changes_of, facts_of
from interventions.meetings.opening import is_open_to
from interventions.meetings.telling import invited_of
from school.access import teaches
from school.models import Delivery, Meeting, MeetingStatus

INVITATION, REMINDER, MOVED = "meeting_invitation", "meeting_reminder", "meeting_moved"
CANCELLED, UNINVITED, OWN = "meeting_cancelled", "meeting_uninvited", "own_meeting"
"""Folders of templates/mail."""
TAKES_PLACE = {
    "en": "It had been cancelled. It takes place after all.",
    "es": "Se había cancelado. Finalmente sí tendrá lugar.",
}


def meeting_invitation_mail(
    pages: Pages | None, session: Session, delivery: Delivery, now: datetime
) -> Mail:
    """That somebody is invited. Raises Obsolete where the meeting is not to be, or not so."""
    letter = attendee_letter(session, delivery, now, pages)
    _check_comes_up(session, letter, delivery, now)
    return meeting_mail(letter, INVITATION, delivery, Method.REQUEST)


def meeting_reminder_mail(
    pages: Pages | None, session: Session, delivery: Delivery, now: datetime
) -> Mail:
    """That a meeting comes up. Raises Obsolete where it does not, or not for this attendee.

    The event comes with it only where no invitation has brought it: a calendar that gets it again
    asks again for an answer that was given.
    """
    letter = attendee_letter(session, delivery, now, pages)
    _check_comes_up(session, letter, delivery, now)
    if letter.answer is Answer.DECLINED:
        raise Obsolete("declined")
    has_event = delivery.payload["attendee"] in invited_of(letter.meeting, session=session)
    return meeting_mail(letter, REMINDER, delivery, None if has_event else Method.REQUEST)


def meeting_moved_mail(
    pages: Pages | None, session: Session, delivery: Delivery, now: datetime
) -> Mail:
    """That a meeting takes place otherwise than an attendee was told. Raises Obsolete."""
    letter = attendee_letter(session, delivery, now, pages)
    _check_invited(letter)
    _check_stands(letter.meeting, delivery)
    was, lines = _before(letter, _told(letter.meeting, delivery, session=session))
    return meeting_mail(letter, MOVED, delivery, Method.REQUEST, was=was, lines=lines)


def meeting_cancelled_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """That a meeting does not take place, or not with its reader. Raises Obsolete where it does by
    now.
    """
    letter = attendee_letter(session, delivery, now)
    if letter.is_out and letter.meeting.status != MeetingStatus.CANCELLED.value:
        _check_stands(letter.meeting, delivery)
        return meeting_mail(letter, UNINVITED, delivery, Method.CANCEL)
    _check_cancelled(letter.meeting, delivery)
    return meeting_mail(letter, CANCELLED, delivery, Method.CANCEL)


def meeting_own_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The teacher's own meeting, for their calendar: made, changed or taken away. Raises Obsolete
    where it is not as it was when this was saved.
    """
    letter = own_letter(session, delivery, now)
    meeting, told = letter.meeting, _told(letter.meeting, delivery, session=session)
    if told is not None and meeting.status == MeetingStatus.CANCELLED.value:
        _check_cancelled(meeting, delivery)
        return meeting_mail(letter, OWN, delivery, Method.CANCEL)
    _check_stands(meeting, delivery)
    was, lines = _before(letter, told)
    return meeting_mail(letter, OWN, delivery, Method.REQUEST, was=was, lines=lines)


def _told(meeting: Meeting, delivery: Delivery, *, session: Session) -> Facts | None:
    """What its reader was told before; None where that is nothing."""
    number = delivery.payload.get("told")
    changes = reversed(changes_of(meeting, session=session))
    return next((facts_of(one) for one in changes if one.sequence == number), None)


def _before(letter: Letter, told: Facts | None) -> tuple[datetime | None, tuple[str, ...]]:
    """The former time, where there was another, and what else there is to say of it."""
    if told is None:
        return None, ()
    if told.cancelled:
        return None, (TAKES_PLACE[letter.language],)
    moved = told.slot.starts_at != letter.meeting.scheduled_at
    return (told.slot.starts_at if moved else None), ()


def _check_comes_up(session: Session, letter: Letter, delivery: Delivery, now: datetime) -> None:
    """Raises Obsolete where there is nothing to come to, or the teacher is not theirs any more."""
    _check_invited(letter)
    _check_stands(letter.meeting, delivery)
    if letter.meeting.scheduled_at <= now:
        raise Obsolete("begun")
    teacher, of_student = letter.teacher, letter.of_student
    is_theirs = of_student is None or teaches(teacher, of_student, session=session, now=now)
    if not (is_theirs and is_open_to(teacher, letter.meeting, session=session, now=now)):
        raise Obsolete("no_access")


def _check_invited(letter: Letter) -> None:
    if letter.is_out:
        raise Obsolete("uninvited")


def _check_stands(meeting: Meeting, delivery: Delivery) -> None:
    check_stands(MeetingStatus(str(meeting.status)), meeting.sequence, _sequence(delivery))


def _check_cancelled(meeting: Meeting, delivery: Delivery) -> None:
    if meeting.status != MeetingStatus.CANCELLED.value:
        raise Obsolete("restored")
    if meeting.sequence != _sequence(delivery):
        raise Obsolete("moved")


def _sequence(delivery: Delivery) -> int:
    return int(delivery.payload["sequence"])
