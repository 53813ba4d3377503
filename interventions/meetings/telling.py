"""What those who meet have been told: the cards of teachers, and who has had which e-mail.

What there still is to tell them is in `interventions.meetings.inviting`.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.meetings.shapes import News, NewsState
from interventions.reminders import REMINDER, subject_of
from school.cards import refresh_copies
from school.models import (
    Delivery,
    DeliveryState,
    Meeting,
    MeetingAttendee,
    Timer,
    TimerState,
    User,
)

CARD, OUTCOME_CARD = "meeting_card", "meeting_outcome"
INVITATION_MAIL, OWN_MAIL, REMINDER_MAIL, MOVED_MAIL, CANCELLED_MAIL = (
    "meeting_invitation_mail",
    "meeting_own_mail",
    "meeting_reminder_mail",
    "meeting_moved_mail",
    "meeting_cancelled_mail",
)
"""Kinds of deliveries (handlers/ids.py). `OWN_MAIL` brings the teacher their own meeting."""
HANDED_OVER = (
    DeliveryState.SENDING.value,
    DeliveryState.UNCERTAIN.value,
    DeliveryState.SENT.value,
)
"""States in which somebody may have been reached."""


def attendees_of(meeting: Meeting, *, session: Session) -> list[MeetingAttendee]:
    """Who is invited now, in the order of the invitations."""
    found = ever_invited(meeting, session=session)
    return [one for one in found if one.removed_sequence is None]


def ever_invited(meeting: Meeting, *, session: Session) -> list[MeetingAttendee]:
    """Who is invited, and who was: those may still have to hear that they are not any more."""
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
    attendees = ever_invited(meeting, session=session)
    keys = _mail_keys(meeting, meeting.sequence, attendees, session=session)
    handed_over = _handed_over(meeting.workspace_id, keys, session=session)
    return {attendee for key, attendee in keys.items() if key in handed_over}


def invited_of(meeting: Meeting, *, session: Session) -> set[int]:
    """Those of them whom something else than a reminder has told of it, or of one as it is now."""
    attendees = attendees_of(meeting, session=session)
    keys = {notice_key(meeting, attendee_code(one.id), meeting.sequence): one for one in attendees}
    handed_over = _handed_over(meeting.workspace_id, keys, session=session)
    return {
        one.id
        for key, one in keys.items()
        if key in handed_over or one.told_sequence == meeting.sequence
    }


def news_of(meeting: Meeting, *, session: Session) -> dict[int, News]:
    """The e-mails that go, or went, about the latest change, by the id of the attendee; also those
    who need not come any more have one.
    """
    keys = {
        notice_key(meeting, attendee_code(one.id), meeting.sequence): one.id
        for one in ever_invited(meeting, session=session)
    }
    query = select(Delivery).where(
        Delivery.workspace_id == meeting.workspace_id,
        Delivery.unique_key.in_(list(keys)),
        Delivery.withdrawn_at.is_(None),
        Delivery.state != DeliveryState.TAKEN_BACK.value,
    )
    found = session.scalars(query.execution_options(populate_existing=True))
    return {keys[one.unique_key]: _news(one) for one in found}


def _news(mail: Delivery) -> News:
    ended = {
        DeliveryState.SENT.value: NewsState.SENT,
        DeliveryState.FAILED.value: NewsState.FAILED,
        DeliveryState.CLOSED.value: NewsState.FAILED,
    }
    state = ended.get(mail.state, NewsState.WAITING)
    return News(mail.kind == INVITATION_MAIL, state, mail.due_at)


def note_told(meeting: Meeting, *, session: Session) -> None:
    """Write down who has been told so far. What can be withdrawn has been before this.

    An e-mail that is being sent just now counts: whoever gets it has to hear of the change.
    """
    told = told_of(meeting, session=session)
    for attendee in ever_invited(meeting, session=session):
        if attendee.id in told:
            attendee.told_sequence = meeting.sequence
    own = [notice_key(meeting, teacher_code(meeting), meeting.sequence)]
    if _handed_over(meeting.workspace_id, own, session=session):
        meeting.told_sequence = meeting.sequence


def attendee_code(attendee_id: int) -> str:
    """How the keys of deliveries name an attendee."""
    return f"a{attendee_id}"


def teacher_code(meeting: Meeting) -> str:
    """How they name the teacher whose meeting it is."""
    return f"u{meeting.teacher_id}"


def notice_key(meeting: Meeting, code: str, sequence: int) -> str:
    """The key of the one e-mail that somebody gets of a sequence, reminders aside."""
    return f"{subject_of(meeting.id)} {code}:change:s{sequence}"


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
        keys[notice_key(meeting, attendee_code(attendee.id), sequence)] = attendee.id
        for occasion in occasions:
            first, _, rest = occasion.partition(":")
            if first == attendee_code(attendee.id) and rest.endswith(f":s{sequence}"):
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
