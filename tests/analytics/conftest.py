"""A session on each kind of database, and a small school in it.

The tables are laid out once; each test's rows are rolled back after it.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from school.database import make_engine
from school.models import Base
from tests.analytics.school import SmallSchool


@pytest.fixture(scope="session")
def small_school_engines(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Both kinds of database with the tables laid out."""
    folder = tmp_path_factory.mktemp("analytics")
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE analytics"))
    base, mark, query = address.partition("?")
    engines = {
        "sqlite": make_engine(f"sqlite:///{folder}/homeroom.db"),
        "postgresql": make_engine(f"{base.rsplit('/', 1)[0]}/analytics{mark}{query}"),
    }
    for engine in engines.values():
        Base.metadata.create_all(engine)
    yield engines
    for engine in engines.values():
        engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE analytics WITH (FORCE)"))
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
