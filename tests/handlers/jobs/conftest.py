"""The people who meet, of the tests of meetings themselves, and a meeting of theirs."""

import pytest
from sqlalchemy.orm import Session

from interventions.meetings.inviting import TAKE_BACK
from school.models import Meeting
from tests.handlers.jobs.firing import send
from tests.interventions.conftest import staff
from tests.interventions.staff import NOW, Staff

__all__ = ["staff"]


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """A conference on Tuesday, the mother invited; card and invitation have been sent."""
    made = staff.schedule(session, attendees=[staff.mum])
    send(session, NOW)
    send(session, NOW + TAKE_BACK)
    return made


@pytest.fixture
def unheard(session: Session, staff: Staff) -> Meeting:
    """One of which the mother has not been told, as there was no e-mail then."""
    made = staff.schedule(session, attendees=[staff.mum], by_mail=False)
    send(session, NOW)
    return made
