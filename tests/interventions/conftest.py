"""The people of meetings."""

import pytest
from sqlalchemy.orm import Session

from tests.interventions.staff import Staff, lay_out


@pytest.fixture
def staff(session: Session) -> Staff:
    """The people of the session's school."""
    return lay_out(session)
