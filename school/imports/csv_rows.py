"""The rows of a practice CSV, read one after the other: such files may be of any size."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from school.errors import InvalidInput
from school.imports import tables
from school.imports.events import PracticeEvent
from school.imports.outcome import Problems
from school.imports.values import BadValue, code

ReadRow = Callable[[int, Iterator[str]], PracticeEvent]
"""Makes an event of a line's number and its values. Raises BadValue."""


class CsvRows:
    """The values of some columns, by row. Raises InvalidInput (field `file`) on a bad header.

    `wanted` names the columns in the order of the values, the first `required` of them needed; a
    column that is not there is empty.
    """

    def __init__(
        self, header: str, lines: Iterable[str], *, wanted: Sequence[str], required: int
    ) -> None:
        names = tables.header_of(header, wanted[:required])
        for name in wanted[:required]:
            if name not in names:
                raise InvalidInput("file", f"The column {name} is missing.")
        for name in wanted:
            if names.count(name) > 1:
                raise InvalidInput("file", f"The column {name} is there more than once.")
        # A row is read with one empty field more, which stands for every absent column.
        self._cells = itemgetter(*(names.index(name) if name in names else -1 for name in wanted))
        self._width = len(names)
        self._rows = csv.reader(lines, strict=True)

    def events(self, read: ReadRow, problems: Problems) -> Iterator[PracticeEvent]:
        """The usable events in the file's order."""
        while True:
            line = self._rows.line_num + 2
            try:
                row = next(self._rows, None)
                if row is None:
                    return
                if row:
                    yield read(line, self._values(row))
            except csv.Error as error:
                problems.error(line, "row", f"is no CSV: {error}")
            except BadValue as bad:
                problems.error(line, bad.field, bad.reason)

    def _values(self, row: list[str]) -> Iterator[str]:
        if len(row) != self._width:
            raise BadValue("row", f"has {len(row)} fields where the header has {self._width}")
        row.append("")
        return map(str.strip, self._cells(row))


def skill_of(skill_id: str, name: str) -> tuple[str, str]:
    """A skill's id and name; one without an id is known by its name. Raises BadValue."""
    if not (skill_id or name):
        raise BadValue("skill", "the skill is missing")
    return code(skill_id or name), (name or skill_id)[:1000]
