"""The chemistry class, imported once by the command line, and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.running import run_app

TEACHER = "U0TEACHER"


@pytest.fixture(scope="session")
def imported_chemistry(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the commands of the README make of the real class."""
    folder = tmp_path_factory.mktemp("chemistry")
    source = shared_data / "datashop" / "chemistry-2024.txt"
    taken = run_app("import", "practice", str(source), "--class", "Chemistry", folder=folder)
    assert taken.returncode == 0, taken.stderr
    who = ("--email", "t@school.test", "--class", "Chemistry")
    linked = run_app("link", TEACHER, *who, folder=folder)
    assert linked.returncode == 0, linked.stderr
    return folder / "homeroom.db"


@pytest.fixture
def chemistry(imported_chemistry: Path, tmp_path: Path) -> Path:
    """A folder to serve from, with its own copy of that database."""
    shutil.copy(imported_chemistry, tmp_path / "homeroom.db")
    return tmp_path
