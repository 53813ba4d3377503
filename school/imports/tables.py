"""CSV files of ours that are small enough to be read whole; each row knows where it stands."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from school.errors import InvalidInput
from school.imports.files import check_text, open_text
from school.imports.outcome import Problems
from school.imports.values import BadValue

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by column, its values without spaces around them. `line` is where it starts."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def read_table(path: Path, required: Sequence[str], problems: Problems) -> Iterator[TableRow]:
    """The rows of a CSV file with at least the columns `required`, in its order.

    Rows that are no CSV or have another number of fields than the header go to `problems`; empty
    lines are passed over. Raises InvalidInput (field `file`) when the file as a whole cannot be
    used: encoding, separators, a column that is missing or there twice.
    """
    check_text(path)
    with open_text(path) as source:
        names = header_of(source.lines.readline(), required)
        _check_names(path.name, names, required)
        reader = csv.reader(source.lines, strict=True)
        while True:
            line = reader.line_num + 2
            try:
                cells = next(reader, None)
                if cells is None:
                    return
                if any(cell.strip() for cell in cells):
                    yield _row(line, names, cells)
            except csv.Error as error:
                problems.error(line, "row", f"is no CSV: {error}")
            except BadValue as bad:
                problems.error(line, bad.field, bad.reason)


def header_of(line: str, expected: Collection[str]) -> list[str]:
    """The column names of a CSV file's first line. Raises InvalidInput (field `file`).

    Where something else than commas separates the columns `expected`, it is named: spreadsheets of
    many countries write them so, and the file looks right to whoever opens it.
    """
    if "\r" in line.rstrip("\r\n"):
        raise InvalidInput("file", "The lines end in CR alone. Save it as “CSV UTF-8” instead.")
    try:
        names = [name.strip().lower() for name in next(csv.reader([line]), [])]
    except csv.Error as error:
        raise InvalidInput("file", f"The first line names no columns: {error}.") from None
    for separator, words in _OTHER_SEPARATORS.items():
        parts = {one.strip('" ') for one in names[0].split(separator)} if len(names) == 1 else set()
        if parts & set(expected):
            raise InvalidInput("file", f"The columns are separated by {words}; save with commas.")
    return names


def _check_names(file: str, names: list[str], required: Sequence[str]) -> None:
    if not set(names) & set(required):
        expected = ", ".join(required)
        raise InvalidInput("file", f"{file} has no header with the columns {expected}.")
    check_columns(names, required, [name for name in names if name])


def check_columns(names: Sequence[str], required: Sequence[str], read: Sequence[str]) -> None:
    """Each column `required` is there, and each that is `read` but once. Raises InvalidInput."""
    for name in required:
        if name not in names:
            raise InvalidInput("file", f"The column {name} is missing.")
    for name in read:
        if names.count(name) > 1:
            raise InvalidInput("file", f"The column {name} is there more than once.")


def _row(line: int, names: list[str], cells: list[str]) -> TableRow:
    if len(cells) != len(names):
        raise BadValue("row", f"has {len(cells)} fields where the header has {len(names)}")
    return TableRow(line, dict(zip(names, (cell.strip() for cell in cells), strict=True)))
