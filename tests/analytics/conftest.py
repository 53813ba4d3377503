"""A session on each kind of database, and a small school in it.

The tables are laid out once; each test's rows are rolled back after it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.models import Base, Class
from school.workspaces import ensure_workspace
from tests.analytics.school import SmallSchool
from tests.independent.classroom import Classroom

Imported = tuple[Session, Classroom, int, str]
"""A session, what should be found, the class's id, and the school's zone."""
YEARS_LATER = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture(scope="session")
def small_school_engines(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Both kinds of database with the tables laid out."""
    folder = tmp_path_factory.mktemp("analytics")
    name = f"analytics_{uuid4().hex[:8]}"  # Other folders use these fixtures in the same run.
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, mark, query = address.partition("?")
    engines = {
        "sqlite": make_engine(f"sqlite:///{folder}/homeroom.db"),
        "postgresql": make_engine(f"{base.rsplit('/', 1)[0]}/{name}{mark}{query}"),
    }
    for engine in engines.values():
        Base.metadata.create_all(engine)
    yield engines
    for engine in engines.values():
        engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def session(
    request: pytest.FixtureRequest, small_school_engines: dict[str, Engine]
) -> Iterator[Session]:
    """A session on each kind of database whose rows are gone after the test."""
    with Session(small_school_engines[request.param]) as session:
        yield session


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
