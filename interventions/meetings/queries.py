"""Reading meetings, each through the access to its student."""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.meetings.shapes import LastNotes, MeetingView
from school.access import Viewer


def meeting_of(viewer: Viewer, meeting_id: int, *, session: Session, now: datetime) -> MeetingView:
    """One meeting, audited. Raises NotFound where it is none of the viewer's, or none at all."""
    raise NotImplementedError


def upcoming_meetings(
    viewer: Viewer, until: datetime, *, session: Session, now: datetime
) -> list[MeetingView]:
    """The viewer's own meetings that have not ended and begin before `until`, the next first."""
    raise NotImplementedError


def last_notes(student_id: int, *, session: Session, before: datetime) -> LastNotes | None:
    """The latest meeting about a student before a moment of which anything was written.

    For whoever may see the student: the caller has opened them.
    """
    raise NotImplementedError
