"""The mails about a meeting, as they are built when they are sent."""

from datetime import datetime
from typing import Any

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ical import event_calendar
from bot.outgoing import Mail
from handlers.deliveries import mails as builders
from handlers.ids import Kind
from school.models import Delivery, MeetingAttendee
from tests.interventions.staff import Staff, deliveries, utc

DAY_BEFORE, FRIDAY = utc(23, 19, 30), utc(27, 15)
INVITATION, OWN, REMINDER, MOVED, CANCELLED = (
    Kind.MEETING_INVITATION_MAIL,
    Kind.MEETING_OWN_MAIL,
    Kind.MEETING_REMINDER_MAIL,
    Kind.MEETING_MOVED_MAIL,
    Kind.MEETING_CANCELLED_MAIL,
)


def build(session: Session, delivery: Delivery, now: datetime = DAY_BEFORE) -> Mail:
    """What a delivery brings, where there are no pages."""
    return builders(None)[delivery.kind](session, delivery, now)


def mails(session: Session, kind: str = REMINDER, now: datetime = DAY_BEFORE) -> dict[str, Mail]:
    """The mails of a kind that wait, by address."""
    built = [build(session, one, now) for one in deliveries(session, kind)]
    return {one.to: one for one in built}


def event(mail: Mail) -> Any:
    """The event that comes with a mail, as its calendar reads it."""
    (found,) = Calendar.from_ical(calendar(mail)).walk("VEVENT")
    return found


def calendar(mail: Mail) -> bytes:
    """The file for calendars that comes with a mail."""
    assert mail.event is not None
    return event_calendar(mail.event, mail.method)


def only(session: Session, kind: str, staff: Staff) -> Delivery:
    """The mail of that kind to the mother."""
    mother = select(MeetingAttendee.id).where(MeetingAttendee.guardian_id == staff.mother)
    attendee = session.scalars(mother).one()
    return next(one for one in deliveries(session, kind) if one.payload["attendee"] == attendee)
