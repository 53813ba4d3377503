"""The files of a OneRoster 1.1 or 1.2 folder or zip, as rows that know where they stand."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from school.errors import InvalidInput
from school.imports.outcome import PROBLEMS_KEPT, ImportOutcome, Problem, Severity
from school.imports.roster_source import Source, open_source, text_of
from school.imports.values import LONGEST_CODE, LONGEST_NAME

NEEDED = ("orgs", "classes", "users", "enrollments")
"""The files without which there is no roster; the others may be absent."""
READ = ("orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments")
"""What is read: not `demographics`, nor `userProfiles`, which hold accounts and passwords."""
MANIFEST = "manifest"
VERSIONS = ("1.0", "1.1", "1.2")
LONGEST = {
    **dict.fromkeys(("sourcedId", "email", "username"), LONGEST_CODE),
    **dict.fromkeys(("name", "title", "type", "classCode"), LONGEST_NAME),
    **dict.fromkeys(("givenName", "familyName"), LONGEST_NAME // 2 - 1),
    **dict.fromkeys(("preferredGivenName", "preferredFamilyName"), LONGEST_NAME // 2 - 1),
    **dict.fromkeys(("preferredFirstName", "preferredLastName"), LONGEST_NAME // 2 - 1),
}
"""How many characters the records hold of what they keep."""
_IN_FOLDER = ("bulk", "delta")
_TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one file, by column. `line` is where it ends, 1 being the header."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def is_deleted(self) -> bool:
        """Whether the row says that what it names is no more."""
        return self["status"].lower() == "tobedeleted"


@dataclass(slots=True)
class RosterProblems:
    """What was wrong in the files of a roster, as it was met; the first ones in full."""

    kept: list[Problem] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)
    total: int = 0
    warnings: int = 0

    def error(self, row: Row, column: str, reason: str) -> None:
        """The row is refused."""
        self.refused.add((row.file, row.line))
        self._keep(Problem(row.file, row.line, column, reason, Severity.ERROR))

    def warn(self, row: Row, column: str, reason: str) -> None:
        """The row is taken in without this part of it."""
        self.warnings += 1
        self._keep(Problem(row.file, row.line, column, reason, Severity.WARNING))

    def outcome(self, *, rows: int, new: int = 0, stopped: bool = False) -> ImportOutcome:
        """The outcome of an import of `rows` rows that met these problems."""
        return ImportOutcome(
            rows, new, len(self.refused), tuple(self.kept), self.total, self.warnings, stopped
        )

    def _keep(self, problem: Problem) -> None:
        self.total += 1
        if len(self.kept) < PROBLEMS_KEPT:
            self.kept.append(problem)


def read_folder(path: Path, problems: RosterProblems) -> dict[str, list[Row]]:
    """The rows of each file that we read, by the file's name without `.csv`.

    Raises InvalidInput (field `path`) when it is no such folder or zip, or one of its files is
    missing or not text.
    """
    with open_source(path, [f"{name}.csv" for name in (MANIFEST, *READ)]) as source:
        manifest = _manifest(source)
        _check_version(manifest)
        _check_complete(source, manifest)
        return {name: list(_rows(source, f"{name}.csv", problems)) for name in READ}


def _manifest(source: Source) -> dict[str, str]:
    rows = _rows(source, f"{MANIFEST}.csv", RosterProblems())
    return {row["propertyName"]: row["value"] for row in rows}


def _check_version(manifest: dict[str, str]) -> None:
    version = manifest.get("oneroster.version", "1.1")
    if version not in VERSIONS:
        raise InvalidInput(
            "path", f"The manifest says OneRoster {version}; only 1.1 and 1.2 can be read."
        )


def _check_complete(source: Source, manifest: dict[str, str]) -> None:
    said = [name for name in READ if manifest.get(f"file.{name}", "").lower() in _IN_FOLDER]
    expected = dict.fromkeys([*said, *(NEEDED if not manifest else ())])
    missing = [f"{name}.csv" for name in expected if not source.has(f"{name}.csv")]
    if missing:
        raise InvalidInput("path", f"{source.label} lacks {', '.join(missing)}.")


def _rows(source: Source, file: str, problems: RosterProblems) -> Iterator[Row]:
    if not source.has(file):
        return
    try:
        with text_of(source, file) as text:
            reader = csv.DictReader(text, restkey=_TOO_MANY, restval="", strict=True)
            _check_header(file, reader)
            while (values := _next(file, reader, problems)) is not None:
                yield from _row(file, reader.line_num, values, problems)
    except UnicodeDecodeError as error:
        raise InvalidInput("path", f"{file} is not UTF-8 text (byte {error.start}).") from None


def _check_header(file: str, reader: "csv.DictReader[str]") -> None:
    try:
        _ = reader.fieldnames  # Read from the file when it is first asked for.
    except csv.Error as error:
        raise InvalidInput("path", f"{file} cannot be read as CSV: {error}.") from None


def _next(
    file: str, reader: "csv.DictReader[str]", problems: RosterProblems
) -> dict[str, str] | None:
    """The next row that is CSV, None at the end; one that is none is refused."""
    while True:
        try:
            return next(reader, None)
        except csv.Error as error:
            # The reader has not yet counted the line that it failed on.
            problems.error(Row(file, reader.line_num + 1, {}), "", f"the row is no CSV: {error}")


def _row(file: str, line: int, values: dict[str, str], problems: RosterProblems) -> Iterator[Row]:
    row = Row(file, line, {})
    if _TOO_MANY in values:
        problems.error(row, "", "the row has more fields than the header")
        return
    row.values.update({column.strip(): value.strip() for column, value in values.items()})
    for column, value in row.values.items():
        if "\0" in value:
            problems.error(row, column, "holds a character that no text has")
            return
        if len(value) > LONGEST.get(column, len(value)):
            problems.error(row, column, f"is longer than {LONGEST[column]} characters")
            return
    yield row
