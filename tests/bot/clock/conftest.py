"""A workspace with a person in it, and a clock that is set by hand."""

import pytest

from school.database import SessionFactory
from school.models import User, Workspace
from tests.bot.clock.digest import Digest
from tests.bot.clock.support import START
from tests.bot.clock.year import in_a_hurry


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


@pytest.fixture
def digest(session_factory: SessionFactory, workspace_id: int, user_id: int) -> Digest:
    """A digest for one teacher, its clock having ticked once."""
    in_a_hurry(session_factory)
    made = Digest(session_factory, workspace_id)
    made.clock.tick()
    return made
