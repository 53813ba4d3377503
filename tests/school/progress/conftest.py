"""Fixtures of the derivation's tests."""

from pathlib import Path

import pytest

from school.database import SessionFactory
from tests.school.imports.practice import School, make_workspace


@pytest.fixture
def school(sqlite_factory: SessionFactory, tmp_path: Path) -> School:
    """An empty workspace of New York on SQLite."""
    return School(sqlite_factory, tmp_path, make_workspace(sqlite_factory))
