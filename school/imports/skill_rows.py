"""What a file of standards and a file of prerequisites say, row by row."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from school.imports.outcome import ImportOutcome, Problems, shown
from school.imports.tables import TableRow, read_table
from school.imports.values import LONGEST_CODE, BadValue

STANDARDS = ("skill_id", "name")
EDGES = ("prerequisite_id", "skill_id")
LONGEST = {"name": 1000, "grade": 50}

Edge = tuple[str, str]
"""A prerequisite and what it comes before, by their source ids."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One skill as the file has it. `line` is where it stands first."""

    line: int
    name: str
    grade: str | None


@dataclass(slots=True)
class SkillFiles:
    """Both files with each row checked; `edges` with the line on which each stands first."""

    of_standards: Problems
    of_edges: Problems
    standards: dict[str, Standard] = field(default_factory=dict)
    edges: dict[Edge, int] = field(default_factory=dict)
    rows: int = 0

    @property
    def refused(self) -> int:
        """How many rows of both files cannot be used."""
        return self.of_standards.errors + self.of_edges.errors

    def read_standards(self, path: Path) -> None:
        """Read the skills."""
        self._each(path, STANDARDS, self.of_standards, self._standard)

    def read_edges(self, path: Path, known: Collection[str]) -> None:
        """Read what comes before what: skills of the first file, or `known` ones."""
        self._each(path, EDGES, self.of_edges, lambda row: self._edge(row, known))

    def outcome(self, *, new: int, stopped: bool = False) -> ImportOutcome:
        """What came of both files together."""
        one, other = (
            some.outcome(rows=self.rows, new=new) for some in (self.of_standards, self.of_edges)
        )
        return ImportOutcome(
            self.rows,
            new,
            self.refused,
            one.problems + other.problems,
            one.problems_total + other.problems_total,
            one.warnings + other.warnings,
            stopped,
        )

    def _each(
        self,
        path: Path,
        required: tuple[str, ...],
        problems: Problems,
        take: Callable[[TableRow], None],
    ) -> None:
        for row in read_table(path, required, problems):
            self.rows += 1
            try:
                take(row)
            except BadValue as bad:
                self.rows -= 1
                problems.error(row.line, bad.field, bad.reason)
        self.rows += problems.errors

    def _standard(self, row: TableRow) -> None:
        skill_id = _skill_id(row, "skill_id")
        one = Standard(row.line, _text(row, "name") or skill_id, _text(row, "grade") or None)
        before = self.standards.setdefault(skill_id, one)
        if (before.name, before.grade) != (one.name, one.grade):
            reason = f"{shown(skill_id)} stands in line {before.line} with another name or grade"
            raise BadValue("skill_id", reason)

    def _edge(self, row: TableRow, known: Collection[str]) -> None:
        ends = {name: _skill_id(row, name) for name in EDGES}
        for name, skill_id in ends.items():
            if skill_id not in self.standards and skill_id not in known:
                nowhere = f"is neither in {self.of_standards.file} nor on record"
                raise BadValue(name, f"{shown(skill_id)} {nowhere}")
        self.edges.setdefault((ends["prerequisite_id"], ends["skill_id"]), row.line)


def names_of_one(standards: dict[str, Standard]) -> Iterator[tuple[str, str]]:
    """Names that one skill of the file alone has, with the skill's id."""
    by_name: dict[str, list[str]] = {}
    for skill_id, one in standards.items():
        by_name.setdefault(one.name, []).append(skill_id)
    yield from ((name, ids[0]) for name, ids in by_name.items() if len(ids) == 1)


def _skill_id(row: TableRow, column: str) -> str:
    text = row[column]
    if not text:
        raise BadValue(column, "the skill is missing")
    if len(text) > LONGEST_CODE:
        raise BadValue(column, f"is longer than {LONGEST_CODE} characters")
    return text


def _text(row: TableRow, column: str) -> str:
    if len(row[column]) > LONGEST[column]:
        raise BadValue(column, f"is longer than {LONGEST[column]} characters")
    return row[column]
