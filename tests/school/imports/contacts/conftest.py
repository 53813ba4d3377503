"""A workspace with three students and two teachers, one not in Slack, and contacts files for it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from school.database import SessionFactory
from school.imports.contact_rows import REQUIRED
from school.imports.contacts import import_contacts
from school.imports.outcome import ImportOutcome
from school.models import Guardian, Student, User
from tests.school.conftest import NOW, SmallSchool, small_school

HEADER = ",".join(REQUIRED)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Takes contacts files into a small school."""

    school: SmallSchool
    folder: Path

    def file(self, text: str) -> Path:
        path = self.folder / "contacts.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def take(self, path: Path, *, strict: bool = False) -> ImportOutcome:
        return import_contacts(
            path,
            session_factory=self.school.session_factory,
            workspace_id=self.school.workspace_id,
            strict=strict,
            now=NOW,
        )

    def take_rows(self, *rows: str, strict: bool = False) -> ImportOutcome:
        return self.take(self.file("\n".join((HEADER, *rows)) + "\n"), strict=strict)

    def guardians(self) -> list[tuple[Any, ...]]:
        """Student, name, address, language and whether not to be written to."""
        query = (
            select(
                Student.source_id,
                Guardian.name,
                Guardian.email,
                Guardian.language,
                Guardian.do_not_contact,
            )
            .join(Student, Student.id == Guardian.student_id)
            .order_by(Student.source_id, Guardian.id)
        )
        with self.school.session_factory() as session:
            return [tuple(row) for row in session.execute(query)]

    def student(self, source_id: str) -> tuple[str | None, str | None]:
        """A student's own address and account."""
        with self.school.session_factory() as session:
            found = session.scalars(select(Student).filter_by(source_id=source_id)).one()
            return found.email, found.slack_user_id


def with_people(factory: SessionFactory, folder: Path) -> Contacts:
    school = small_school(factory)
    for name, source_id in (("Maya Okafor", "S1"), ("Leo Park", "S2"), ("Ana Ruiz", "S3")):
        school.student(name, source_id)
    school.teacher("U0RUIZ")
    with factory.begin() as session:
        at = {"workspace_id": school.workspace_id, "created_at": NOW}
        session.add(User(email="omar@school.test", name="Omar Haddad", **at))
    return Contacts(school, folder)


@pytest.fixture
def contacts(session_factory: SessionFactory, tmp_path: Path) -> Contacts:
    """On SQLite and on PostgreSQL."""
    return with_people(session_factory, tmp_path)


@pytest.fixture
def lite(sqlite_factory: SessionFactory, tmp_path: Path) -> Contacts:
    """On SQLite alone."""
    return with_people(sqlite_factory, tmp_path)
