"""What those invited to a meeting have answered, and which of it holds of the meeting as it stands.

Beside `interventions.reminders`, which reminds nobody who does not come.
"""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from school.models import Meeting, MeetingAttendee, MeetingEvent


class Answer(StrEnum):
    """What somebody invited says."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


def answers_that_hold(session: Session, meeting: Meeting) -> dict[int, Answer]:
    """What was answered to the meeting's present time, by the attendee's id.

    An answer is to a time and a length: one that was given before the meeting was moved, and moved
    back, holds again; another place asks nobody anew.
    """
    query = select(MeetingAttendee).where(
        MeetingAttendee.meeting_id == meeting.id,
        MeetingAttendee.answer.is_not(None),
        MeetingAttendee.removed_sequence.is_(None),
    )
    answered = session.scalars(query).all()
    if not answered:
        return {}
    same = same_times(session, meeting)
    return {one.id: Answer(str(one.answer)) for one in answered if one.answered_sequence in same}


def same_times(session: Session, meeting: Meeting) -> set[int]:
    """The sequences at which the meeting was to be when it is now, and as long."""
    query = select(MeetingEvent.sequence).where(
        MeetingEvent.meeting_id == meeting.id,
        MeetingEvent.scheduled_at == meeting.scheduled_at,
        MeetingEvent.duration_minutes == meeting.duration_minutes,
    )
    return {meeting.sequence, *session.scalars(query)}
