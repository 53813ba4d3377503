"""One workspace where nobody names one, bound once to Slack's team."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, text

from school.database import SessionFactory, make_engine, make_session_factory
from school.errors import InvalidInput, NotAllowed
from school.models import Answer, Base, Feed, StaleProgress, Student, Workspace
from school.workspaces import bind_team, ensure_workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


def ensure(factory: SessionFactory, zone: str = "America/New_York", name: str | None = None) -> int:
    with factory.begin() as session:
        return ensure_workspace(session, zone=ZoneInfo(zone), now=NOW, name=name).id


def another(factory: SessionFactory, name: str) -> int:
    """One more workspace, as a second install in Slack makes it."""
    with factory.begin() as session:
        workspace = Workspace(name=name, timezone="America/New_York", created_at=NOW)
        session.add(workspace)
        session.flush()
        return workspace.id


def test_the_first_call_makes_the_workspace_and_later_ones_find_it(
    session_factory: SessionFactory,
) -> None:
    assert ensure(session_factory) == ensure(session_factory)
    with session_factory() as session:
        only = session.scalars(select(Workspace)).one()
    assert (only.timezone, only.slack_team_id) == ("America/New_York", None)


def test_a_named_workspace_is_found_by_its_name(session_factory: SessionFactory) -> None:
    north, south = (another(session_factory, name) for name in ("North", "South"))
    assert north != south
    assert ensure(session_factory, name="North") == north


def test_the_first_workspace_may_be_named(session_factory: SessionFactory) -> None:
    assert ensure(session_factory, name="North") == ensure(session_factory)


def test_a_slip_in_the_name_makes_no_second_workspace(sqlite_factory: SessionFactory) -> None:
    made = ensure(sqlite_factory)
    with pytest.raises(InvalidInput, match=r"no workspace called Shool\. There is: School\."):
        ensure(sqlite_factory, name="Shool")
    assert ensure(sqlite_factory) == made


def test_with_several_workspaces_one_must_be_named(sqlite_factory: SessionFactory) -> None:
    for name in ("North", "South"):
        another(sqlite_factory, name)
    with pytest.raises(InvalidInput, match="North, South") as refused:
        ensure(sqlite_factory)
    assert refused.value.field == "workspace"


def test_binding_twice_changes_nothing(session_factory: SessionFactory) -> None:
    workspace_id = ensure(session_factory)
    for _ in range(2):
        with session_factory.begin() as session:
            assert bind_team(session, workspace_id, "T1").slack_team_id == "T1"


def test_another_team_is_refused_in_clear_words(sqlite_factory: SessionFactory) -> None:
    workspace_id = ensure(sqlite_factory)
    with sqlite_factory.begin() as session:
        bind_team(session, workspace_id, "T1")
    with sqlite_factory.begin() as session, pytest.raises(NotAllowed, match=r"T1.*T2"):
        bind_team(session, workspace_id, "T2")


def test_a_team_belongs_to_one_workspace(sqlite_factory: SessionFactory) -> None:
    north, south = (another(sqlite_factory, name) for name in ("North", "South"))
    with sqlite_factory.begin() as session:
        bind_team(session, north, "T1")
    with sqlite_factory.begin() as session, pytest.raises(NotAllowed, match="North"):
        bind_team(session, south, "T1")


def test_another_zone_means_that_all_days_are_counted_anew(session_factory: SessionFactory) -> None:
    workspace_id = ensure(session_factory)
    with session_factory.begin() as session:
        at = {"workspace_id": workspace_id}
        student = Student(**at, source_id="1", given_name="Maya", created_at=NOW)
        feed = Feed(**at, name="file")
        session.add_all((student, feed))
        session.flush()
        session.add(
            Answer(**at, student_id=student.id, answered_at=NOW, key=1, feed_id=feed.id, outcome=1)
        )
    assert ensure(session_factory, zone="Europe/Paris") == workspace_id
    with session_factory() as session:
        assert session.get_one(Workspace, workspace_id).timezone == "Europe/Paris"
        assert len(session.scalars(select(StaleProgress)).all()) == 1


def test_two_processes_at_once_make_one_workspace(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    with ThreadPoolExecutor(1) as threads:
        with factory.begin() as first:
            made = ensure_workspace(first, zone=ZONE, now=NOW)
            other = threads.submit(ensure, factory)
            wait_until_somebody_waits(engine)
        assert other.result() == made.id
    engine.dispose()


def wait_until_somebody_waits(engine: Engine) -> None:
    """Until a transaction waits for another one."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while True:
        with engine.connect() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.01)
