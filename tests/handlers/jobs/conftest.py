"""The people who meet, of the tests of meetings themselves, and a meeting of theirs."""

import pytest
from sqlalchemy.orm import Session

from school.models import Meeting
from tests.handlers.jobs.firing import send
from tests.interventions.conftest import staff
from tests.interventions.staff import NOW, Staff

__all__ = ["staff"]


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """A conference on Tuesday to which the mother is invited; its first card has been sent."""
    made = staff.schedule(session, attendees=[staff.mum])
    send(session, NOW)
    return made
