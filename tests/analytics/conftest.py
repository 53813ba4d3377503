"""A small school, empty, and one imported from a real file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.models import Base, Class
from school.workspaces import ensure_workspace
from tests.analytics.real import Real
from tests.analytics.school import SmallSchool
from tests.independent.classroom import Classroom

Imported = tuple[Session, Classroom, int, str]
"""A session, what should be found, the class's id, and the school's zone."""
YEARS_LATER = datetime(2026, 11, 22, 15, tzinfo=UTC)
CASES = [
    ("all", YEARS_LATER),
    ("2024-02-16..2024-05-12", YEARS_LATER),
    ("30d", datetime(2024, 5, 15, 16, tzinfo=UTC)),
    ("30d", datetime(2024, 4, 10, 2, tzinfo=UTC)),
    ("7d", datetime(2024, 4, 8, 1, tzinfo=UTC)),
]
"""Ranges of the real class, each as of a moment."""


@pytest.fixture
def school(session: Session) -> SmallSchool:
    """An empty school in New York."""
    return SmallSchool(session)


@pytest.fixture(scope="session", params=["America/New_York", "Asia/Tokyo"])
def imported(
    request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Imported]:
    """The file imported into a school of that zone."""
    path = shared_data / "datashop" / "chemistry-2024.txt"
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('chemistry')}/homeroom.db")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    with factory.begin() as session:
        workspace = ensure_workspace(session, zone=request.param, now=YEARS_LATER).id
    import_practice(
        path,
        session_factory=factory,
        workspace_id=workspace,
        class_title="Chemistry",
        now=YEARS_LATER,
    )
    with factory() as session:
        class_id = session.scalars(select(Class.id)).one()
        yield session, Classroom(path, request.param), class_id, request.param
    engine.dispose()


@pytest.fixture(scope="module", params=CASES, ids=[f"{word}-{now:%Y-%m-%d}" for word, now in CASES])
def real(request: pytest.FixtureRequest, imported: Imported) -> Real:
    """One range, as of one moment."""
    session, truth, class_id, zone = imported
    word, now = request.param
    days = resolve_range(word, session=session, now=now, class_id=class_id)
    return Real(session, truth, class_id, zone, days, now)
