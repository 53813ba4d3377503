"""Who and what a practice file names: students, skills and classes, found or made.

Without a roster a file's ids are the names too. With a roster a student or class that it does not
know is an error, unless the whole file is said to be one class (`--class`): then the file itself
says who is in it.
"""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from school.bulk import Batch, Bulk
from school.errors import InvalidInput
from school.imports.events import PracticeEvent
from school.imports.outcome import shown
from school.imports.values import LONGEST_NAME, BadValue, code
from school.models import Class, Enrolment, Skill, Student
from school.progress.stale import in_lists, mark_classmates_stale

_NEW_STUDENT = """
    INSERT INTO students (workspace_id, source_id, given_name, family_name, is_active, created_at)
    VALUES (?, ?, ?, '', ?, ?) ON CONFLICT DO NOTHING
"""
_NEW_SKILL = """
    INSERT INTO skills (workspace_id, source_id, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
"""
_NEW_CLASS = """
    INSERT INTO classes (workspace_id, source_id, title, is_active, created_at)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_NEW_ENROLMENT = """
    INSERT INTO enrolments (workspace_id, class_id, student_id) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING
"""


class Directory:
    """What a workspace knows by the ids that files use. Grows with people, not with practice."""

    def __init__(
        self, bulk: Bulk, workspace_id: int, *, class_title: str | None, now: datetime
    ) -> None:
        self._bulk, self._workspace_id, self._now = bulk, workspace_id, now
        self._class_title = class_title if class_title is None else class_title.strip()
        self.students = self._ids(Student.source_id, Student.id)
        self.skills = self._listed() | self._ids(Skill.source_id, Skill.id)
        self._classes: dict[str, int] = {}
        self._unknown: dict[str, str] = {}
        self._enrolled: set[tuple[int, int]] = set()
        rostered = exists().where(
            Enrolment.workspace_id == workspace_id, Enrolment.source_id.is_not(None)
        )
        self._has_roster = bool(bulk.read(select(rostered))[0][0])
        if self._class_title is not None:
            _check_title(self._class_title)
            self._find_class(self._class_title)

    def check(self, event: PracticeEvent) -> None:
        """Raises BadValue when the event names a student or class that there is not."""
        may_make = not self._has_roster or self._class_title is not None
        if not may_make and event.student not in self.students:
            raise BadValue("student", f"the roster has no student {shown(event.student)}")
        name = event.class_name
        if name and name not in self._classes:
            if name not in self._unknown:
                self._unknown[name] = self._why_not(name)
            if reason := self._unknown[name]:
                raise BadValue("class", reason)

    def _why_not(self, name: str) -> str:
        """Why rows of a class that was not met before are refused; empty where they are not."""
        if len(name) > LONGEST_NAME:
            return f"is longer than {LONGEST_NAME} characters"
        try:
            found = self._find_class(name)
        except InvalidInput as several:
            return str(several)
        return f"the roster has no class {shown(name)}" if self._has_roster and not found else ""

    def class_named(self, name: str) -> int | None:
        """The class of this id, else title. Raises InvalidInput where several have the title."""
        return self._classes[name] if self._find_class(name) else None

    def was_enrolled(self, student: str, class_name: str) -> bool:
        """Whether a known student is or was in a class that was met before, at any time."""
        return (self._classes[class_name], self.students[student]) in self._enrolled

    def settle(self, events: list[PracticeEvent]) -> None:
        """Make what the events name and nobody has met yet, and enrol, in one transaction."""
        placed = {(event.student, event.class_name) for event in events}
        students = sorted({student for student, _ in placed} - self.students.keys())
        skills = {
            skill: name
            for several in {event.skills for event in events}
            for skill, name in several
            if skill not in self.skills
        }
        wanted = {(name, student) for student, name in placed if name}
        if self._class_title:
            wanted |= {(self._class_title, student) for student, _ in placed}
        named = sorted({name for name, _ in wanted})
        missing = [name for name in named if not self._find_class(name)]
        if students or skills or missing or self._not_enrolled(wanted):
            with self._bulk.write() as batch:
                self._make(batch, students, sorted(skills.items()), missing)
                self._enrol(batch, self._not_enrolled(wanted))

    def _make(
        self, batch: Batch, students: list[str], skills: list[tuple[str, str]], classes: list[str]
    ) -> None:
        workspace, now = self._workspace_id, self._now_text()
        batch.many(_NEW_STUDENT, [(workspace, name, name, True, now) for name in students])
        batch.many(_NEW_SKILL, [(workspace, skill, name) for skill, name in skills])
        batch.many(_NEW_CLASS, [(workspace, name, name, True, now) for name in classes])
        connection = batch.connection
        self.students |= _ids_among(connection, Student, workspace, students)
        self.skills |= _ids_among(connection, Skill, workspace, [skill for skill, _ in skills])
        self._classes |= _ids_among(connection, Class, workspace, classes)

    def _now_text(self) -> str:
        # Both databases take ISO 8601 in UTC for a TIMESTAMP; SQLAlchemy's own form on SQLite.
        moment = self._now.astimezone(UTC).replace(tzinfo=None)
        return moment.isoformat(" ", "microseconds")

    def _not_enrolled(self, wanted: set[tuple[str, str]]) -> list[tuple[int, int]]:
        """Those of (class name, student) that are not enrolled, as ids; unknown ones left out."""
        known = {
            (self._classes[name], self.students[student])
            for name, student in wanted
            if name in self._classes and student in self.students
        }
        return sorted(known - self._enrolled)

    def _enrol(self, batch: Batch, pairs: list[tuple[int, int]]) -> None:
        batch.many(_NEW_ENROLMENT, [(self._workspace_id, *pair) for pair in pairs])
        mark_classmates_stale(batch.connection, {student for _, student in pairs})
        self._enrolled |= set(pairs)

    def _find_class(self, name: str) -> bool:
        """Whether there is a class of this id or else title; remembers it and who is in it.

        A class that is over gives way to one of the same title that goes on.
        """
        if name in self._classes:
            return True
        query = select(Class.source_id, Class.id).where(Class.workspace_id == self._workspace_id)
        titled = query.where(Class.title == name).order_by(Class.source_id)
        found = (
            self._bulk.read(query.where(Class.source_id == name))
            or self._bulk.read(titled.where(Class.is_active))
            or self._bulk.read(titled)
        )
        if not found:
            return False
        if len(found) > 1:
            ids = ", ".join(source_id for source_id, _ in found)
            raise InvalidInput("class", f"Several classes are called {shown(name)}: {ids}.")
        self._classes[name] = found[0][1]
        enrolled = select(Enrolment.class_id, Enrolment.student_id)
        self._enrolled |= {
            (row[0], row[1])
            for row in self._bulk.read(enrolled.where(Enrolment.class_id == found[0][1]))
        }
        return True

    def _listed(self) -> dict[str, int]:
        """Skills by their names, where a skills file gives the name to one skill alone."""
        query = select(Skill.name, Skill.id).where(
            Skill.workspace_id == self._workspace_id, Skill.is_listed
        )
        rows = self._bulk.read(query)
        of_one = Counter(row[0] for row in rows)
        return {code(row[0]): row[1] for row in rows if of_one[row[0]] == 1}

    def _ids(
        self, source_id: InstrumentedAttribute[str], key: InstrumentedAttribute[int]
    ) -> dict[str, int]:
        query = select(source_id, key).where(key.class_.workspace_id == self._workspace_id)
        return {row[0]: row[1] for row in self._bulk.read(query)}


def _check_title(title: str) -> None:
    if not 0 < len(title) <= LONGEST_NAME:
        raise InvalidInput("class", f"A class's name has 1 to {LONGEST_NAME} characters.")


def _ids_among(
    connection: Connection,
    model: type[Student] | type[Skill] | type[Class],
    workspace_id: int,
    source_ids: list[str],
) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in in_lists(source_ids):
        query = select(model.source_id, model.id).where(
            model.workspace_id == workspace_id, model.source_id.in_(part)
        )
        found |= {row[0]: row[1] for row in connection.execute(query)}
    return found
