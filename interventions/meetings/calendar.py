"""Having a meeting stand in its teacher's own calendar, as it is by then (docs/calendar.md)."""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.reminders import subject_of
from school.deliveries import enqueue
from school.models import Lane, Medium, Meeting
from school.preferences import uses_calendar

ENTRY = "meeting_event"
"""The kind of its deliveries (handlers/ids.py)."""


def enter_in_calendar(meeting: Meeting, *, session: Session, now: datetime) -> None:
    """Have the teacher's calendar show how the meeting stands, at once: it is their own.

    What was still to be brought there about it has been withdrawn with the rest. One follows the
    other, so the latest comes last; where no calendars are set the outbox closes it.
    A teacher who has turned this off has none: what stood there before is left.
    """
    if not uses_calendar(session, meeting.teacher_id):
        return
    about = subject_of(meeting.id)
    enqueue(
        ENTRY,
        {"meeting": meeting.id},
        session=session,
        workspace_id=meeting.workspace_id,
        unique_key=f"{about} event:s{meeting.sequence}",
        recipient_id=meeting.teacher_id,
        channel=None,
        queue=f"event {meeting.id}",
        now=now,
        lane=Lane.SCHEDULED,
        medium=Medium.CALENDAR,
        about=about,
    )
