"""`app.py import …`: a progress bar, then what was taken in and what was wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import typer

from handlers.cli.opening import OpenSchool, open_school, read_settings, utc_now
from handlers.cli.progress import outcome_lines, progress_bar
from school.database import SessionFactory, reading
from school.errors import InvalidInput
from school.imports.outcome import ImportOutcome, Progress
from school.imports.practice import import_practice
from school.imports.skills import import_skills
from school.people import students_in_no_class

BUSY_TIMEOUT = 30.0
"""Seconds that an import waits for people's writes: it is in no hurry."""


class Importer(Protocol):
    """An import of one file or folder, as those of `school.imports` are called."""

    def __call__(
        self,
        path: Path,
        /,
        *,
        session_factory: SessionFactory,
        workspace_id: int,
        strict: bool,
        now: datetime,
        progress: Progress,
    ) -> ImportOutcome:
        """Take in what stands there, and say what came of it."""


def run_import(importer: Importer, path: Path, *, strict: bool, workspace: str | None) -> bool:
    """Import a file and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as opened:
        outcome = _take_in(importer, path, opened, strict=strict)
    return _tell(path.name, outcome)


def run_import_practice(
    path: Path, *, class_title: str | None, kc: str, strict: bool, workspace: str | None
) -> bool:
    """The same for practice; says too how many students are in no class."""
    importer = partial(import_practice, class_title=class_title, kc=kc)
    with _importing(path, workspace) as opened:
        outcome = _take_in(importer, path, opened, strict=strict)
        school, _ = opened
        with school.session_factory() as session:
            classless = students_in_no_class(reading(session), school.workspace_id)
    usable = _tell(path.name, outcome)
    if classless:
        typer.echo(in_no_class(classless))
    return usable


def run_import_skills(
    standards: Path, prerequisites: Path, *, strict: bool, workspace: str | None
) -> bool:
    """The same for the two files of skills and of what comes before them, as one."""
    _check_there(prerequisites)
    importer = partial(import_skills, prerequisites=prerequisites)
    with _importing(standards, workspace) as opened:
        outcome = _take_in(importer, standards, opened, strict=strict)
    return _tell(f"{standards.name} and {prerequisites.name}", outcome)


def in_no_class(students: int) -> str:
    """That nobody teaches some students, and what to do about it."""
    who = "1 student is" if students == 1 else f"{students} students are"
    return (
        f"{who} in no class, so only administrators see their practice. To enrol everyone in a "
        "file, import it again with --class NAME."
    )


@contextmanager
def _importing(path: Path, workspace: str | None) -> Iterator[tuple[OpenSchool, Progress]]:
    """The open school and its progress bar. Raises InvalidInput where there is no such path."""
    _check_there(path)
    settings = read_settings()
    with (
        open_school(settings, workspace=workspace, busy_timeout=BUSY_TIMEOUT) as school,
        progress_bar() as progress,
    ):
        yield school, progress


def _take_in(
    importer: Importer, path: Path, opened: tuple[OpenSchool, Progress], *, strict: bool
) -> ImportOutcome:
    school, progress = opened
    return importer(
        path,
        session_factory=school.session_factory,
        workspace_id=school.workspace_id,
        strict=strict,
        now=utc_now(),
        progress=progress,
    )


def _check_there(path: Path) -> None:
    if not path.exists():
        raise InvalidInput("path", f"{path} does not exist. Is the path right?")


def _tell(name: str, outcome: ImportOutcome) -> bool:
    for line in outcome_lines(name, outcome):
        typer.echo(line)
    return not outcome.stopped and (outcome.refused < outcome.rows or outcome.rows == 0)
