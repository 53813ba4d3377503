"""A meeting in its teacher's own calendar: what it is and where, and nobody's name."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.calendar.entry import entry_calendar
from bot.ical import CalendarEvent
from bot.outgoing import CalendarEntry, Obsolete
from handlers.views.meetings.meeting_card import KINDS
from interventions.meetings import MeetingStatus, MeetingType
from interventions.meetings.opening import is_open_to
from interventions.reminders import ends_of
from school.models import Delivery, Meeting, User
from school.preferences import uses_calendar
from school.zones import zone_of

DETAILS = "Made with Homeroom. Its card is in your messages with me in Slack."


def meeting_entry(session: Session, delivery: Delivery, now: datetime) -> CalendarEntry:
    """How a meeting is to stand in the calendar by now; of a cancelled one there is to be nothing.

    Raises Obsolete where there is no such meeting, or its teacher has no more to do with it or
    wants nothing in the calendar by now.
    """
    meeting = session.get(Meeting, delivery.payload["meeting"])
    if meeting is None or meeting.workspace_id != delivery.workspace_id:
        raise Obsolete("no_meeting")
    if not uses_calendar(session, meeting.teacher_id):
        raise Obsolete("calendar_off")
    teacher, uid = session.get_one(User, meeting.teacher_id), meeting.calendar_uid or ""
    if meeting.status == MeetingStatus.CANCELLED.value:
        return CalendarEntry(teacher.email, uid, None)
    if not is_open_to(teacher, meeting, session=session, now=now):
        raise Obsolete("no_access")
    return CalendarEntry(teacher.email, uid, entry_calendar(_event(session, meeting, uid)))


def _event(session: Session, meeting: Meeting, uid: str) -> CalendarEvent:
    words = KINDS[MeetingType(meeting.meeting_type)]
    return CalendarEvent(
        uid=uid,
        sequence=meeting.sequence,
        stamp=meeting.changed_at or meeting.scheduled_at,
        starts_at=meeting.scheduled_at,
        ends_at=ends_of(meeting),
        zone=zone_of(session, meeting.workspace_id, meeting.teacher_id),
        summary=words[:1].upper() + words[1:],
        location=meeting.location,
        description=DETAILS,
    )
