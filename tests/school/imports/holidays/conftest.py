"""A workspace of New York, and files of holidays for it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from school.database import SessionFactory
from school.imports.holidays import import_holidays
from school.imports.outcome import ImportOutcome
from school.models import Holiday
from tests.school.conftest import NOW, SmallSchool, small_school


@dataclass(frozen=True, slots=True)
class Holidays:
    """Takes files of holidays into a small school."""

    school: SmallSchool
    folder: Path

    def take(self, text: str, *, strict: bool = False) -> ImportOutcome:
        path = self.folder / "days.txt"
        path.write_text(text, encoding="utf-8", newline="")
        return import_holidays(
            path,
            session_factory=self.school.session_factory,
            workspace_id=self.school.workspace_id,
            strict=strict,
            now=NOW,
        )

    def take_events(self, *events: str, strict: bool = False) -> ImportOutcome:
        """Import a calendar of these events, each as its lines between BEGIN and END."""
        return self.take(calendar(*events), strict=strict)

    def days(self) -> list[str]:
        """The days there are, as `2026-11-26 Thanksgiving`."""
        with self.school.session_factory() as session:
            found = session.scalars(select(Holiday).order_by(Holiday.day)).all()
        return [f"{one.day} {one.name}" for one in found]


def calendar(*events: str) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//School//EN"]
    for one in events:
        lines += ["BEGIN:VEVENT", *one.splitlines(), "END:VEVENT"]
    return "\r\n".join((*lines, "END:VCALENDAR", ""))


@pytest.fixture
def holidays(session_factory: SessionFactory, tmp_path: Path) -> Holidays:
    """On SQLite and on PostgreSQL."""
    return Holidays(small_school(session_factory), tmp_path)


@pytest.fixture
def lite(sqlite_factory: SessionFactory, tmp_path: Path) -> Holidays:
    """On SQLite alone."""
    return Holidays(small_school(sqlite_factory), tmp_path)
