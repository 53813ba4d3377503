"""Deliveries to calendars: once by their UID, in order, and told of where they are refused."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.calendar.entry import entry_calendar
from bot.outgoing import CalendarEntry, Outgoing
from sandbox import SandboxServer
from school.database import SessionFactory
from school.deliveries import withdraw
from school.errors import NotFound
from school.models import Delivery, Lane, Medium
from tests.bot.calendar.answering import answering
from tests.bot.calendar.radicale import Radicale
from tests.bot.conftest import Clock, Post, lay_out_school
from tests.bot.mail.test_ical import an_event
from tests.bot.support import BUILDERS, plain, quick_settings

UID = an_event().uid


def posting(slack: SandboxServer, factory: SessionFactory, url: str | None, email: str) -> Post:
    """The sending half of a bot that brings what the payload says into a calendar."""

    def entry(_session: Session, delivery: Delivery, _now: datetime) -> CalendarEntry:
        said = str(delivery.payload["say"])
        if said == "out of reach":
            raise NotFound("no such student")
        if said == "broken":
            raise ValueError(said)
        event = entry_calendar(an_event(summary=said))
        return CalendarEntry(email, UID, None if said == "cancelled" else event)

    def notice(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        return Outgoing("Something failed", lambda _file: plain("a note"))

    settings = quick_settings(caldav_url=url, send_timeout=1)
    made = Post(slack, factory, lay_out_school(factory), Clock(), settings)
    made.entries = {"entry": entry}
    made.builders = {**BUILDERS, "failure_notice": notice}
    return made


@pytest.fixture
def to_calendar(
    slack: SandboxServer, session_factory: SessionFactory, radicale: Radicale, email: str
) -> Iterator[Post]:
    """It over SQLite and over PostgreSQL, to a real server."""
    made = posting(slack, session_factory, radicale.url, email)
    yield made
    for outbox in made.made:
        outbox.stop()


def put(post: Post, say: str, **more: Any) -> Delivery:
    """Save what is to stand in the calendar of teacher 1."""
    given = {"medium": Medium.CALENDAR, "lane": Lane.SCHEDULED, "queue": "event 7", **more}
    return post.put(say, kind="entry", about="meeting 7", **given)


def ended(post: Post, *deliveries: Delivery) -> list[tuple[str, str | None]]:
    """How each ended, and why."""
    post.drain(post.finished(*deliveries))
    rows = [post.row(one) for one in deliveries]
    return [(row.state, row.error) for row in rows]


def test_what_follows_one_another_leaves_the_last_and_one(
    to_calendar: Post, radicale: Radicale, email: str
) -> None:
    made = [put(to_calendar, say) for say in ("first", "second", "third")]
    assert ended(to_calendar, *made) == [("sent", None)] * 3
    (text,) = radicale.entries(email).values()
    assert "SUMMARY:third" in text
    assert ended(to_calendar, put(to_calendar, "cancelled")) == [("sent", None)]
    assert radicale.entries(email) == {}


def test_what_a_process_died_over_is_put_again(
    to_calendar: Post, radicale: Radicale, email: str
) -> None:
    made = put(to_calendar, "first")
    now = to_calendar.clock()
    held = {"lease_owner": "dead", "lease_until": now - timedelta(seconds=1)}
    to_calendar.change(made, state="sending", first_attempt_at=now, **held)
    assert ended(to_calendar, made) == [("sent", None)]
    assert len(radicale.entries(email)) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_once_and_again_where_it_was_tried_again(
    slack: SandboxServer, sqlite_factory: SessionFactory, status: int
) -> None:
    with answering(status) as url:
        post = posting(slack, sqlite_factory, url, "ana@school.test")
        made = [put(post, say) for say in ("first", "second")]
        assert ended(post, *made) == [("failed", f"caldav_{status}")] * 2
        post.drain(lambda: post.seen() == ["a note"])
        post.change(made[0], state="waiting", finished_at=None, retried=1, reference=None)
        assert ended(post, made[0]) == [("failed", f"caldav_{status}")]
        post.drain(lambda: post.seen() == ["a note"] * 2)
        post.clock.skip(31 * 86_400)
        ended(post, put(post, "third"))
        post.drain(lambda: len(post.seen()) == 3)


def test_trouble_of_the_server_is_tried_again_and_others_rest(
    slack: SandboxServer, sqlite_factory: SessionFactory
) -> None:
    with answering(503) as url:
        post = posting(slack, sqlite_factory, url, "ana@school.test")
        post.settings = post.settings.model_copy(update={"give_up_after": 1})
        made, other = put(post, "first"), put(post, "other", queue="event 8")
        assert ended(post, made, other) == [("failed", "caldav_503")] * 2
        assert min(post.row(one).attempts for one in (made, other)) > 1


def test_without_an_answer_what_follows_waits_and_what_was_withdrawn_is_not_put_again(
    slack: SandboxServer, sqlite_factory: SessionFactory
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/{{email}}/"
        post = posting(slack, sqlite_factory, url, "ana@school.test")
        post.settings = post.settings.model_copy(update={"calendar_timeout": 0.3})
        first = put(post, "first")
        post.drain(lambda: post.row(first).state == "uncertain")
        with post.session_factory.begin() as session:
            withdraw(session, post.workspace_id, "meeting 7", now=post.clock())
        later = put(post, "later")
        post.outbox().drain_once()
        assert post.row(later).first_attempt_at is None
        post.settings = post.settings.model_copy(update={"give_up_after": 0})
        assert ended(post, first, later) == [("closed", "withdrawn"), ("failed", "ReadTimeout")]


@pytest.mark.parametrize(
    ("say", "outcome"),
    [("out of reach", ("closed", "no_access")), ("broken", ("failed", "broke: ValueError"))],
)
def test_what_cannot_be_made_is_not_put(
    slack: SandboxServer,
    sqlite_factory: SessionFactory,
    radicale: Radicale,
    email: str,
    say: str,
    outcome: tuple[str, str],
) -> None:
    post = posting(slack, sqlite_factory, radicale.url, email)
    assert ended(post, put(post, say)) == [outcome]
    assert radicale.entries(email) == {}


def test_without_calendars_it_is_closed_and_another_releases_kind_waits(
    slack: SandboxServer, sqlite_factory: SessionFactory, radicale: Radicale, email: str
) -> None:
    post = posting(slack, sqlite_factory, None, email)
    assert ended(post, put(post, "first")) == [("closed", "no_calendar")]
    post.settings = post.settings.model_copy(update={"caldav_url": radicale.url})
    post.entries = {}
    waiting = put(post, "second")
    post.outbox().drain_once()
    assert post.row(waiting).error == "unknown_kind"
    with post.session_factory() as session:
        assert len(session.scalars(select(Delivery)).all()) == 2
