"""What is not kept for ever goes when it is old, and what something else still needs stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.trimming import DELIVERIES_KEPT, EVENTS_KEPT, GATES_KEPT, TIMERS_KEPT, trim
from school.database import SessionFactory
from school.deliveries import enqueue
from school.models import Base, Delivery, Gate, Lane, SeenEvent, Timer, Workspace, new_id
from school.timers import set_timer, withdraw_timers

NOW = datetime.now(UTC)
SECOND, MOST = timedelta(seconds=1), 100


@pytest.fixture
def workspaces(session_factory: SessionFactory) -> tuple[int, int]:
    """Two workspaces: the one that is trimmed, and another."""
    with session_factory.begin() as session:
        both = [Workspace(name=name, timezone="UTC", created_at=NOW) for name in ("A", "B")]
        session.add_all(both)
        session.flush()  # their ids are the answer
        return both[0].id, both[1].id


def left(session: Session, kind: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def delivery(session: Session, workspace_id: int, *, queue: str = "q", **values: object) -> int:
    """A delivery made now, then changed."""
    made = enqueue(
        "words",
        {},
        session=session,
        workspace_id=workspace_id,
        unique_key=f"{new_id()}",
        recipient_id=None,
        channel=None,
        queue=queue,
        now=NOW,
        lane=Lane.SCHEDULED,
    )
    for name, value in values.items():
        setattr(made, name, value)
    session.flush()
    return made.id


def test_events_go_after_a_week_and_in_their_own_workspace_alone(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    old = NOW - EVENTS_KEPT - SECOND
    with session_factory.begin() as session:
        for workspace, event, seen in (
            (workspaces[0], "old", old),
            (workspaces[0], "young", old + 2 * SECOND),
            (workspaces[1], "old", old),
        ):
            session.add(SeenEvent(workspace_id=workspace, event_id=event, seen_at=seen))
    with session_factory.begin() as session:
        assert not trim(session, workspaces[0], now=NOW, most=MOST)
        kept = session.execute(select(SeenEvent.workspace_id, SeenEvent.event_id)).all()
    assert sorted(map(tuple, kept)) == [(workspaces[0], "young"), (workspaces[1], "old")]


def test_finished_deliveries_go_when_they_are_old_and_open_ones_never(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    later = NOW + DELIVERIES_KEPT + timedelta(days=1)
    with session_factory.begin() as session:
        gone = delivery(session, workspaces[0], finished_at=NOW)
        late = delivery(session, workspaces[0], finished_at=later - timedelta(days=30))
        waiting = delivery(session, workspaces[0])
    with session_factory.begin() as session:
        trim(session, workspaces[0], now=NOW + timedelta(days=90), most=MOST)
        assert left(session, Delivery) == 3
        trim(session, workspaces[0], now=later, most=MOST)
        assert gone not in session.scalars(select(Delivery.id)).all()
        assert set(session.scalars(select(Delivery.id))) == {late, waiting}


def test_a_delivery_stays_while_its_picture_is_still_to_be_deleted(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    later = NOW + DELIVERIES_KEPT + timedelta(days=1)
    with session_factory.begin() as session:
        shown = delivery(session, workspaces[0], file_id="F1", finished_at=NOW)
        expiry = delivery(session, workspaces[0], queue="file F1")
        delivery(session, workspaces[0], file_id="F2", finished_at=NOW)
        delivery(session, workspaces[1], queue="file F2")
    with session_factory.begin() as session:
        trim(session, workspaces[0], now=later, most=MOST)
        mine = select(Delivery.id).where(Delivery.workspace_id == workspaces[0])
        assert set(session.scalars(mine)) == {shown, expiry}


def test_timers_that_ended_long_ago_go(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    with session_factory.begin() as session:
        for occasion in ("over", "to come"):
            set_timer(
                "remind",
                occasion,
                "once",
                session=session,
                workspace_id=workspaces[0],
                due_at=NOW,
                now=NOW,
            )
        withdraw_timers(session, workspaces[0], "over", now=NOW)
    with session_factory.begin() as session:
        trim(session, workspaces[0], now=NOW + TIMERS_KEPT - SECOND, most=MOST)
        assert left(session, Timer) == 2
        trim(session, workspaces[0], now=NOW + TIMERS_KEPT + timedelta(days=1), most=MOST)
        assert session.scalars(select(Timer.subject)).all() == ["to come"]


def test_gates_go_once_they_hold_nothing_back(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    old, soon = NOW - GATES_KEPT - SECOND, NOW + SECOND
    with session_factory.begin() as session:
        for channel, free_at, banned in (
            ("open", old, None),
            ("was banned", old, old),
            ("banned", old, soon),
            ("used", soon, None),
        ):
            row = {"method": "m", "channel": channel, "free_at": free_at, "banned_until": banned}
            session.add(Gate(workspace_id=workspaces[0], **row))
    with session_factory.begin() as session:
        trim(session, workspaces[0], now=NOW, most=MOST)
        assert sorted(session.scalars(select(Gate.channel))) == ["banned", "used"]


def test_no_more_goes_at_once_than_is_said(
    session_factory: SessionFactory, workspaces: tuple[int, int]
) -> None:
    with session_factory.begin() as session:
        for number in range(5):
            seen = NOW - EVENTS_KEPT - SECOND
            event = SeenEvent(workspace_id=workspaces[0], event_id=str(number), seen_at=seen)
            session.add(event)
    with session_factory.begin() as session:
        assert trim(session, workspaces[0], now=NOW, most=3)
        assert left(session, SeenEvent) == 2
        assert not trim(session, workspaces[0], now=NOW, most=3)
        assert left(session, SeenEvent) == 0
