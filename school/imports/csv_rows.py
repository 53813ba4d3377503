"""The rows of a practice CSV, read one after the other: such files may be of any size."""

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import ClassVar

from school.imports import tables
from school.imports.events import PracticeEvent
from school.imports.outcome import Problems
from school.imports.values import BadValue, Clock, code


class CsvReader(ABC):
    """Reads the rows of one file. Raises InvalidInput (field `file`) on a header it cannot use.

    The values of a row come in the order of the columns `required` and `optional`; a column that is
    not there is empty.
    """

    source: str
    required: ClassVar[tuple[str, ...]]
    optional: ClassVar[tuple[str, ...]]
    fields: ClassVar[dict[str, str]] = {"student": "student_id"}

    def __init__(self, header: str, lines: Iterable[str], *, clock: Clock) -> None:
        wanted = self.required + self.optional
        names = tables.header_of(header, self.required)
        tables.check_columns(names, self.required, wanted)
        # A row is read with one empty field more, which stands for every absent column.
        self._cells = itemgetter(*(names.index(name) if name in names else -1 for name in wanted))
        self._width = len(names)
        self._rows = csv.reader(lines, strict=True)
        self._clock = clock

    @abstractmethod
    def _event(self, line: int, cells: Iterator[str]) -> PracticeEvent:
        """The event of a line's number and its values. Raises BadValue."""

    def events(self, problems: Problems) -> Iterator[PracticeEvent]:
        """The usable events in the file's order; what cannot be used goes to `problems`."""
        while True:
            line = self._rows.line_num + 2
            try:
                row = next(self._rows, None)
                if row is None:
                    return
                if row:
                    yield self._event(line, self._values(row))
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
