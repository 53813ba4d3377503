"""What is looked up at each click is found by an index, on a database that was never analysed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from handlers.taking_back import sent_together
from school.database import make_engine
from school.deliveries import enqueue, withdraw
from school.links import PageKind, link_to, make_link, revoke_links
from school.models import Base, Lane, Workspace

NOW = datetime(2026, 11, 16, 15, tzinfo=UTC)


def plans(session: Session, statements: list[tuple[str, Any]]) -> list[str]:
    """How SQLite goes about these statements."""
    driver = session.connection().connection
    cursor = driver.cursor()
    found = []
    for statement, parameters in statements:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found += [str(row[3]) for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize("what", ["together", "withdraw", "link", "revoke"])
def test_no_table_is_read_through_for_one_subject(what: str, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/homeroom.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Workspace(id=1, name="School", timezone="UTC", created_at=NOW))
        session.flush()
        place: dict[str, Any] = {"workspace_id": 1, "recipient_id": None, "channel": "D1"}
        told: dict[str, Any] = {
            "unique_key": "m1",
            "lane": Lane.SCHEDULED,
            "about": "intervention 1",
            "now": NOW,
        }
        one = enqueue("student_message", {}, session=session, **place, **told)
        make_link(session, 1, PageKind.PARENT, 5, now=NOW)
        session.flush()
        asked: list[tuple[str, Any]] = []
        event.listen(
            engine, "before_cursor_execute", lambda *now: asked.append((str(now[2]), now[3]))
        )
        if what == "together":
            assert sent_together(session, 1, one.id) == [one]
        elif what == "withdraw":
            withdraw(session, 1, "intervention 1", now=NOW)
        elif what == "link":
            assert link_to(session, 1, PageKind.PARENT, 5) is not None
        else:
            revoke_links(session, 1, PageKind.PARENT, 5, now=NOW)
        by_subject = [one for one in asked if "about = " in one[0] or "subject_id = " in one[0]]
        found = plans(session, by_subject)
        assert by_subject
        assert all(
            "ix_deliveries_about" in one or "ix_page_links_subject" in one
            for one in found
            if "SEARCH" in one or "SCAN" in one
        ), found
    engine.dispose()
