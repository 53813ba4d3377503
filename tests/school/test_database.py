"""The two databases behave alike where we rely on it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError, StatementError

from school import database
from school.database import SessionFactory, make_engine
from school.models import Term, Workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def switch_together(file: Path, times: int) -> list[str]:
    """Open a new file from several threads at once; the journal mode that each ended in."""
    modes: list[str] = []
    barrier = Barrier(times)

    def switch() -> None:
        engine = make_engine(f"sqlite:///{file}", busy_timeout=20)
        barrier.wait()
        with engine.connect() as connection:
            modes.append(str(connection.scalar(text("PRAGMA journal_mode"))))
        engine.dispose()

    threads = [Thread(target=switch) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return modes


def test_first_connections_at_the_same_moment_all_get_through(tmp_path: Path) -> None:
    for turn in range(40):
        assert switch_together(tmp_path / f"{turn}.db", 4) == ["wal"] * 4


def test_a_file_that_stays_locked_is_told_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAL_PAUSE", 0.001)
    with closing(sqlite3.connect(tmp_path / "h.db", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        engine = make_engine(f"sqlite:///{tmp_path}/h.db", busy_timeout=0)
        with pytest.raises(OperationalError):
            engine.connect()


def test_who_hangs_in_a_transaction_loses_its_locks(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "IDLE_IN_TRANSACTION", 0.1)
    engine = make_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE things (id int)"))
    with engine.connect() as hanging, engine.connect() as waiting:
        hanging.execute(text("LOCK TABLE things"))
        waiting.execute(text("LOCK TABLE things"))  # until the other's time is over
        with pytest.raises(InternalError):
            hanging.execute(text("SELECT 1"))
        hanging.rollback()
        assert hanging.scalar(text("SELECT 1")) == 1
    engine.dispose()


def workspace() -> Workspace:
    return Workspace(name="School", timezone="America/New_York", created_at=NOW)


def test_moments_come_back_aware_and_in_utc(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        session.add(workspace())
    with session_factory() as session:
        assert session.scalars(select(Workspace)).one().created_at == NOW


def test_a_naive_moment_is_refused(session_factory: SessionFactory) -> None:
    with pytest.raises(StatementError), session_factory.begin() as session:
        naive = datetime(2026, 3, 2)  # noqa: DTZ001 - the refused case itself
        session.add(Workspace(name="S", timezone="UTC", created_at=naive))


def test_a_row_of_an_unknown_workspace_is_refused(session_factory: SessionFactory) -> None:
    term = Term(workspace_id=9, source_id="t", title="T", starts_on=NOW.date(), ends_on=NOW.date())
    with pytest.raises(IntegrityError), session_factory.begin() as session:
        session.add(term)


def test_defaults_of_the_specification_are_utc(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        session.execute(
            text("INSERT INTO message_templates (category, title, content) VALUES ('a', 'b', 'c')")
        )
        age = session.scalar(text("SELECT created_at FROM message_templates"))
    stored = datetime.fromisoformat(str(age)).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - stored).total_seconds()) < 60
