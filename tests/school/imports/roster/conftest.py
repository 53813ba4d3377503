"""A folder and an empty workspace for every test of the roster import."""

from pathlib import Path

import pytest

from school.database import SessionFactory
from tests.school.conftest import SmallSchool, small_school
from tests.school.imports.roster.folders import FILES


@pytest.fixture
def school(session_factory: SessionFactory) -> SmallSchool:
    """An empty workspace, on SQLite and on PostgreSQL."""
    return small_school(session_factory)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small roster as a folder."""
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
