"""The two databases behave alike where we rely on it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from school.database import SessionFactory
from school.models import Term, Workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


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
