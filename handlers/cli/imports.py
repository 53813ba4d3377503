"""`app.py import …`: a progress bar, then what was taken in and what was wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from handlers.cli.opening import OpenSchool, open_school, read_settings, utc_now
from handlers.cli.progress import outcome_lines, progress_bar
from school.database import reading
from school.errors import InvalidInput
from school.imports.assignments import import_assignments
from school.imports.contacts import import_contacts
from school.imports.holidays import import_holidays
from school.imports.outcome import ImportOutcome, Progress
from school.imports.practice import import_practice
from school.imports.roster import import_roster
from school.imports.skills import import_skills
from school.people import students_in_no_class

BUSY_TIMEOUT = 30.0
"""Seconds that an import waits for people's writes: it is in no hurry."""


def run_import_roster(path: Path, *, strict: bool, workspace: str | None) -> bool:
    """Import a roster and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as (school, progress):
        outcome = import_roster(
            path,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
    return _tell(path, outcome)


def run_import_contacts(path: Path, *, strict: bool, workspace: str | None) -> bool:
    """Import contacts and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as (school, progress):
        outcome = import_contacts(
            path,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
    return _tell(path, outcome)


def run_import_holidays(path: Path, *, strict: bool, workspace: str | None) -> bool:
    """Import holidays and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as (school, progress):
        outcome = import_holidays(
            path,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
    return _tell(path, outcome)


def run_import_practice(
    path: Path, *, class_title: str | None, kc: str, strict: bool, workspace: str | None
) -> bool:
    """Import practice and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as (school, progress):
        outcome = import_practice(
            path,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            class_title=class_title,
            kc=kc,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
        with school.session_factory() as session:
            classless = students_in_no_class(reading(session), school.workspace_id)
    usable = _tell(path, outcome)
    if classless:
        typer.echo(in_no_class(classless))
    return usable


def run_import_skills(
    standards: Path, prerequisites: Path, *, strict: bool, workspace: str | None
) -> bool:
    """Import skills with what comes before them and tell what came of it."""
    _check_there(prerequisites)
    with _importing(standards, workspace) as (school, progress):
        outcome = import_skills(
            standards,
            prerequisites,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
    # The outcome is that of both files, and so is the name that it goes by.
    return _tell(Path(f"{standards.name} and {prerequisites.name}"), outcome)


def run_import_assignments(path: Path, *, strict: bool, workspace: str | None) -> bool:
    """Import assignments and tell what came of it; whether anything could be used."""
    with _importing(path, workspace) as (school, progress):
        outcome = import_assignments(
            path,
            session_factory=school.session_factory,
            workspace_id=school.workspace_id,
            strict=strict,
            now=utc_now(),
            progress=progress,
        )
    return _tell(path, outcome)


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


def _check_there(path: Path) -> None:
    if not path.exists():
        raise InvalidInput("path", f"{path} does not exist. Is the path right?")


def _tell(path: Path, outcome: ImportOutcome) -> bool:
    for line in outcome_lines(path, outcome):
        typer.echo(line)
    return not outcome.stopped and (outcome.refused < outcome.rows or outcome.rows == 0)
