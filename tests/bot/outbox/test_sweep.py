"""After a weekend down what is past its use is closed in bulk, and no sender is kept from work."""

from datetime import timedelta

from sqlalchemy import func, insert, select

from bot.outbox.sweep import MOST, close_past_use
from school.deliveries import withdraw
from school.models import Delivery, new_id
from tests.bot.conftest import Post

OLD = 2 * MOST + 17


def pile_up(post: Post) -> None:
    """As many deliveries past their use as two and a bit turns close."""
    now, first = post.clock(), new_id()
    common = {
        "workspace_id": 1,
        "kind": "words",
        "lane": "scheduled",
        "recipient_id": 1,
        "payload": {"say": "too late"},
        "due_at": now - timedelta(days=2),
        "next_attempt_at": now - timedelta(days=2),
        "expires_at": now - timedelta(days=1),
        "created_at": now,
    }
    rows = [
        {**common, "id": first + n, "unique_key": f"old {n}", "queue": f"user {n}"}
        for n in range(OLD)
    ]
    with post.session_factory.begin() as session:
        session.execute(insert(Delivery), rows)


def left(post: Post) -> int:
    with post.session_factory() as session:
        still_open = select(func.count()).where(Delivery.finished_at.is_(None))
        return session.scalar(still_open) or 0


def test_they_are_closed_many_at_a_time(post: Post) -> None:
    pile_up(post)
    kept = post.put("in time", expires_at=post.clock() + timedelta(hours=1))
    turns = [len(close_past_use(post.session_factory, now=post.clock())) for _turn in range(4)]
    assert turns == [MOST, MOST, OLD - 2 * MOST, 0]
    assert post.row(kept).state == "waiting"


def test_what_may_have_arrived_or_is_in_hand_is_left_to_its_worker(post: Post) -> None:
    gone = post.clock() - timedelta(hours=1)
    kept = [post.put(f"{n}", to=n, expires_at=gone) for n in (1, 2, 3)]
    post.change(kept[0], state="uncertain")
    post.change(kept[1], state="claimed")
    post.change(kept[2], file_state="given")
    assert close_past_use(post.session_factory, now=post.clock()) == []


def test_what_somebody_changes_at_this_moment_is_not_waited_for(post: Post) -> None:
    gone = post.clock() - timedelta(hours=1)
    held, free = (post.put(f"{n}", to=n, expires_at=gone, about=f"meeting {n}") for n in (1, 2))
    engine = post.session_factory.kw["bind"]
    with post.session_factory() as session:
        if engine.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
            withdraw(session, 1, "meeting 1", now=post.clock())
        closed = len(close_past_use(post.session_factory, now=post.clock()))
        session.rollback()
    assert closed == (1 if engine.dialect.name == "postgresql" else 2)
    assert post.row(free).state == "closed"
    close_past_use(post.session_factory, now=post.clock())
    assert post.row(held).state == "closed"


def test_a_running_outbox_closes_them_beside_its_work(post: Post) -> None:
    pile_up(post)
    report = post.put("a report", to=2)
    outbox = post.outbox()
    outbox.start()
    post.slack.wait_until(post.finished(report), timeout=30)
    post.slack.wait_until(lambda: left(post) == 0, timeout=60)
    assert len(post.slack.ledger.calls("chat.postMessage")) == 1
    assert f'homeroom_deliveries_closed_total{{lane="scheduled"}} {OLD}' in outbox.metrics_lines()
