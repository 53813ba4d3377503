"""Bringing a database to the present layout of the records, by Alembic's migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parent.parent / "migrations"
LOCK = 4_042_021
"""The advisory lock under which PostgreSQL processes migrate one after the other."""


def upgrade(engine: Engine) -> None:
    """Create or upgrade all tables; does nothing where they are up to date."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config = config_for(connection)
        if not _current(connection, config):
            command.upgrade(config, "head")


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


def _current(connection: Connection, config: Config) -> bool:
    heads = set(ScriptDirectory.from_config(config).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads
