"""What a note says of an e-mail that could not be sent: to whom, and about whom."""

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from handlers.deliveries import BUILDERS
from handlers.ids import Kind
from interventions.meetings import AttendeeKind, Invitee
from school.models import Delivery, DeliveryState, Meeting
from tests.handlers.jobs.firing import tick
from tests.handlers.views.meetings import words_of
from tests.interventions.staff import Staff, deliveries, utc

DAY_BEFORE = utc(23, 19, 30)


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    pat = Invitee(AttendeeKind.ADDRESS, email="pat@other.test")
    return staff.schedule(session, attendees=[staff.mum, pat])


def notes(session: Session, reader_id: int) -> list[str]:
    """What a reader is told of the reminders by e-mail, all of which have failed."""
    found = []
    for failed in deliveries(session, Kind.MEETING_REMINDER_MAIL):
        failed.state, failed.error = DeliveryState.FAILED.value, "smtp 550 5.1.1"
        failed.sender_id = reader_id
        notice = Delivery(
            workspace_id=failed.workspace_id,
            kind=Kind.FAILURE_NOTICE.value,
            recipient_id=reader_id,
            payload={"delivery": failed.id, "round": 0},
        )
        outgoing = BUILDERS[Kind.FAILURE_NOTICE](session, notice, DAY_BEFORE)
        assert isinstance(outgoing, Outgoing)
        found.append(words_of(outgoing.compose(None)))
    return found


def test_a_note_names_who_was_to_get_the_mail_and_whom_it_was_about(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    mum, pat = notes(session, staff.ruiz)
    assert "the meeting reminder (e-mail) to Ana Park about Leo Park." in mum
    assert "the meeting reminder (e-mail) to p***@other.test about Leo Park." in pat


def test_who_may_not_see_the_meeting_any_more_is_told_no_name(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    said = "\n".join(notes(session, staff.gray))
    assert "I could not send the meeting reminder (e-mail)." in said
    assert "Park" not in said
    assert "p***" not in said
