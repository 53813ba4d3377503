"""Two people who have the same failure tried again at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

from sqlalchemy import select

from handlers.codec import Ref
from handlers.failures import Tried, try_again
from handlers.people import Asker
from school.access import Viewer
from school.database import SessionFactory
from school.models import Delivery, Role, User, Workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
FAILED, NOTE = 1, 2


def lay_out(factory: SessionFactory) -> None:
    """A teacher's report that failed, the note about it, and an administrator."""
    with factory.begin() as session:
        session.add(Workspace(id=1, name="School", timezone="UTC", created_at=NOW))
        session.flush()
        for key in (1, 2):
            user = User(id=key, workspace_id=1, email=f"{key}@school.test", name=f"Teacher {key}")
            user.created_at = NOW
            session.add(user)
        session.flush()
        shared = {"workspace_id": 1, "recipient_id": 1, "lane": "interactive", "queue": "user 1"}
        times = {"due_at": NOW, "next_attempt_at": NOW, "created_at": NOW, "finished_at": NOW}
        failed = {"id": FAILED, "kind": "student_report", "unique_key": "a", "state": "failed"}
        note = {"id": NOTE, "kind": "failure_notice", "unique_key": "failure 1 0", "state": "sent"}
        session.add(Delivery(**shared, **times, **failed, payload={}))
        told = {"delivery": FAILED, "round": 0}
        session.add(Delivery(**shared, **times, **note, payload=told, message_ts="1.1"))


def test_of_two_at_once_one_tries_and_the_other_learns_it(session_factory: SessionFactory) -> None:
    lay_out(session_factory)
    together = Barrier(2)

    def ask(key: int, role: Role) -> Tried:
        viewer = Viewer(key, 1, role, date(2026, 3, 2))
        together.wait()
        with session_factory.begin() as session:
            asker = Asker(viewer, session.get_one(User, key), NOW)
            return try_again(asker, Ref(delivery=FAILED, version=0), session=session)

    with ThreadPoolExecutor(2) as people:
        found = list(people.map(ask, (1, 2), (Role.TEACHER, Role.ADMINISTRATOR)))
    assert sorted(found) == [Tried.NOW, Tried.UNDER_WAY]
    with session_factory() as session:
        assert session.get_one(Delivery, (1, FAILED)).retried == 1
        query = select(Delivery).where(Delivery.unique_key == "failure 1 0 tried")
        assert session.scalars(query).one().payload["note"] == NOTE
