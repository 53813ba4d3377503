"""What a file of assignments says: a row for each assignment and student, each row checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import NamedTuple

from school.days import day_start
from school.imports.outcome import Problems, shown
from school.imports.tables import TableRow
from school.imports.values import (
    LONGEST_CODE,
    LONGEST_NAME,
    BadValue,
    Clock,
    number,
    student_id,
    whole_number,
)
from school.models import from_millis, to_millis

REQUIRED = (
    "assignment_id", "title", "class", "student_id", "skills", "question_count", "assigned_at",
    "due_at",
)  # fmt: skip
"""Beside these `difficulty`, `completed_at` and `score`, each of which may be empty."""
DIFFICULTIES = ("", "easy", "medium", "hard")
MOST_QUESTIONS = 10_000
AHEAD = timedelta(days=3660)
"""So far ahead an assignment may be planned."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Definition:
    """What all rows of an assignment say alike, by the file's own words; fields are its columns."""

    title: str
    class_name: str
    skills: frozenset[str]
    question_count: int
    difficulty: str
    assigned_at: datetime
    due_at: datetime


class Part(NamedTuple):
    """What a row says of its student."""

    line: int
    completed_at: datetime | None
    score: float | None


@dataclass(slots=True)
class WantedAssignment:
    """An assignment as the file has it, first on `line`, with its students by their ids."""

    line: int
    definition: Definition
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssignmentReader:
    """Reads rows. `clock` knows what is in the future; plans may reach `AHEAD` of it."""

    clock: Clock

    def row(self, row: TableRow) -> tuple[str, Definition, str, Part]:
        """Assignment, what is said of it, student, what is said of them. Raises BadValue."""
        assignment_id = _text(row, "assignment_id", LONGEST_CODE)
        student = student_id(row["student_id"], "student_id")
        return assignment_id, self._definition(row), student, self._part(row)

    def _definition(self, row: TableRow) -> Definition:
        count = whole_number(row["question_count"], "question_count", most=MOST_QUESTIONS)
        if not count:
            raise BadValue("question_count", "is 0; an assignment has at least 1 question")
        assigned_at, due_at = self._planned(row, "assigned_at"), self._due(row)
        if due_at < assigned_at:
            raise BadValue("due_at", f"{shown(row['due_at'])} lies before assigned_at")
        return Definition(
            _text(row, "title", LONGEST_NAME),
            _text(row, "class", LONGEST_NAME),
            frozenset(_skills(row["skills"])),
            count,
            _difficulty(row["difficulty"]),
            assigned_at,
            due_at,
        )

    def _part(self, row: TableRow) -> Part:
        completed = row["completed_at"]
        return Part(
            row.line,
            from_millis(self.clock.millis(completed, "completed_at")) if completed else None,
            number(row["score"], "score"),
        )

    def _planned(self, row: TableRow, column: str) -> datetime:
        ahead = Clock(self.clock.zone, self.clock.latest + AHEAD // timedelta(milliseconds=1))
        return from_millis(ahead.millis(row[column], column))

    def _due(self, row: TableRow) -> datetime:
        """When it is due; a day without a time ends at the school's midnight."""
        moment = self._planned(row, "due_at")
        if not _DAY.fullmatch(row["due_at"]):
            return moment
        day = date.fromisoformat(row["due_at"]) + timedelta(days=1)
        return from_millis(to_millis(day_start(day, self.clock.zone)) - 1000)


def check_agreement(known: WantedAssignment, said: Definition) -> None:
    """Raises BadValue, naming the column, where rows of one assignment say different things."""
    for column in fields(Definition):
        if getattr(known.definition, column.name) != getattr(said, column.name):
            name = "class" if column.name == "class_name" else column.name
            raise BadValue(name, f"is not as in line {known.line} of the same assignment")


def check_said_once(known: Part | None, said: Part) -> None:
    """Raises BadValue where a student's part of an assignment was told differently before."""
    if known is not None and known[1:] != said[1:]:
        reason = f"stands in line {known.line} with another completed_at or score"
        raise BadValue("student_id", reason)


def read_assignments(
    rows: Iterator[TableRow], reader: AssignmentReader, problems: Problems
) -> Iterator[tuple[str, Definition, str, Part]]:
    """The rows that are sound by themselves; the others go to the problems."""
    for row in rows:
        try:
            yield reader.row(row)
        except BadValue as bad:
            problems.error(row.line, bad.field, bad.reason)


def _skills(text: str) -> Iterator[str]:
    skills = [one.strip() for one in text.split(";") if one.strip()]
    if not skills:
        raise BadValue("skills", "no skill is named")
    for one in skills:
        if len(one) > LONGEST_CODE:
            raise BadValue("skills", f"a skill is longer than {LONGEST_CODE} characters")
        yield one


def _difficulty(text: str) -> str:
    if text.lower() not in DIFFICULTIES:
        raise BadValue("difficulty", f"{shown(text)} is not easy, medium or hard")
    return text.lower()


def _text(row: TableRow, column: str, longest: int) -> str:
    if not row[column]:
        raise BadValue(column, "is missing")
    if len(row[column]) > longest:
        raise BadValue(column, f"is longer than {longest} characters")
    return row[column]
