"""Bringing a database to the present layout of the records, by Alembic's migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

MIGRATIONS = Path(__file__).parent.parent / "migrations"
LOCK = 4_042_021
"""The advisory lock under which PostgreSQL processes migrate one after the other."""


def upgrade(engine: Engine) -> None:
    """Create or upgrade all tables, keeping what they hold; nothing where they are up to date."""
    with engine.connect() as connection, _tables_may_be_made_anew(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config = config_for(connection)
        if not _current(connection, config):
            command.upgrade(config, "head")
            _check_foreign_keys(connection)


def is_current(engine: Engine) -> bool:
    """Whether the database has the present layout."""
    with engine.connect().execution_options(readonly=True) as connection:
        return _current(connection, config_for(connection))


def config_for(connection: Connection) -> Config:
    """Alembic's settings for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """Foreign keys are off on SQLite meanwhile.

    Some changes make a table anew, and dropping the old one would first delete its rows and, with
    foreign keys on, whatever refers to them. SQLite heeds the setting outside transactions only.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    """Raise where a migration left rows that refer to none, so that it is taken back."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise IntegrityError("PRAGMA foreign_key_check", None, ValueError(str(broken[:3])))


def _current(connection: Connection, config: Config) -> bool:
    heads = set(ScriptDirectory.from_config(config).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads
