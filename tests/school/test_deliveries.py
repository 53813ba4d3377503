from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from school.database import SessionFactory
from school.deliveries import enqueue, queue_of
from school.models import Delivery, Lane, User, Workspace

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TWINS = 4


@pytest.fixture
def school(session_factory: SessionFactory) -> SessionFactory:
    with session_factory.begin() as session:
        session.add(Workspace(id=1, name="school", timezone="UTC", created_at=NOW))
        session.flush()  # the teacher refers to it
        session.add(User(id=1, workspace_id=1, email="t@school.test", name="T", created_at=NOW))
    return session_factory


def save(factory: SessionFactory, key: str, due_at: datetime | None = None) -> Delivery:
    with factory.begin() as session:
        return enqueue(
            "report",
            {"student": 7},
            session=session,
            workspace_id=1,
            unique_key=key,
            recipient_id=1,
            channel=None,
            now=NOW,
            due_at=due_at,
        )


def test_a_delivery_waits_from_the_moment_it_is_saved(school: SessionFactory) -> None:
    delivery = save(school, "one")
    with school() as session:
        row = session.get_one(Delivery, (1, delivery.id))
    assert (row.state, row.lane, row.attempts, row.fence) == ("waiting", Lane.INTERACTIVE, 0, 0)
    assert row.due_at == row.next_attempt_at == row.created_at == NOW
    assert row.payload == {"student": 7}


def test_a_delivery_may_be_due_later(school: SessionFactory) -> None:
    later = NOW + timedelta(hours=3)
    delivery = save(school, "one", due_at=later)
    assert delivery.due_at == delivery.next_attempt_at == later
    assert delivery.created_at == NOW


def test_a_key_that_is_used_finds_what_it_was_used_for(school: SessionFactory) -> None:
    first, second, other = save(school, "one"), save(school, "one"), save(school, "two")
    assert first.id == second.id != other.id


def test_twins_at_the_same_moment_are_one_delivery(school: SessionFactory) -> None:
    together = Barrier(TWINS)

    def save_together(_twin: int) -> int:
        together.wait()
        return save(school, "one").id

    with ThreadPoolExecutor(TWINS) as threads:
        ids = set(threads.map(save_together, range(TWINS)))
    assert len(ids) == 1


def test_a_persons_deliveries_are_one_queue_whatever_their_channel() -> None:
    assert queue_of(3, None) == queue_of(3, "D1") != queue_of(4, None)
    assert queue_of(None, "C1") == "C1"


def test_a_delivery_needs_somewhere_to_go() -> None:
    with pytest.raises(ValueError, match="recipient or a channel"):
        queue_of(None, None)
