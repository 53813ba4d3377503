"""The class in which practice is set."""

import pytest
from sqlalchemy.orm import Session

from tests.interventions.assignments.classroom import Classroom, lay_out_practice
from tests.interventions.staff import Staff


@pytest.fixture
def room(session: Session, staff: Staff) -> Classroom:
    """The session's school, with a source of practice."""
    return lay_out_practice(session, staff)
