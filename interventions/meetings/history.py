"""The changes of a meeting: noting one, what was before, and who was first where two collide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import moment_words
from interventions.meetings.rules import Slot
from interventions.reminders import USUAL_DURATION
from school.errors import Conflict
from school.models import Meeting, MeetingEvent, MeetingStatus, User


class Change(StrEnum):
    """What is done to a meeting. `INVITED`: who comes; `NOTED`: the notes."""

    SCHEDULED = "scheduled"
    MOVED = "moved"
    INVITED = "invited"
    NOTED = "noted"
    MOVE_UNDONE = "move_undone"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    OUTCOME = "outcome"
    REOPENED = "reopened"


_DONE = {
    Change.SCHEDULED: "made",
    Change.MOVED: "moved",
    Change.INVITED: "changed",
    Change.NOTED: "changed",
    Change.MOVE_UNDONE: "moved back",
    Change.CANCELLED: "cancelled",
    Change.RESTORED: "restored",
    Change.OUTCOME: "answered for",
    Change.REOPENED: "opened again",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a calendar shows of a meeting: those who know the same need not be told again."""

    slot: Slot
    location: str | None
    cancelled: bool


def facts_of(meeting: Meeting | MeetingEvent) -> Facts:
    """How a meeting stands, or stood after a change."""
    slot = Slot(meeting.scheduled_at, meeting.duration_minutes or USUAL_DURATION)
    return Facts(slot, meeting.location, meeting.status == MeetingStatus.CANCELLED.value)


def note_change(meeting: Meeting, change: Change, user_id: int, *, session: Session) -> None:
    """Write down what was done, and how the meeting stands now. `changed_at` says when."""
    session.add(
        MeetingEvent(
            workspace_id=meeting.workspace_id,
            meeting_id=meeting.id,
            user_id=user_id,
            change=change.value,
            version=meeting.version,
            sequence=meeting.sequence,
            status=str(meeting.status),
            scheduled_at=meeting.scheduled_at,
            duration_minutes=meeting.duration_minutes or USUAL_DURATION,
            location=meeting.location,
            happened_at=meeting.changed_at,
        )
    )


def changes_of(meeting: Meeting, *, session: Session) -> list[MeetingEvent]:
    """All changes of a meeting, the first first."""
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id)
    return list(session.scalars(query.order_by(MeetingEvent.version)))


def collision(
    meeting: Meeting, user_id: int, *, session: Session, now: datetime, zone: ZoneInfo
) -> Conflict:
    """That somebody was there before: `Already moved by Ms Ruiz, Tue 24 Nov 9:20.`"""
    changes = changes_of(meeting, session=session)
    if not changes:
        return Conflict("The meeting has been changed meanwhile. Look at it again.")
    last = changes[-1]
    who = "you" if last.user_id == user_id else session.get_one(User, last.user_id).name
    when = moment_words(last.happened_at, zone.key, now)
    return Conflict(f"Already {_DONE[Change(last.change)]} by {who}, {when}. Nothing was changed.")
