"""A session on each kind of database, and a small school in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from school.database import SessionFactory
from tests.analytics.school import SmallSchool


@pytest.fixture
def session(session_factory: SessionFactory) -> Iterator[Session]:
    """A session whose rows are gone after the test."""
    with session_factory() as session:
        yield session


@pytest.fixture
def school(session: Session) -> SmallSchool:
    """An empty school in New York."""
    return SmallSchool(session)
