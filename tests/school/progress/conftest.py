"""Fixtures of the derivation's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.school.imports.practice import School, make_workspace


@pytest.fixture
def postgres_factory(postgres_url: str) -> Iterator[SessionFactory]:
    engine = make_engine(postgres_url)
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def school(sqlite_factory: SessionFactory, tmp_path: Path) -> School:
    """An empty workspace of New York on SQLite."""
    return School(sqlite_factory, tmp_path, make_workspace(sqlite_factory))
