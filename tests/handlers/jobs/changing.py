"""A meeting on a Tuesday, its moments, and what its teacher does to it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from interventions.meetings import cancel_meeting, move_meeting
from interventions.meetings.calendar import ENTRY
from interventions.meetings.telling import CARD, OWN_MAIL
from school.models import Meeting
from tests.handlers.jobs.firing import send, tick
from tests.interventions.staff import Staff, utc

DAY_BEFORE, QUARTER = utc(23, 19, 30), utc(24, 19, 15)
OWN = (CARD, OWN_MAIL, ENTRY)
FRIDAY = utc(27, 15)
ASKED = utc(24, 20, 10)
WINDOW = timedelta(seconds=30)


def reminded(session: Session, now: datetime) -> None:
    """The first reminders come, and are sent."""
    tick(session, now)
    assert len(send(session, now)) == 2


def move(session: Session, staff: Staff, meeting: Meeting, at: datetime, now: datetime) -> None:
    move_meeting(staff.ruiz, meeting.id, meeting.version, at, session=session, now=now)


def cancel(session: Session, staff: Staff, meeting: Meeting, now: datetime) -> None:
    cancel_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=now)


def kinds(session: Session, now: datetime) -> list[str]:
    """What is sent by now, aside from cards, the teacher's own mail and their calendar."""
    return sorted(one.kind for one in send(session, now) if one.kind not in OWN)
