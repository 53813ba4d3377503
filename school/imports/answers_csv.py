"""Homeroom practice CSV, one scored answer a row."""

import csv
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import ClassVar

from school.errors import InvalidInput
from school.imports import tables
from school.imports.events import RIGHT, WRONG, PracticeEvent
from school.imports.outcome import Problems, shown
from school.imports.values import BadValue, Clock, code, duration, number, student_id

REQUIRED = ("student_id", "skill", "answered_at", "correct")
OPTIONAL = ("skill_id", "item", "seconds", "hints", "session_id", "xp", "class")
SESSION_REQUIRED = ("student_id", "skill", "started_at", "questions", "correct", "duration_seconds")
_CORRECT = {"1": RIGHT, "0": WRONG, "true": RIGHT, "false": WRONG}


def header_of(line: str) -> list[str]:
    """The column names of a practice file's first line. Raises InvalidInput (field `file`)."""
    return tables.header_of(line, REQUIRED)


class AnswersCsvReader:
    """Reads the rows of one file. Raises InvalidInput (field `file`) on a header it cannot use."""

    source = "Homeroom CSV"

    fields: ClassVar = {"student": "student_id"}

    def __init__(self, header: str, lines: Iterable[str], *, clock: Clock) -> None:
        names = header_of(header)
        for name in REQUIRED:
            if name not in names:
                raise InvalidInput("file", f"The column {name} is missing.")
        for name in REQUIRED + OPTIONAL:
            if names.count(name) > 1:
                raise InvalidInput("file", f"The column {name} is there more than once.")
        # A row is read with one empty field more, which stands for every absent column.
        self._cells = itemgetter(
            *(names.index(name) if name in names else -1 for name in REQUIRED + OPTIONAL)
        )
        self._width = len(names)
        self._rows = csv.reader(lines, strict=True)
        self._clock = clock

    def events(self, problems: Problems) -> Iterator[PracticeEvent]:
        """The usable events in the file's order."""
        while True:
            line = self._rows.line_num + 2
            try:
                row = next(self._rows, None)
                if row is None:
                    return
                if row:
                    yield self._event(line, row)
            except csv.Error as error:
                problems.error(line, "row", f"is no CSV: {error}")
            except BadValue as bad:
                problems.error(line, bad.field, bad.reason)

    def _event(self, line: int, row: list[str]) -> PracticeEvent:
        if len(row) != self._width:
            raise BadValue("row", f"has {len(row)} fields where the header has {self._width}")
        row.append("")
        cells = map(str.strip, self._cells(row))
        student, skill, at, correct, skill_id, item, seconds, hints, session, xp, class_name = cells
        return PracticeEvent(
            line,
            student_id(student, "student_id"),
            self._clock.millis(at, "answered_at"),
            0,
            _correct(correct),
            (_skill(skill_id, skill),),
            code(item) if item else None,
            duration(seconds, "seconds") if seconds else None,
            _hints(hints) if hints else None,
            code(session) if session else None,
            number(xp, "xp") if xp else None,
            class_name,
            "",
        )


def _correct(text: str) -> int:
    outcome = _CORRECT.get(text.lower())
    if outcome is None:
        raise BadValue("correct", f"{shown(text)} is neither 1 nor 0" if text else "is missing")
    return outcome


def _skill(skill_id: str, name: str) -> tuple[str, str]:
    if not (skill_id or name):
        raise BadValue("skill", "the skill is missing")
    return code(skill_id or name), (name or skill_id)[:1000]


def _hints(text: str) -> int | None:
    value = number(text, "hints")
    if value is not None and (value != int(value) or value > 10_000):
        raise BadValue("hints", f"{shown(text)} is no number of hints")
    return None if value is None else int(value)
