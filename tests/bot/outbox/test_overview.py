"""What waits, is late and has failed in a workspace, asked of both kinds of database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bot.outbox.overview import delivery_overview
from bot.outbox.overviewed import Overdue, Overview, Person, Today, Why
from school.database import SessionFactory, reading
from school.models import Delivery, Gate, Lane, Medium, Timer, User, Workspace, new_id
from tests.bot.support import quick_settings

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
MORNING = NOW - timedelta(hours=9)
SETTINGS = quick_settings(late_after=300, retry_most=300)
MINUTE = timedelta(minutes=1)


class Desk:
    """Two workspaces with two teachers each, and rows laid out by hand."""

    def __init__(self, factory: SessionFactory) -> None:
        self.factory = factory
        with factory.begin() as session:
            for workspace in (1, 2):
                session.add(
                    Workspace(id=workspace, name=f"w{workspace}", timezone="UTC", created_at=NOW)
                )
                session.flush()
                for number in (1, 2):
                    self._user(session, workspace, 10 * workspace + number)

    def _user(self, session: Session, workspace: int, key: int) -> None:
        names = {"email": f"t{key}@school.test", "name": f"Teacher {key}"}
        session.add(User(id=key, workspace_id=workspace, created_at=NOW, **names))

    def put(self, **values: Any) -> int:
        """A delivery that is due just now, unless said."""
        key = new_id()
        row: dict[str, Any] = {
            "workspace_id": 1,
            "kind": "student_report",
            "lane": "interactive",
            "queue": f"queue {key}",
            "payload": {},
            "due_at": NOW,
            **values,
        }
        row.setdefault("next_attempt_at", row["due_at"])
        with self.factory.begin() as session:
            session.add(Delivery(id=key, unique_key=str(key), created_at=NOW, **row))
        return key

    def end(self, state: str, ago: timedelta, **values: Any) -> int:
        """One that ended so long ago."""
        at = NOW - ago
        return self.put(state=state, finished_at=at, due_at=at, **values)

    def timer(self, occasion: str, ago: timedelta, **values: Any) -> None:
        due = NOW - ago
        what = {"job": "digest", "subject": "user 11", "occasion": occasion}
        given = {"workspace_id": 1, "due_at": due, "next_attempt_at": due, "created_at": due}
        with self.factory.begin() as session:
            session.add(Timer(**what, **{**given, **values}))

    def hold(self, until: datetime) -> None:
        with self.factory.begin() as session:
            where = {"workspace_id": 1, "method": "chat.postMessage", "channel": ""}
            session.add(Gate(**where, free_at=NOW, banned_until=until))

    def overview(self, **more: Any) -> Overview:
        with self.factory() as session:
            return delivery_overview(
                reading(session), 1, settings=SETTINGS, now=NOW, day_began=MORNING, **more
            )


@pytest.fixture
def desk(session_factory: SessionFactory) -> Desk:
    return Desk(session_factory)


def test_an_empty_workspace_has_nothing_to_tell(desk: Desk) -> None:
    found = desk.overview()
    assert (found.waiting, found.planned, found.late, found.failed) == ((), 0, (), ())
    assert (found.waiting_count, found.oldest, found.held_until, found.overdue) == (0,) + (
        None,
    ) * 3
    assert found.today == Today(0, 0, 0)


def test_what_waits_is_counted_by_lane_medium_and_kind_with_its_oldest(desk: Desk) -> None:
    desk.put(lane="scheduled", medium="mail", kind="meeting_reminder_mail", due_at=NOW - 2 * MINUTE)
    desk.put(due_at=NOW - MINUTE)
    desk.put()
    found = desk.overview()
    assert [(one.lane, one.medium, one.kind, one.count) for one in found.waiting] == [
        (Lane.INTERACTIVE, Medium.SLACK, "student_report", 2),
        (Lane.SCHEDULED, Medium.MAIL, "meeting_reminder_mail", 1),
    ]
    assert found.waiting_count == 3
    assert found.oldest == NOW - 2 * MINUTE
    assert found.late_count == 0


def test_what_is_for_later_is_planned_and_housekeeping_is_left_out(desk: Desk) -> None:
    desk.put(due_at=NOW + MINUTE)
    desk.put(kind="file_expiry", due_at=NOW + MINUTE)
    assert desk.overview().planned == 1
    assert desk.overview().waiting == ()


LATE = {"due_at": NOW - 6 * MINUTE}
LATER = NOW + MINUTE


@pytest.mark.parametrize(
    ("values", "why", "until"),
    [
        ({}, Why.UNTAKEN, None),
        ({"state": "claimed"}, Why.IN_HAND, None),
        ({"state": "sending"}, Why.IN_HAND, None),
        (
            {"state": "uncertain", "uncertain_at": NOW, "next_attempt_at": LATER},
            Why.UNSETTLED,
            LATER,
        ),
        ({"failing_since": NOW, "next_attempt_at": LATER}, Why.RETRYING, LATER),
        ({"next_attempt_at": LATER}, Why.HELD, LATER),
    ],
)
def test_what_is_late_says_why(
    desk: Desk, values: dict[str, Any], why: Why, until: datetime | None
) -> None:
    desk.put(**LATE, **values, error="TimeoutError")
    (late,) = desk.overview().late
    assert (late.why, late.until, late.error) == (why, until, "TimeoutError")


def test_what_is_late_behind_another_of_its_queue_waits_for_that(desk: Desk) -> None:
    first = desk.put(**LATE, queue="user 11", failing_since=NOW)
    second = desk.put(**LATE, queue="user 11")
    other_lane = desk.put(**LATE, queue="user 11", lane="scheduled")
    whys = {one.delivery_id: one.why for one in desk.overview().late}
    assert whys == {first: Why.RETRYING, second: Why.BEHIND, other_lane: Why.UNTAKEN}


def test_posts_held_back_hold_what_is_posted_and_no_mail(desk: Desk) -> None:
    desk.hold(LATER)
    post, mail = desk.put(**LATE), desk.put(**LATE, medium="mail")
    found = desk.overview()
    assert found.held_until == LATER
    assert {one.delivery_id: (one.why, one.until) for one in found.late} == {
        post: (Why.HELD, LATER),
        mail: (Why.UNTAKEN, None),
    }


def test_a_ban_that_is_over_is_none(desk: Desk) -> None:
    desk.hold(NOW)
    assert desk.overview().held_until is None


def test_the_oldest_late_ones_are_listed_and_all_are_counted(desk: Desk) -> None:
    keys = [desk.put(due_at=NOW - number * MINUTE) for number in (7, 9, 8)]
    found = desk.overview(most=2)
    assert [one.delivery_id for one in found.late] == [keys[1], keys[2]]
    assert found.late_count == 3


def test_whom_it_is_for_is_its_recipient_else_its_sender_else_nobody(desk: Desk) -> None:
    desk.put(due_at=NOW - 9 * MINUTE, recipient_id=11, sender_id=12)
    desk.put(due_at=NOW - 8 * MINUTE, sender_id=12)
    desk.put(due_at=NOW - 7 * MINUTE)
    assert [one.person for one in desk.overview().late] == [
        Person("Teacher 11", is_recipient=True),
        Person("Teacher 12", is_recipient=False),
        None,
    ]


def test_the_newest_failures_of_two_weeks_are_listed_and_all_are_counted(desk: Desk) -> None:
    old = timedelta(days=14, seconds=1)
    desk.end("failed", old, error="no_text")
    keys = [
        desk.end("failed", ago * MINUTE, error="no_text", reference="7F3K") for ago in (3, 1, 2)
    ]
    found = desk.overview(most=2)
    assert [one.delivery_id for one in found.failed] == [keys[1], keys[2]]
    assert found.failed_count == 3
    assert (found.failed[0].error, found.failed[0].reference) == ("no_text", "7F3K")
    assert found.failed[0].failed_at == NOW - MINUTE


def test_a_failure_past_its_use_or_withdrawn_is_of_no_use(desk: Desk) -> None:
    desk.end("failed", MINUTE, expires_at=NOW)
    desk.end("failed", 2 * MINUTE, withdrawn_at=NOW)
    desk.end("failed", 3 * MINUTE, expires_at=LATER, retried=2)
    found = desk.overview().failed
    assert [one.is_useful for one in found] == [False, False, True]
    assert [one.round for one in found] == [0, 0, 2]


def test_ends_are_counted_since_the_day_began(desk: Desk) -> None:
    for state in ("sent", "sent", "closed", "taken_back"):
        desk.end(state, MINUTE)
    desk.end("sent", timedelta(hours=9, seconds=1))
    desk.end("sent", MINUTE, kind="file_expiry")
    assert desk.overview().today == Today(sent=2, closed=1, taken_back=1)


def test_timers_that_nobody_acts_on_are_overdue(desk: Desk) -> None:
    desk.timer("kept", 4 * MINUTE)
    desk.timer("done", 9 * MINUTE, state="done")
    assert desk.overview().overdue is None
    desk.timer("left", 6 * MINUTE)
    desk.timer("broken", 8 * MINUTE, next_attempt_at=LATER, attempts=3, error="KeyError")
    assert desk.overview().overdue == Overdue(2, NOW - 8 * MINUTE, "KeyError")


def test_another_workspace_is_not_told_of(desk: Desk) -> None:
    elsewhere = {"workspace_id": 2}
    desk.put(**LATE, **elsewhere)
    desk.end("failed", MINUTE, **elsewhere)
    desk.timer("left", 9 * MINUTE, **elsewhere)
    found = desk.overview()
    assert (found.waiting, found.late_count, found.failed_count) == ((), 0, 0)
    assert (found.today, found.overdue) == (Today(0, 0, 0), None)


def test_what_is_done_is_not_gone_through(sqlite_factory: SessionFactory) -> None:
    desk = Desk(sqlite_factory)
    plans: list[str] = []
    with sqlite_factory() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)

    @event.listens_for(engine, "before_cursor_execute")
    def explain(_connection: Any, cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "deliveries" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(str(row[3]) for row in cursor.fetchall())

    desk.overview()
    event.remove(engine, "before_cursor_execute", explain)
    asked = [plan for plan in plans if " deliveries " in f"{plan} "]
    assert asked
    assert not [plan for plan in asked if "SCAN" in plan or "PRIMARY KEY (workspace_id=?)" in plan]
