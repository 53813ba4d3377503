"""The people who meet, of the tests of meetings themselves; and a meeting of theirs."""

import pytest
from sqlalchemy.orm import Session

from interventions.meetings import AttendeeKind, Invitee
from school.models import Meeting
from tests.interventions.conftest import staff
from tests.interventions.staff import Staff

__all__ = ["staff"]


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """All four kinds of people are invited."""
    invited = [
        staff.mum,
        Invitee(AttendeeKind.STUDENT, staff.leo),
        Invitee(AttendeeKind.COLLEAGUE, staff.moss),
        Invitee(AttendeeKind.ADDRESS, email="pat@other.test"),
    ]
    return staff.schedule(session, attendees=invited, location="Room 1", notes="Secret notes.")
