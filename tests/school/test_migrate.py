"""The migrations lead to exactly what the models say, on both databases."""

from threading import Thread

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from school.database import make_engine
from school.migrate import is_current, upgrade
from school.models import Base


def test_migrated_tables_equal_the_models(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_clustered_tables_have_no_rowid_on_sqlite(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine)
    keys = inspect(engine).get_pk_constraint("daily_skill_progress")["constrained_columns"]
    assert keys == ["workspace_id", "student_id", "day", "skill_id"]
    engine.dispose()


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    engine = make_engine(database_url)
    assert not is_current(engine)
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    engines = [make_engine(database_url, busy_timeout=20) for _ in range(3)]
    threads = [Thread(target=upgrade, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(is_current(engine) for engine in engines)
    for engine in engines:
        engine.dispose()
