"""The class in which students help one another."""

import pytest
from sqlalchemy.orm import Session

from tests.interventions.staff import Staff
from tests.interventions.tutoring.classmates import Classmates, lay_out_classmates


@pytest.fixture
def mates(session: Session, staff: Staff) -> Classmates:
    """The session's school, with classmates who can help."""
    return lay_out_classmates(session, staff)
