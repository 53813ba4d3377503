"""Homeroom practice CSV, one session of practice on one skill a row."""

from collections.abc import Iterator

from school.imports.csv_rows import CsvReader, skill_of
from school.imports.events import SESSION, PracticeEvent
from school.imports.outcome import shown
from school.imports.values import BadValue, code, duration, number, student_id, whole_number

STARTED = "started_at"
REQUIRED = ("student_id", "skill", STARTED, "questions", "correct", "duration_seconds")
OPTIONAL = ("skill_id", "session_id", "xp", "class")
MOST_QUESTIONS = 10_000
"""More in one session were never answered by a child."""


class SessionsCsvReader(CsvReader):
    """Reads a file of sessions of practice."""

    source = "Homeroom sessions"
    required, optional = REQUIRED, OPTIONAL

    def _event(self, line: int, cells: Iterator[str]) -> PracticeEvent:
        student, skill, at, questions, correct, seconds, skill_id, session, xp, class_name = cells
        asked = whole_number(questions, "questions", most=MOST_QUESTIONS)
        return PracticeEvent(
            line,
            student_id(student, "student_id"),
            self._clock.millis(at, STARTED),
            0,
            SESSION,
            (skill_of(skill_id, skill),),
            None,
            duration(seconds, "duration_seconds"),
            None,
            code(session) if session else None,
            number(xp, "xp"),
            class_name,
            "",
            asked,
            _right(correct, asked),
        )


def _right(text: str, asked: int) -> int:
    right = whole_number(text, "correct", most=MOST_QUESTIONS)
    if right > asked:
        raise BadValue("correct", f"{shown(text)} is more than the {asked} questions")
    return right
