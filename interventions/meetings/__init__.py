"""Meetings about students: making, moving and cancelling them, and what came of them."""

from interventions.answers import Answer
from interventions.meetings.answering import (
    Invitation,
    Standing,
    Taken,
    answer_invitation,
    invitation_of,
)
from interventions.meetings.changes import (
    cancel_meeting,
    move_meeting,
    record_outcome,
    reopen_outcome,
    restore_meeting,
    undo_move,
)
from interventions.meetings.guests import Guests
from interventions.meetings.invitees import possible_attendees
from interventions.meetings.queries import (
    are_mails_to_come,
    coming_reminders,
    last_notes,
    meeting_of,
    upcoming_meetings,
)
from interventions.meetings.schedule import schedule_meeting
from interventions.meetings.shapes import (
    AttendeeKind,
    AttendeeView,
    ChangeView,
    Invitee,
    LastNotes,
    MeetingView,
    PossibleAttendee,
)
from school.models import MeetingStatus, MeetingType

__all__ = [
    "Answer",
    "AttendeeKind",
    "AttendeeView",
    "ChangeView",
    "Guests",
    "Invitation",
    "Invitee",
    "LastNotes",
    "MeetingStatus",
    "MeetingType",
    "MeetingView",
    "PossibleAttendee",
    "Standing",
    "Taken",
    "answer_invitation",
    "are_mails_to_come",
    "cancel_meeting",
    "coming_reminders",
    "invitation_of",
    "last_notes",
    "meeting_of",
    "move_meeting",
    "possible_attendees",
    "record_outcome",
    "reopen_outcome",
    "restore_meeting",
    "schedule_meeting",
    "undo_move",
    "upcoming_meetings",
]
