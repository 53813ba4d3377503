"""A small school for the tests: two classes, their teachers, and students who share names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from school.access import Viewer, viewer_of
from school.database import SessionFactory
from school.models import Class, ClassTeacher, Enrolment, Role, Student, User, Workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class SmallSchool:
    """Adds people and classes to one workspace; every method returns the new record's id."""

    session_factory: SessionFactory
    workspace_id: int

    def teacher(self, slack_user_id: str, *, administrator: bool = False, **more: object) -> int:
        role = Role.ADMINISTRATOR if administrator else Role.TEACHER
        return self._add(
            User(
                workspace_id=self.workspace_id,
                email=f"{slack_user_id.lower()}@school.test",
                name=f"Teacher {slack_user_id}",
                role=role.value,
                slack_user_id=slack_user_id,
                created_at=NOW,
                **more,
            )
        )

    def a_class(self, title: str, *, source_id: str | None = None, **more: object) -> int:
        return self._add(
            Class(
                workspace_id=self.workspace_id,
                title=title,
                source_id=source_id or title,
                created_at=NOW,
                **more,
            )
        )

    def student(self, name: str, source_id: str, *class_ids: int, **more: object) -> int:
        given, _, family = name.partition(" ")
        student_id = self._add(
            Student(
                workspace_id=self.workspace_id,
                source_id=source_id,
                given_name=given,
                family_name=family,
                created_at=NOW,
                **more,
            )
        )
        for class_id in class_ids:
            self.enrol(student_id, class_id)
        return student_id

    def enrol(
        self, student_id: int, class_id: int, *, first: date | None = None, last: date | None = None
    ) -> int:
        return self._add(
            Enrolment(
                workspace_id=self.workspace_id,
                student_id=student_id,
                class_id=class_id,
                starts_on=first,
                ends_on=last,
            )
        )

    def teaches(
        self, user_id: int, class_id: int, *, first: date | None = None, last: date | None = None
    ) -> int:
        return self._add(
            ClassTeacher(
                workspace_id=self.workspace_id,
                user_id=user_id,
                class_id=class_id,
                starts_on=first,
                ends_on=last,
            )
        )

    def viewer(self, user_id: int, *, now: datetime = NOW) -> Viewer:
        with self.session_factory() as session:
            return viewer_of(session, session.get_one(User, user_id), now=now)

    def _add(self, record: object) -> int:
        with self.session_factory.begin() as session:
            session.add(record)
            session.flush()
            return int(record.id)  # type: ignore[attr-defined]  # every record here has one


def small_school(session_factory: SessionFactory, name: str = "School") -> SmallSchool:
    """A new, empty workspace."""
    with session_factory.begin() as session:
        workspace = Workspace(name=name, timezone="America/New_York", created_at=NOW)
        session.add(workspace)
        session.flush()
        return SmallSchool(session_factory, workspace.id)


@pytest.fixture
def school(session_factory: SessionFactory) -> SmallSchool:
    """An empty workspace, on SQLite and on PostgreSQL."""
    return small_school(session_factory)


@pytest.fixture
def lite_school(sqlite_factory: SessionFactory) -> SmallSchool:
    """An empty workspace on SQLite alone."""
    return small_school(sqlite_factory)


@pytest.fixture
def other_school(session_factory: SessionFactory) -> SmallSchool:
    """A second workspace in the same database."""
    return small_school(session_factory, "Elsewhere")
