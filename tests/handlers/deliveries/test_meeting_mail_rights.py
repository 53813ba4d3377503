"""Who may be written to about a meeting, and who may read whom it is about, when it is sent."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Mail, Obsolete
from handlers.deliveries import mails as builders
from handlers.ids import Kind
from interventions.meetings import AttendeeKind, Invitee
from school.models import ClassTeacher, Guardian
from tests.handlers.jobs.firing import tick
from tests.interventions.staff import Staff, deliveries, utc

DAY_BEFORE = utc(23, 19, 30)


def reminder(session: Session, staff: Staff, invited: Invitee) -> Mail:
    """What the one who is invited gets."""
    staff.schedule(session, attendees=[invited], location="Room 1")
    tick(session, DAY_BEFORE)
    return built(session)


def built(session: Session) -> Mail:
    (mail,) = deliveries(session, Kind.MEETING_REMINDER_MAIL)
    return builders(None)[mail.kind](session, mail, DAY_BEFORE)


def test_an_address_that_is_not_to_be_written_to_by_now_is_not_whoever_bears_it(
    session: Session, staff: Staff
) -> None:
    pat = Invitee(AttendeeKind.ADDRESS, email="pat@other.test")
    assert reminder(session, staff, pat).to == "pat@other.test"
    session.get_one(Guardian, staff.aunt).email = "Pat@Other.test"
    session.flush()
    with pytest.raises(Obsolete, match="do_not_contact"):
        built(session)


def test_a_colleague_who_does_not_teach_the_child_any_more_is_not_told_the_name(
    session: Session, staff: Staff
) -> None:
    moss = Invitee(AttendeeKind.COLLEAGUE, staff.moss)
    assert "Leo Park" in reminder(session, staff, moss).text
    mine = ClassTeacher.user_id == staff.moss, ClassTeacher.class_id == staff.maths
    session.scalars(select(ClassTeacher).where(*mine)).one().ends_on = date(2026, 11, 20)
    session.flush()
    mail = built(session)
    assert "Leo" not in f"{mail.text}{mail.html}{mail.event!r}"
    assert "Room 1" in mail.text
