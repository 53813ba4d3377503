"""Importing assignments: what was set to whom, and what the source knows of its completion.

The file is read and checked before the first transaction. An assignment is what the newest file
that names it says; students whom that file leaves out keep their parts. How far practice has
brought each student is worked out at the end (`school.progress`), from marks that are written
together with what makes them needed.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from school.bulk import Bulk, bulk
from school.database import SessionFactory
from school.days import local_day
from school.errors import InvalidInput
from school.imports.assignment_rows import (
    REQUIRED,
    AssignmentReader,
    Definition,
    Part,
    WantedAssignment,
    check_agreement,
    check_said_once,
    read_assignments,
)
from school.imports.assignment_store import AssignmentStore, Settled
from school.imports.directory import Directory
from school.imports.outcome import ImportOutcome, Problems, Progress, shown
from school.imports.store import Store, record_run, steps
from school.imports.tables import read_table
from school.imports.values import BadValue, Clock, code
from school.models import Skill
from school.progress import refresh_progress

KIND = "assignments"


def import_assignments(
    path: Path,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take in assignments; repeating it changes nothing.

    `new` counts rows that brought something. With `strict` one bad row refuses the whole, with
    nothing written. Raises InvalidInput (field `file`) when the file as a whole cannot be used.
    """
    problems = Problems(path.name)
    with bulk(session_factory) as work:
        store = Store(work, workspace_id, lambda _: None)
        zone = store.zone()
        reading = _Reading(_Known(work, workspace_id, now), problems)
        reading.take(path, AssignmentReader(Clock.at(now, zone)))
        rows = reading.rows + problems.errors
        if strict and problems.errors:
            return problems.outcome(rows=rows, new=0, stopped=True)
        store.step = steps(rows, progress)
        new = _apply(store, reading, local_day(now, zone))
        record_run(store, KIND, now, rows, problems.errors)
    refresh_progress(session_factory, workspace_id, progress=progress)
    return problems.outcome(rows=rows, new=new)


class _Known:
    """What the workspace knows by the words of the file."""

    def __init__(self, work: Bulk, workspace_id: int, now: datetime) -> None:
        self._directory = Directory(work, workspace_id, class_title=None, now=now)
        self.students = self._directory.students
        self.was_enrolled = self._directory.was_enrolled
        query = select(Skill.name, Skill.id).where(Skill.workspace_id == workspace_id)
        named = work.read(query)
        of_one = Counter(row[0] for row in named)
        by_name = {row[0]: row[1] for row in named if of_one[row[0]] == 1}
        self._skills: dict[str, int] = by_name | self._directory.skills
        self._classes: dict[str, int | str] = {}

    def class_id(self, name: str) -> int:
        """The class of this id, else title. Raises BadValue where there is none or several."""
        if name not in self._classes:
            self._classes[name] = self._find_class(name)
        found = self._classes[name]
        if isinstance(found, str):
            raise BadValue("class", found)
        return found

    def _find_class(self, name: str) -> int | str:
        """The class, or why there is none."""
        try:
            found = self._directory.class_named(name)
        except InvalidInput as several:
            return str(several)
        return f"there is no class {shown(name)}" if found is None else found

    def skill_id(self, text: str) -> int | None:
        """The skill of this id, else name; None where there is none."""
        return self._skills.get(code(text))


@dataclass(slots=True)
class _Reading:
    """The rows of one file, checked one against another and against who there is."""

    known: _Known
    problems: Problems
    assignments: dict[str, WantedAssignment] = field(default_factory=dict)
    new_skills: dict[str, None] = field(default_factory=dict)
    rows: int = 0

    def take(self, path: Path, reader: AssignmentReader) -> None:
        """Read all rows; what cannot be used goes to the problems."""
        table = read_table(path, REQUIRED, self.problems)
        for assignment, said, student, part in read_assignments(table, reader, self.problems):
            try:
                self._take(assignment, said, student, part)
                self.rows += 1
            except BadValue as bad:
                self.problems.error(part.line, bad.field, bad.reason)

    def _take(self, assignment: str, said: Definition, student: str, part: Part) -> None:
        wanted = self.assignments.get(assignment) or WantedAssignment(part.line, said)
        check_agreement(wanted, said)
        self.known.class_id(said.class_name)
        if student not in self.known.students:
            raise BadValue("student_id", f"there is no student {shown(student)}")
        check_said_once(wanted.parts.get(student), part)
        self.assignments[assignment] = wanted
        wanted.parts.setdefault(student, part)
        if not self.known.was_enrolled(student, said.class_name):
            reason = f"{shown(student)} was never in the class, so reports leave this row out"
            self.problems.warn(part.line, "student_id", reason)
        self._meet_skills(said, part.line)

    def _meet_skills(self, said: Definition, line: int) -> None:
        for skill in sorted(said.skills):
            if self.known.skill_id(skill) is None and skill not in self.new_skills:
                self.new_skills[skill] = None
                reason = f"{shown(skill)} is not practised yet; is it spelt as in the practice?"
                self.problems.warn(line, "skills", reason)


def _apply(store: Store, reading: _Reading, today: date) -> int:
    """Write what differs; how many of the rows brought something."""
    made = [{"source_id": skill, "name": skill} for skill in reading.new_skills]
    store.add(Skill, made)
    new_ids = store.ids(Skill)
    known = reading.known
    settled = {
        source_id: Settled(
            _columns(wanted.definition, known),
            frozenset(known.skill_id(one) or new_ids[one] for one in wanted.definition.skills),
            {known.students[one]: part for one, part in wanted.parts.items()},
        )
        for source_id, wanted in reading.assignments.items()
    }
    return AssignmentStore(store, today).save(settled)


def _columns(said: Definition, known: _Known) -> dict[str, Any]:
    return {
        "class_id": known.class_id(said.class_name),
        "title": said.title,
        "question_count": said.question_count,
        "difficulty": said.difficulty,
        "assigned_at": said.assigned_at,
        "due_at": said.due_at,
    }
