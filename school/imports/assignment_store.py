"""Storing assignments: each with its skills and students in one transaction, marks included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from school.bulk import Batch
from school.imports.assignment_rows import Part
from school.imports.store import Store
from school.models import Assignment, AssignmentSkill, AssignmentStudent
from school.progress.stale import in_lists, mark_stale

COUNTING = ("assigned_at", "question_count")
"""What beside the skills decides how far practice has brought a student."""
NOT_COUNTED = {"counted_from": None, "questions_before": 0, "correct_before": 0}


@dataclass(frozen=True, slots=True)
class Settled:
    """An assignment with everything it names found: columns, skills, parts by student."""

    columns: Mapping[str, Any]
    skills: frozenset[int]
    parts: Mapping[int, Part]


@dataclass(slots=True)
class _Stored:
    """An assignment on record; `parts` are completion and score by student."""

    id: int
    columns: Mapping[str, Any]
    skills: set[int]
    parts: dict[int, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class AssignmentStore:
    """Writes assignments on the local day `today`, from which students are marked."""

    store: Store
    today: date

    def save(self, wanted: Mapping[str, Settled]) -> int:
        """Add and change what differs; how many parts are new, changed, or of a changed one."""
        new = 0
        for ids in in_lists(list(wanted)):
            stored = self._stored(ids)
            for source_id in ids:
                new += self._save(source_id, wanted[source_id], stored.get(source_id))
                self.store.step(len(wanted[source_id].parts))
        return new

    def _stored(self, source_ids: Iterable[str]) -> dict[str, _Stored]:
        read, workspace_id = self.store.work.read, self.store.workspace_id
        query = select(Assignment.__table__).where(
            Assignment.workspace_id == workspace_id, Assignment.source_id.in_(source_ids)
        )
        found = {row.id: (row.source_id, dict(row._mapping)) for row in read(query)}
        stored = {id_: _Stored(id_, columns, set(), {}) for id_, (_, columns) in found.items()}
        skills = select(AssignmentSkill.assignment_id, AssignmentSkill.skill_id)
        for row in read(skills.where(AssignmentSkill.assignment_id.in_(found))):
            stored[row[0]].skills.add(row[1])
        part = AssignmentStudent
        parts = select(part.assignment_id, part.student_id, part.completed_at, part.score)
        for row in read(parts.where(part.assignment_id.in_(found))):
            stored[row[0]].parts[row[1]] = (row[2], row[3])
        return {source_id: stored[id_] for id_, (source_id, _) in found.items()}

    def _save(self, source_id: str, wanted: Settled, stored: _Stored | None) -> int:
        known = stored.parts if stored else {}
        differs = stored is None or _differs(stored, wanted)
        added = [one for one in wanted.parts if one not in known]
        changed = [
            one for one, part in wanted.parts.items() if one in known and known[one] != part[1:]
        ]
        if not (differs or added or changed):
            return 0
        recount = stored is None or _counts_otherwise(stored, wanted)
        with self.store.work.write() as batch:
            # Marks first, as whoever counts has them first: so neither waits for the other.
            self._mark(batch, {*known, *added} if recount else set(added))
            assignment = stored.id if stored else self._add(batch, source_id, wanted)
            if stored and differs:
                self._change(batch, stored, wanted)
            self._parts(batch, assignment, wanted, (added, changed))
        return len(wanted.parts) if differs else len(added) + len(changed)

    def _add(self, batch: Batch, source_id: str, wanted: Settled) -> int:
        values = {"workspace_id": self.store.workspace_id, "source_id": source_id}
        new = insert(Assignment).values(**wanted.columns, **values).returning(Assignment.id)
        assignment: int = batch.connection.execute(new).scalar_one()
        self._skills(batch, assignment, wanted.skills)
        return assignment

    def _change(self, batch: Batch, stored: _Stored, wanted: Settled) -> None:
        one = update(Assignment).where(Assignment.id == stored.id)
        batch.execute(one.values(**wanted.columns))
        gone = stored.skills - wanted.skills
        own = AssignmentSkill.assignment_id == stored.id
        batch.execute(delete(AssignmentSkill).where(own, AssignmentSkill.skill_id.in_(gone)))
        self._skills(batch, stored.id, wanted.skills - stored.skills)
        if _counts_otherwise(stored, wanted):
            parts = update(AssignmentStudent).where(AssignmentStudent.assignment_id == stored.id)
            batch.execute(parts.values(**NOT_COUNTED))

    def _skills(self, batch: Batch, assignment: int, skills: Iterable[int]) -> None:
        rows = [{**self._of(assignment), "skill_id": skill} for skill in sorted(skills)]
        if rows:
            batch.connection.execute(insert(AssignmentSkill), rows)

    def _parts(
        self, batch: Batch, assignment: int, wanted: Settled, who: tuple[list[int], list[int]]
    ) -> None:
        added, changed = who
        rows = [
            {
                **self._of(assignment),
                "student_id": student,
                "completed_at": wanted.parts[student].completed_at,
                "score": wanted.parts[student].score,
            }
            for student in sorted(added)
        ]
        if rows:
            batch.connection.execute(insert(AssignmentStudent), rows)
        for student in changed:
            part = update(AssignmentStudent).where(
                AssignmentStudent.assignment_id == assignment,
                AssignmentStudent.student_id == student,
            )
            _, completed_at, score = wanted.parts[student]
            batch.execute(part.values(completed_at=completed_at, score=score))

    def _mark(self, batch: Batch, students: set[int]) -> None:
        days = ((student, self.today) for student in sorted(students))
        mark_stale(batch.connection, self.store.workspace_id, days)

    def _of(self, assignment: int) -> dict[str, int]:
        return {"assignment_id": assignment, "workspace_id": self.store.workspace_id}


def _differs(stored: _Stored, wanted: Settled) -> bool:
    columns = any(stored.columns[name] != value for name, value in wanted.columns.items())
    return columns or stored.skills != wanted.skills


def _counts_otherwise(stored: _Stored, wanted: Settled) -> bool:
    columns = any(stored.columns[name] != wanted.columns[name] for name in COUNTING)
    return columns or stored.skills != wanted.skills
