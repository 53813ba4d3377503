"""A user's own zone is kept when Slack says another, and nobody waits for that."""

from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from handlers.standing import Standings
from handlers.zones import remember_zone
from school.access import SlackStanding
from school.database import SessionFactory
from school.models import User, Workspace

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def workspace_id(session_factory: SessionFactory) -> int:
    """A workspace with one teacher."""
    with session_factory.begin() as session:
        workspace = Workspace(name="School", timezone="America/New_York", created_at=NOW)
        session.add(workspace)
        session.flush()  # its id is needed below
        teacher = {"email": "t@example.org", "name": "T", "slack_user_id": "U1", "created_at": NOW}
        session.add(User(workspace_id=workspace.id, **teacher))
        return workspace.id


def kept(session_factory: SessionFactory) -> str | None:
    with session_factory() as session:
        return session.scalar(select(User.timezone))


def test_a_known_zone_is_kept_once(
    session_factory: SessionFactory, engine: Engine, workspace_id: int
) -> None:
    said: dict[str, Any] = {"tz": "Europe/London"}
    remember_zone(session_factory, workspace_id, "U1", said)
    assert kept(session_factory) == "Europe/London"
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, word, *_: asked.append(word))
    remember_zone(session_factory, workspace_id, "U1", said)
    assert [word for word in asked if word.startswith("UPDATE")] == []


@pytest.mark.parametrize("tz", ["Mars/Olympus", "", None, 5])
def test_what_is_no_zone_is_not_kept(
    session_factory: SessionFactory, workspace_id: int, tz: object
) -> None:
    remember_zone(session_factory, workspace_id, "U1", {"tz": tz})
    assert kept(session_factory) is None


def test_nobody_elses_is_changed(session_factory: SessionFactory, workspace_id: int) -> None:
    remember_zone(session_factory, workspace_id, "U2", {"tz": "Europe/London"})
    remember_zone(session_factory, workspace_id + 1, "U1", {"tz": "Europe/London"})
    assert kept(session_factory) is None


def test_a_database_that_is_away_breaks_nothing(
    session_factory: SessionFactory, engine: Engine, workspace_id: int
) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE users RENAME TO elsewhere"))
    remember_zone(session_factory, workspace_id, "U1", {"tz": "Europe/London"})


def test_who_asks_is_answered_before_it_is_kept() -> None:
    heard, release = Event(), Event()

    def told(_user: dict[str, Any]) -> None:
        release.wait(10)
        heard.set()

    ask = {"user": {"is_restricted": True, "tz": "Europe/London"}}
    found = Standings().of((1, "U1"), lambda: ask, patience=5, kept=60, told=told)
    assert found == SlackStanding(restricted=True)
    assert not heard.is_set()
    release.set()
    assert heard.wait(10)
