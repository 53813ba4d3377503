"""A folder and an empty workspace for every test of the roster import."""

from pathlib import Path

import pytest

from school.database import SessionFactory
from tests.school.conftest import SmallSchool, small_school
from tests.school.imports.roster.folders import FILES, NEWER, write


@pytest.fixture
def school(session_factory: SessionFactory) -> SmallSchool:
    """An empty workspace, on SQLite and on PostgreSQL."""
    return small_school(session_factory)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small roster as a folder."""
    return write(tmp_path / "roster", FILES)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The same roster by OneRoster 1.2."""
    return write(tmp_path / "newer", NEWER)
