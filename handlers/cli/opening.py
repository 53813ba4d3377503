"""What every command begins with: the settings, the database at its present layout, a workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.logs import set_up_logging
from bot.settings import Settings
from interventions.messages import seed_templates
from school.database import SessionFactory, make_engine, make_session_factory
from school.migrate import upgrade
from school.workspaces import ensure_workspace


@dataclass(frozen=True, slots=True)
class OpenSchool:
    """An open database and the workspace that a command works on."""

    settings: Settings
    engine: Engine
    session_factory: SessionFactory
    workspace_id: int


def utc_now() -> datetime:
    """The present moment, aware, in UTC: the one clock that is handed to everything."""
    return datetime.now(UTC)


@contextmanager
def open_school(
    settings: Settings, *, workspace: str | None = None, busy_timeout: float | None = None
) -> Iterator[OpenSchool]:
    """Open the database of `settings`, bring it up to date, and find or make the workspace.

    The product's message templates are put in as this release has them.

    `busy_timeout` is for how many seconds a write waits for others on SQLite.
    """
    wait = {} if busy_timeout is None else {"busy_timeout": busy_timeout}
    engine = make_engine(settings.database_url, **wait)
    try:
        upgrade(engine)
        session_factory = make_session_factory(engine, sends_mail=settings.sends_mail)
        with session_factory.begin() as session:
            found = ensure_workspace(session, zone=settings.zone, now=utc_now(), name=workspace)
            seed_templates(session, now=utc_now())
            workspace_id = found.id
        yield OpenSchool(settings, engine, session_factory, workspace_id)
    finally:
        engine.dispose()


def read_settings() -> Settings:
    """The settings from the environment and `.env`, with logging set up by them."""
    settings = Settings()
    set_up_logging(settings.log_level)
    return settings
