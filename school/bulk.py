"""Work in bulk: many rows in short transactions, on SQLite and PostgreSQL alike.

People write while imports run, so a transaction of an import lasts at most some 50 ms and whatever
can be done beforehand is done outside it.
"""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, Row, Select

from school.database import SessionFactory

Progress = Callable[[int, int, str], None]
"""Called with what is done, the whole (both in bytes of a file, or rows), and the phase."""
MANY_OBJECTS = 50_000
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
BUSY_TIMEOUT_IMPORTS = 60_000
"""Milliseconds that an import waits for another writer on SQLite."""
CHECKPOINT_PAGES = 8000
"""Pages of SQLite's log before an import copies them back: some 32 MB, each page once."""


class Bulk:
    """A connection that reads and one that writes, for one long piece of work."""

    def __init__(self, reader: Connection, writer: Connection) -> None:
        self._reader = reader
        self._writer = writer
        self.is_sqlite = writer.dialect.name == "sqlite"

    def read(self, query: Executable) -> Sequence[AnyRow]:
        """All rows of `query`, in a transaction that takes no write lock."""
        with self._reader.begin():
            return self._reader.execute(query).all()

    def read_plain(self, query: Executable) -> list[tuple[Any, ...]]:
        """All rows of `query` as the driver gives them: quick, for numbers and text alone."""
        with self._reader.begin():
            cursor: Any = self._reader.execute(query).cursor
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def read_text(self, sql: str, values: tuple[Any, ...]) -> Sequence[AnyRow]:
        """All rows of an SQL text with `?` for each value, without a write lock."""
        with self._reader.begin():
            return self._reader.exec_driver_sql(self._marked(sql), values).all()

    @contextmanager
    def write(self) -> Iterator["Batch"]:
        """A short write transaction."""
        with self._writer.begin():
            yield Batch(self._writer, self._marked)

    def _marked(self, sql: str) -> str:
        return sql if self.is_sqlite else sql.replace("?", "%s")


class Batch:
    """One write transaction in bulk."""

    def __init__(self, connection: Connection, marked: Callable[[str], str]) -> None:
        self.connection = connection
        self._marked = marked

    def execute(self, statement: Executable) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement."""
        return self.connection.execute(statement)

    def many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run an SQL text, with `?` for each value, once per row."""
        if rows:
            self.connection.exec_driver_sql(self._marked(sql), rows)


@contextmanager
def bulk(session_factory: SessionFactory) -> Iterator[Bulk]:
    """Connections for bulk work; on SQLite they wait long and leave syncing to checkpoints.

    A crash of the machine may then lose the last transactions of the import, never tear one: the
    import is repeated anyway.
    """
    engine: Engine = session_factory.kw["bind"]
    with _rare_collections(), engine.connect() as reader, engine.connect() as writer:
        if writer.dialect.name != "sqlite":
            yield Bulk(reader.execution_options(readonly=True), writer)
            return
        with _patient(writer):
            yield Bulk(reader.execution_options(readonly=True), writer)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let Python look for cycles less often: millions of plain tuples hold none (a tenth less)."""
    before = gc.get_threshold()
    gc.set_threshold(MANY_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _patient(connection: Connection) -> Iterator[None]:
    raw: Any = connection.connection.dbapi_connection
    (timeout,) = raw.execute("PRAGMA busy_timeout").fetchone()
    (pages,) = raw.execute("PRAGMA wal_autocheckpoint").fetchone()
    raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_IMPORTS}")
    raw.execute("PRAGMA synchronous=NORMAL")
    raw.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    try:
        yield
    finally:
        connection.rollback()
        raw.execute(f"PRAGMA wal_autocheckpoint={pages}")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(f"PRAGMA busy_timeout={timeout}")


class Pace:
    """How many rows to write at once, so that a transaction takes about `target` seconds."""

    def __init__(self, *, target: float = 0.025, low: int = 100, high: int = 8000) -> None:
        self.rows = 1000
        self._target, self._low, self._high = target, low, high

    @contextmanager
    def writing(self, rows: int) -> Iterator[None]:
        """Time the write of `rows` rows and set the next size by it."""
        start = time.perf_counter()
        yield
        took = max(time.perf_counter() - start, 1e-6)
        wanted = int(rows * self._target / took)
        self.rows = min(max(wanted, self._low, self.rows // 2), self._high, self.rows * 2)
