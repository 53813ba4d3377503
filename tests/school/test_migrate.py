"""The migrations lead to exactly what the models say, on both databases."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from school.database import make_engine
from school.migrate import config_for, is_current, upgrade
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


NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
USUAL = {int: 1, str: "x", bool: True, float: 1.0, datetime: NOW, date: NOW.date()}
# In the order in which they refer to each other, by the columns of the first layout alone.
FIRST_ROWS = (
    ("workspaces", {"name": "School", "timezone": "UTC"}),
    ("students", {"source_id": "s", "given_name": "Maya", "family_name": "Okafor"}),
    ("guardians", {"student_id": 1, "name": "Ada Okafor"}),
    ("classes", {"source_id": "c", "title": "Maths"}),
    ("enrolments", {"class_id": 1, "student_id": 1, "starts_on": NOW.date()}),
    ("skills", {"source_id": "k", "name": "Fractions"}),
    ("skill_prerequisites", {"skill_id": 1, "prerequisite_id": 1}),
    ("assignments", {"class_id": 1, "title": "Halves", "question_count": 5}),
    ("assignment_students", {"assignment_id": 1, "student_id": 1}),
    ("assignment_skills", {"assignment_id": 1, "skill_id": 1}),
)


def fill_first_layout(engine: Engine) -> None:
    """Make the database as the first layout was, with a row in each table that others refer to."""
    with engine.begin() as connection:
        command.upgrade(config_for(connection), "0001")
        tables = MetaData()
        tables.reflect(connection)
        for name, values in FIRST_ROWS:
            table = tables.tables[name]
            needed = [column for column in table.columns if not column.nullable]
            usual = {column.name: USUAL[column.type.python_type] for column in needed}
            connection.execute(insert(table), usual | values)


def test_a_database_of_the_first_layout_keeps_all_it_holds(database_url: str) -> None:
    engine = make_engine(database_url)
    fill_first_layout(engine)
    upgrade(engine)
    assert is_current(engine)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for name, values in FIRST_ROWS:
            [row] = connection.execute(select(tables.tables[name])).mappings()
            assert {key: row[key] for key in values} == values
    engine.dispose()


def test_foreign_keys_hold_again_after_an_upgrade(database_url: str) -> None:
    engine = make_engine(database_url)
    fill_first_layout(engine)
    upgrade(engine)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE guardians SET student_id = 99"))
    engine.dispose()
