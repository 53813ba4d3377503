"""A workspace with a person in it, and a clock that is set by hand."""

from datetime import UTC, datetime

import pytest

from school.database import SessionFactory
from school.models import User, Workspace

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday, seven in the morning in New York."""


@pytest.fixture
def workspace_id(session_factory: SessionFactory) -> int:
    """A workspace whose school is in New York."""
    with session_factory.begin() as session:
        workspace = Workspace(name="School", timezone="America/New_York", created_at=START)
        session.add(workspace)
        session.flush()  # its id is the answer
        return workspace.id


@pytest.fixture
def user_id(session_factory: SessionFactory, workspace_id: int) -> int:
    """A teacher whose own zone is not known."""
    with session_factory.begin() as session:
        user = User(
            workspace_id=workspace_id,
            email="t1@example.org",
            name="T",
            slack_user_id="U1",
            created_at=START,
        )
        session.add(user)
        session.flush()  # its id is the answer
        return user.id
