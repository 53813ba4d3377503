"""Engines and sessions: SQLite in WAL mode with foreign keys, or PostgreSQL; both keep UTC."""

import time
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.orm import Session, sessionmaker

SessionFactory = sessionmaker[Session]

BUSY_TIMEOUT_PEOPLE = 1.5
"""Seconds that a person's write waits for another writer before it is refused."""

IDLE_IN_TRANSACTION = 60
"""Seconds that a transaction may do nothing before PostgreSQL ends it."""

DATABASE_TROUBLE = (
    exc.OperationalError,
    exc.InterfaceError,
    exc.InternalError,
    exc.TimeoutError,
)
"""It is away or busy, or has ended a transaction that did nothing for long: what was to be done is
not at fault."""

SENDS_MAIL = "sends_mail"
"""What a session knows of the machine that it is on (`Session.info`)."""
WAL_TRIES, WAL_PAUSE = 40, 0.05
"""How often, and after how many seconds, a new file's switch to WAL is tried again."""


def make_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT_PEOPLE) -> Engine:
    """An engine for `url` whose connections hold to the house's settings.

    On SQLite a transaction begins as `BEGIN IMMEDIATE` unless the connection's execution option
    `readonly` is set: a writer then waits for its turn at the start and never fails half-way.
    """
    url = _with_driver(url)
    if url.startswith("sqlite"):
        return _sqlite_engine(url, busy_timeout)
    engine = create_engine(url, hide_parameters=True, pool_size=20, pool_pre_ping=True)
    event.listen(engine, "connect", _set_postgres_session)
    return engine


def make_session_factory(engine: Engine, *, sends_mail: bool = True) -> SessionFactory:
    """A factory of sessions whose objects stay readable after commit.

    `sends_mail` is whether e-mail can be sent from here at all: see `can_send_mail`.
    """
    return sessionmaker(engine, expire_on_commit=False, info={SENDS_MAIL: sends_mail})


def can_send_mail(session: Session) -> bool:
    """Whether a mail server is set, so that an address is a way to somebody."""
    return bool(session.info.get(SENDS_MAIL, True))


def reading(session: Session) -> Session:
    """Mark a fresh session's transaction as reading only: on SQLite it then takes no write lock."""
    session.connection(execution_options={"readonly": True})
    return session


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _sqlite_engine(url: str, busy_timeout: float) -> Engine:
    # isolation_level None: the driver leaves BEGIN to `_begin_sqlite`.
    arguments = {"timeout": busy_timeout, "isolation_level": None}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    event.listen(engine, "connect", _set_sqlite_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_sqlite_pragmas(connection: SqliteConnection, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")


def _switch_to_wal(connection: SqliteConnection) -> None:
    """Two first connections that switch at once get "database is locked" without any wait."""
    for turn in range(1, WAL_TRIES + 1):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if turn == WAL_TRIES:
                raise
            time.sleep(WAL_PAUSE)


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN" if options.get("readonly") else "BEGIN IMMEDIATE")


def _set_postgres_session(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        # A process that hangs, or whose machine has gone, must not keep its locks for hours: every
        # other one would wait for them before each call.
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION}s'")
    connection.commit()
