"""Timers are set, moved and withdrawn; what has acted never acts again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.models import Timer, Workspace
from school.timers import set_timer, withdraw_timers

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def workspace_id(session_factory: SessionFactory) -> int:
    with session_factory.begin() as session:
        workspace = Workspace(name="School", timezone="UTC", created_at=NOW)
        session.add(workspace)
        session.flush()  # its id is the answer
        return workspace.id


def put(session: Session, workspace_id: int, due_at: datetime, occasion: str = "1") -> None:
    set_timer(
        "remind",
        "meeting 7",
        occasion,
        session=session,
        workspace_id=workspace_id,
        due_at=due_at,
        now=NOW,
    )


def only(session: Session) -> Timer:
    return session.scalars(select(Timer).execution_options(populate_existing=True)).one()


def test_one_that_is_still_to_come_is_moved_and_its_tries_are_forgotten(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    with session_factory.begin() as session:
        put(session, workspace_id, NOW)
        session.execute(update(Timer).values(attempts=2, error="KeyError"))
        put(session, workspace_id, NOW + HOUR)
        timer = only(session)
        assert (timer.due_at, timer.next_attempt_at) == (NOW + HOUR, NOW + HOUR)
        assert (timer.attempts, timer.error) == (0, None)


def test_set_as_it_stands_it_keeps_its_pause(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    with session_factory.begin() as session:
        put(session, workspace_id, NOW)
        session.execute(update(Timer).values(attempts=2, next_attempt_at=NOW + HOUR))
        put(session, workspace_id, NOW)
        timer = only(session)
        assert (timer.attempts, timer.next_attempt_at) == (2, NOW + HOUR)


@pytest.mark.parametrize("state", ["done", "closed"])
def test_what_has_ended_is_never_set_again(
    session_factory: SessionFactory, workspace_id: int, state: str
) -> None:
    with session_factory.begin() as session:
        put(session, workspace_id, NOW)
        session.execute(update(Timer).values(state=state, ended_at=NOW))
        put(session, workspace_id, NOW + HOUR)
        timer = only(session)
        assert (timer.state, timer.due_at) == (state, NOW)


def test_what_was_withdrawn_can_be_set_again(
    session_factory: SessionFactory, workspace_id: int
) -> None:
    with session_factory.begin() as session:
        put(session, workspace_id, NOW)
        put(session, workspace_id, NOW, "2")
        withdraw_timers(session, workspace_id + 1, "meeting 7", now=NOW)
        withdraw_timers(session, workspace_id, "meeting 7", now=NOW, job="other")
        withdraw_timers(session, workspace_id, "meeting 7", now=NOW, keep=["2"])
        states = select(Timer.state).order_by(Timer.occasion)
        assert list(session.scalars(states)) == ["withdrawn", "waiting"]
        put(session, workspace_id, NOW)
        assert list(session.scalars(states)) == ["waiting", "waiting"]


def test_withdrawing_does_not_look_through_the_whole_workspace(
    sqlite_factory: SessionFactory,
) -> None:
    query = (
        "EXPLAIN QUERY PLAN UPDATE timers SET state = 'withdrawn' "
        "WHERE workspace_id + 0 = 1 AND subject = 'meeting 7' AND state = 'waiting'"
    )
    with sqlite_factory() as session:
        assert "ix_timers_subject" in str(session.execute(text(query)).all())
