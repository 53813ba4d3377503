"""What tests of practice share: workspaces, files, and derived tables as comparable rows."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select

from school.database import SessionFactory
from school.imports.outcome import ImportOutcome
from school.imports.practice import import_practice
from school.models import (
    Answer,
    DailyProgress,
    DailySkillProgress,
    PracticeSession,
    Skill,
    StaleProgress,
    Student,
    Workspace,
)

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
Row = tuple[Any, ...]


def make_workspace(
    factory: SessionFactory, zone: str = "America/New_York", name: str = "School"
) -> int:
    """A new workspace's id."""
    with factory.begin() as session:
        workspace = Workspace(name=name, timezone=zone, created_at=NOW)
        session.add(workspace)
        session.flush()  # for its id
        return workspace.id


@dataclass
class School:
    """A workspace into which tests import files."""

    factory: SessionFactory
    folder: Path
    workspace_id: int

    def take(self, path: Path, **given: Any) -> ImportOutcome:
        """Import a file."""
        known: dict[str, Any] = {"workspace_id": self.workspace_id, "now": NOW}
        return import_practice(path, session_factory=self.factory, **known, **given)

    def take_rows(self, *rows: str, **given: Any) -> ImportOutcome:
        """Import a practice CSV of these lines, the header first."""
        path = self.folder / "practice.csv"
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return self.take(path, **given)

    def take_answers(self, *answers: dict[str, Any], **given: Any) -> ImportOutcome:
        """Import a practice CSV of answers given by column."""
        path = self.folder / "practice.csv"
        write_csv(path, answers)
        return self.take(path, **given)

    def take_transactions(self, *transactions: "Transaction", **given: Any) -> ImportOutcome:
        """Import a DataShop export."""
        path = self.folder / "export.txt"
        write_datashop(path, transactions)
        return self.take(path, **given)

    def totals(self) -> dict[tuple[str, date], DailyProgress]:
        """Daily totals by student and day."""
        with self.factory() as session:
            query = select(Student.source_id, DailyProgress).join(
                Student, Student.id == DailyProgress.student_id
            )
            found = session.execute(query.where(Student.workspace_id == self.workspace_id))
            return {(student, row.day): row for student, row in found}

    def skills(self) -> dict[tuple[str, str, date], DailySkillProgress]:
        """Daily rows by student, skill and day."""
        with self.factory() as session:
            query = (
                select(Student.source_id, Skill.source_id, DailySkillProgress)
                .join(Student, Student.id == DailySkillProgress.student_id)
                .join(Skill, Skill.id == DailySkillProgress.skill_id)
            )
            found = session.execute(query.where(Student.workspace_id == self.workspace_id))
            return {(student, skill, row.day): row for student, skill, row in found}

    def sessions(self) -> list[PracticeSession]:
        """Sessions in order of time."""
        with self.factory() as session:
            query = select(PracticeSession).order_by(PracticeSession.started_at)
            return list(
                session.scalars(query.where(PracticeSession.workspace_id == self.workspace_id))
            )

    def answers(self) -> list[Answer]:
        """Answers in order of time."""
        with self.factory() as session:
            query = select(Answer).order_by(Answer.answered_at, Answer.sequence, Answer.skill_id)
            return list(session.scalars(query.where(Answer.workspace_id == self.workspace_id)))

    def marks(self) -> dict[int, date]:
        """Who is marked stale, and from when on."""
        with self.factory() as session:
            query = select(StaleProgress).where(StaleProgress.workspace_id == self.workspace_id)
            return {mark.student_id: mark.from_day for mark in session.scalars(query)}

    def derived(self) -> dict[str, list[Row]]:
        """All derived rows, with students and skills by their own ids: equal in equal states."""
        with self.factory() as session:
            names: dict[str, dict[int, str]] = {
                "student_id": {row.id: row.source_id for row in session.scalars(select(Student))},
                "skill_id": {row.id: row.source_id for row in session.scalars(select(Skill))},
            }
            found: dict[str, list[Row]] = {}
            for model in (DailyProgress, DailySkillProgress, PracticeSession):
                query = select(model).where(model.workspace_id == self.workspace_id)
                rows = [_plain(row, names) for row in session.scalars(query)]
                found[model.__tablename__] = sorted(rows, key=repr)
            return found


def _plain(row: Any, names: dict[str, dict[int, str]]) -> Row:
    values = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns}
    del values["workspace_id"]
    for column, known in names.items():
        if column in values:
            values[column] = known[values[column]]
    if "skill_ids" in values:
        values["skill_ids"] = [names["skill_id"][skill] for skill in values["skill_ids"]]
    return tuple(values.values())


def write_csv(path: Path, answers: Iterable[dict[str, Any]]) -> None:
    """Write answers as a practice CSV with every column that one of them has."""
    answers = list(answers)
    columns = list(dict.fromkeys(column for answer in answers for column in answer))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, restval="")
        writer.writeheader()
        writer.writerows(answers)


@dataclass
class Transaction:
    """A row of a DataShop export, with what tests vary."""

    row: int
    time: str
    outcome: str = "CORRECT"
    student: str = "Ada"
    kcs: tuple[str, ...] = ("Ratio",)
    transaction: str = ""
    session: str = "s1"
    zone: str = "GMT"
    duration: str = "."
    problem: str = "P1"
    step: str = "S1"
    single: str = "Single-KC"
    more: dict[str, str] = field(default_factory=dict)


HEADER = [
    "Row", "Sample Name", "Transaction Id", "Anon Student Id", "Session Id", "Time", "Time Zone",
    "Duration (sec)", "Level (Container)", "Level (Container)", "Problem Name", "Step Name",
    "Outcome", "KC (Default)", "KC Category (Default)", "KC (Default)", "KC Category (Default)",
    "KC (Single-KC)", "KC Category (Single-KC)",
]  # fmt: skip


def write_datashop(path: Path, transactions: Iterable[Transaction]) -> None:
    """Write a DataShop export with repeated headers and room for two KCs a row."""
    lines = ["\t".join(HEADER)]
    for one in transactions:
        first, second = (*one.kcs, "", "")[:2]
        cells = [
            str(one.row), "All Data", one.transaction or f"t{one.row}", one.student, one.session,
            one.time, one.zone, one.duration, "Unit", "Section", one.problem, one.step,
            one.outcome, first, "", second, "", one.single, "",
        ]  # fmt: skip
        lines.append("\t".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
