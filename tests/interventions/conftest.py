"""A session on each kind of database, and people who meet in it; rolled back after each test."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from school.database import make_engine, make_session_factory
from school.models import Base
from tests.interventions.staff import Staff, lay_out


@pytest.fixture(scope="session")
def meeting_engines(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Both kinds of database with the tables laid out."""
    name = f"meetings_{uuid4().hex[:8]}"
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, mark, query = address.partition("?")
    file = tmp_path_factory.mktemp("meetings") / "homeroom.db"
    engines = {
        "sqlite": make_engine(f"sqlite:///{file}"),
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
    request: pytest.FixtureRequest, meeting_engines: dict[str, Engine]
) -> Iterator[Session]:
    """A session on each kind of database whose rows are gone after the test."""
    with make_session_factory(meeting_engines[request.param])() as session:
        yield session


@pytest.fixture
def staff(session: Session) -> Staff:
    """The people of the session's school."""
    return lay_out(session)
