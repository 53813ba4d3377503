"""Fixtures of the import tests."""

from pathlib import Path

import pytest

from school.database import SessionFactory
from tests.school.imports.practice import School, make_workspace


@pytest.fixture
def school(session_factory: SessionFactory, tmp_path: Path) -> School:
    """An empty workspace of New York, on SQLite and on PostgreSQL."""
    return School(session_factory, tmp_path, make_workspace(session_factory))


@pytest.fixture
def sqlite_school(sqlite_factory: SessionFactory, tmp_path: Path) -> School:
    """An empty workspace of New York on SQLite, where the database is not the subject."""
    return School(sqlite_factory, tmp_path, make_workspace(sqlite_factory))
