"""Importing skills: a file of standards, and one of what has to be known before each.

Both are small and read whole; everything is checked before the first transaction. Together they
say all about the skills that the first one names: their names, their grades, and what comes
directly before each. A graph that would go round in a circle is refused with the circle named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from school.bulk import Bulk, bulk
from school.database import SessionFactory
from school.errors import InvalidInput
from school.imports.outcome import ImportOutcome, Problems, Progress, shown
from school.imports.skill_rows import Edge, SkillFiles, names_of_one
from school.imports.store import ROWS_AT_ONCE, Store, Values, record_run, steps
from school.imports.values import code
from school.models import Skill, SkillPrerequisite
from school.progress import mark_all_stale, refresh_progress
from school.skillgraph import find_cycle

KIND = "skills"
NAMED_OF_A_CYCLE = 20
"""A longer circle is named by its start and its end."""
_NEW_EDGE = """
    INSERT INTO skill_prerequisites (skill_id, prerequisite_id, workspace_id) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING
"""
_OLD_EDGE = "DELETE FROM skill_prerequisites WHERE skill_id = ? AND prerequisite_id = ?"


def import_skills(
    standards: Path,
    prerequisites: Path,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take in skills and their prerequisites; repeating it changes nothing.

    `new` counts skills and edges added, changed or taken away. With `strict` one bad row refuses
    both files. Raises InvalidInput when a file as a whole cannot be used (field `file`), or when
    the edges, with those on record, go round in a circle (field `prerequisites`). In both cases
    nothing is written.
    """
    files = SkillFiles(Problems(standards.name), Problems(prerequisites.name))
    files.read_standards(standards)
    with bulk(session_factory) as work:
        names = _Names(files, Store(work, workspace_id, steps(0, None)).stored(Skill, _OF_SKILL))
        files.read_edges(prerequisites, names.ids - names.taken.keys())
        if strict and files.refused:
            return files.outcome(new=0, stopped=True)
        stored = _stored_edges(work, workspace_id)
        _check_order(files, names.edges_that_stay(stored), prerequisites.name)
        store = Store(work, workspace_id, steps(files.rows, progress))
        _Applying(store, files, names).apply()
        record_run(store, KIND, now, files.rows, files.refused)
    refresh_progress(session_factory, workspace_id, progress=progress)
    return files.outcome(new=store.written)


_OF_SKILL = ("source_id", "name", "is_listed")


class _Names:
    """How the skills of a file meet those on record.

    `taken` are skills that practice made by a name, which get the id that the file gives that name.
    """

    def __init__(self, files: SkillFiles, stored: list[Values]) -> None:
        self._files = files
        by_id = {one["source_id"]: one for one in stored}
        self.ids = by_id.keys()
        self.taken: dict[str, str] = {}
        for name, skill_id in names_of_one(files.standards):
            found = by_id.get(code(name))
            if found is None or found["is_listed"] or found["source_id"] in files.standards:
                continue
            if skill_id in by_id:
                line = files.standards[skill_id].line
                reason = f"practice knows {shown(name)} by its name as well; the two stay apart"
                files.of_standards.warn(line, "name", reason)
            else:
                self.taken[found["source_id"]] = skill_id

    def edges_that_stay(self, stored: Iterable[Edge]) -> list[Edge]:
        """Edges on record to skills of which the files say nothing."""
        now_called = ((self._now(first), self._now(skill)) for first, skill in stored)
        return [edge for edge in now_called if edge[1] not in self._files.standards]

    def _now(self, source_id: str) -> str:
        return self.taken.get(source_id, source_id)


def _stored_edges(work: Bulk, workspace_id: int) -> dict[Edge, tuple[int, int]]:
    """Edges on record, by source ids, with the ids of both ends."""
    first, skill = aliased(Skill), aliased(Skill)
    query = (
        select(first.source_id, skill.source_id, first.id, skill.id)
        .join(SkillPrerequisite, SkillPrerequisite.prerequisite_id == first.id)
        .join(skill, skill.id == SkillPrerequisite.skill_id)
        .where(SkillPrerequisite.workspace_id == workspace_id)
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in work.read(query)}


def _check_order(files: SkillFiles, kept: list[Edge], name: str) -> None:
    cycle = find_cycle([*files.edges, *kept])
    if cycle is None:
        return
    lines = (files.edges.get((cycle[at + 1], cycle[at])) for at in range(len(cycle) - 1))
    line = next((one for one in lines if one is not None), None)
    where = f"{name}, line {line}" if line else name
    raise InvalidInput(
        "prerequisites",
        f"{where}: the prerequisites go round in a circle: {_named(cycle)}. Each of these skills "
        "would have to be known before itself. Nothing was imported; take one of these rows out.",
    )


def _named(cycle: list[str]) -> str:
    if len(cycle) > NAMED_OF_A_CYCLE:
        half = NAMED_OF_A_CYCLE // 2
        cycle = [*cycle[:half], "…", *cycle[-half:]]
    return " → ".join(cycle)


@dataclass(slots=True)
class _Applying:
    """Files without a circle on their way into the records."""

    store: Store
    files: SkillFiles
    names: _Names

    def apply(self) -> None:
        if self.names.taken:
            self._rename()
        wanted = (
            {"source_id": skill_id, "name": one.name, "grade": one.grade, "is_listed": True}
            for skill_id, one in self.files.standards.items()
        )
        self.store.sync(Skill, ("source_id",), wanted)
        self._edges()

    def _rename(self) -> None:
        ids = self.store.ids(Skill)
        with self.store.work.write() as batch:
            for before, source_id in self.names.taken.items():
                one = update(Skill).where(Skill.id == ids[before])
                batch.execute(one.values(source_id=source_id))
            # The order of ids decides between answers of one moment.
            mark_all_stale(batch.connection, self.store.workspace_id)

    def _edges(self) -> None:
        """Make the edges on record those of the files, for the skills that the files name."""
        store, ids = self.store, self.store.ids(Skill)
        stored = _stored_edges(store.work, store.workspace_id)
        gone = [
            (skill, first)
            for edge, (first, skill) in stored.items()
            if edge[1] in self.files.standards and edge not in self.files.edges
        ]
        fresh = [edge for edge in self.files.edges if edge not in stored]
        rows = [(ids[skill], ids[first], store.workspace_id) for first, skill in fresh]
        store.step(len(self.files.edges) - len(fresh))
        for start in range(0, max(len(gone), len(rows)), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            with store.work.write() as batch:
                batch.many(_OLD_EDGE, gone[part])
                batch.many(_NEW_EDGE, rows[part])
            store.written += len(gone[part]) + len(rows[part])
            store.step(len(rows[part]))
