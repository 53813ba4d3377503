"""Homeroom practice CSV, one scored answer a row."""

from collections.abc import Iterator

from school.imports.csv_rows import CsvReader, skill_of
from school.imports.events import RIGHT, WRONG, PracticeEvent
from school.imports.outcome import shown
from school.imports.values import BadValue, code, duration, number, student_id

REQUIRED = ("student_id", "skill", "answered_at", "correct")
OPTIONAL = ("skill_id", "item", "seconds", "hints", "session_id", "xp", "class")
_CORRECT = {"1": RIGHT, "0": WRONG, "true": RIGHT, "false": WRONG}


class AnswersCsvReader(CsvReader):
    """Reads a file of answers."""

    source = "Homeroom CSV"
    required, optional = REQUIRED, OPTIONAL

    def _event(self, line: int, cells: Iterator[str]) -> PracticeEvent:
        student, skill, at, correct, skill_id, item, seconds, hints, session, xp, class_name = cells
        return PracticeEvent(
            line,
            student_id(student, "student_id"),
            self._clock.millis(at, "answered_at"),
            0,
            _correct(correct),
            (skill_of(skill_id, skill),),
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


def _hints(text: str) -> int | None:
    value = number(text, "hints")
    if value is not None and (value != int(value) or value > 10_000):
        raise BadValue("hints", f"{shown(text)} is no number of hints")
    return None if value is None else int(value)
