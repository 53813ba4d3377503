"""Telling people of a change: the cards of teachers, and e-mails to who was told before.

An attendee is told of a change only where they have been told of the meeting at all, and what they
were told is not what holds now. What is still to be sent is withdrawn first, so whoever is told, is
told once, of the latest state.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.meetings.history import Facts, changes_of, facts_of
from interventions.reminders import REMINDER, subject_of
from school.cards import refresh_copies
from school.deliveries import enqueue
from school.models import (
    Delivery,
    DeliveryState,
    Lane,
    Medium,
    Meeting,
    MeetingAttendee,
    Timer,
    TimerState,
    User,
)

CARD, OUTCOME_CARD = "meeting_card", "meeting_outcome"
REMINDER_MAIL, MOVED_MAIL, CANCELLED_MAIL = (
    "meeting_reminder_mail",
    "meeting_moved_mail",
    "meeting_cancelled_mail",
)
"""Kinds of deliveries (handlers/ids.py)."""
HANDED_OVER = (
    DeliveryState.SENDING.value,
    DeliveryState.UNCERTAIN.value,
    DeliveryState.SENT.value,
)
"""States in which somebody may have been reached."""


def attendees_of(meeting: Meeting, *, session: Session) -> list[MeetingAttendee]:
    """Who is invited, in the order of the invitations."""
    query = select(MeetingAttendee).where(MeetingAttendee.meeting_id == meeting.id)
    return list(session.scalars(query.order_by(MeetingAttendee.id)))


def mail_queue(attendee_id: int) -> str:
    """What keeps the order of the e-mails to one attendee."""
    return f"attendee {attendee_id}"


def refresh_cards(meeting: Meeting, *, session: Session, now: datetime) -> None:
    """Have the teacher's card, and every copy that there is, show the meeting as it is now."""
    teacher = session.get_one(User, meeting.teacher_id)
    reached = () if teacher.slack_user_id is None else (teacher.id,)
    for card, users in ((CARD, reached), (OUTCOME_CARD, ())):
        refresh_copies(
            card,
            meeting.id,
            meeting.version,
            users,
            session=session,
            workspace_id=meeting.workspace_id,
            now=now,
        )


def told_of(meeting: Meeting, *, session: Session) -> set[int]:
    """The ids of the attendees who may have had an e-mail about the meeting's present sequence."""
    attendees = attendees_of(meeting, session=session)
    keys = _mail_keys(meeting, meeting.sequence, attendees, session=session)
    handed_over = _handed_over(meeting.workspace_id, keys, session=session)
    return {attendee for key, attendee in keys.items() if key in handed_over}


def told_next(meeting: Meeting, *, session: Session) -> set[int]:
    """The ids of the attendees to whom an e-mail goes, or went, about the latest change."""
    keys = {
        _notice_key(meeting, one.id, meeting.sequence): one.id
        for one in attendees_of(meeting, session=session)
    }
    query = select(Delivery.unique_key).where(
        Delivery.workspace_id == meeting.workspace_id,
        Delivery.unique_key.in_(list(keys)),
        Delivery.withdrawn_at.is_(None),
        Delivery.state != DeliveryState.TAKEN_BACK.value,
    )
    return {keys[key] for key in session.scalars(query)}


def note_told(meeting: Meeting, *, session: Session) -> None:
    """Write down who has been told so far. What can be withdrawn has been before this.

    An e-mail that is being sent just now counts: whoever gets it has to hear of the change.
    """
    told = told_of(meeting, session=session)
    for attendee in attendees_of(meeting, session=session):
        if attendee.id in told:
            attendee.told_sequence = meeting.sequence


def tell_attendees(
    meeting: Meeting,
    sender_id: int,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta,
) -> None:
    """Have those hear of the change whom it concerns, once `take_back` is over."""
    known = {one.sequence: facts_of(one) for one in changes_of(meeting, session=session)}
    holds = facts_of(meeting)
    for attendee in attendees_of(meeting, session=session):
        told = known.get(attendee.told_sequence) if attendee.told_sequence is not None else None
        if told is None:
            continue
        if told == holds or (told.cancelled and holds.cancelled):
            attendee.told_sequence = meeting.sequence
            continue
        _enqueue_notice(meeting, attendee, told, sender_id, session, now, take_back)


def _enqueue_notice(
    meeting: Meeting,
    attendee: MeetingAttendee,
    told: Facts,
    sender_id: int,
    session: Session,
    now: datetime,
    take_back: timedelta,
) -> None:
    holds = facts_of(meeting)
    enqueue(
        CANCELLED_MAIL if holds.cancelled else MOVED_MAIL,
        {
            "meeting": meeting.id,
            "attendee": attendee.id,
            "sequence": meeting.sequence,
            "told": attendee.told_sequence,
        },
        session=session,
        workspace_id=meeting.workspace_id,
        unique_key=_notice_key(meeting, attendee.id, meeting.sequence),
        recipient_id=None,
        channel=None,
        queue=mail_queue(attendee.id),
        now=now,
        lane=Lane.SCHEDULED,
        due_at=now + take_back,
        medium=Medium.MAIL,
        sender_id=sender_id,
        about=subject_of(meeting.id),
        expires_at=max(told.slot.ends_at, holds.slot.ends_at),
    )


def _notice_key(meeting: Meeting, attendee_id: int, sequence: int) -> str:
    return f"{subject_of(meeting.id)} a{attendee_id}:change:s{sequence}"


def _mail_keys(
    meeting: Meeting, sequence: int, attendees: Iterable[MeetingAttendee], *, session: Session
) -> dict[str, int]:
    """The keys of all e-mails that attendees may have had about a sequence, with whose each is."""
    done = select(Timer.occasion).where(
        Timer.workspace_id == meeting.workspace_id,
        Timer.job == REMINDER,
        Timer.subject == subject_of(meeting.id),
        Timer.state == TimerState.DONE.value,
    )
    occasions = list(session.scalars(done))
    keys = {}
    for attendee in attendees:
        keys[_notice_key(meeting, attendee.id, sequence)] = attendee.id
        for occasion in occasions:
            first, _, rest = occasion.partition(":")
            if first == f"a{attendee.id}" and rest.endswith(f":s{sequence}"):
                keys[f"{subject_of(meeting.id)} {occasion}"] = attendee.id
    return keys


def _handed_over(workspace_id: int, keys: Iterable[str], *, session: Session) -> set[str]:
    query = select(Delivery.unique_key).where(
        Delivery.workspace_id == workspace_id,
        Delivery.unique_key.in_(list(keys)),
        # A copy that was handed over without an answer may have come, whatever became of the rest.
        or_(Delivery.state.in_(HANDED_OVER), Delivery.unclear > 0),
    )
    return set(session.scalars(query))
