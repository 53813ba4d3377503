"""A Slack that answers oddly, a database that is away, and faults of our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.outbox.metrics import backlog
from bot.outgoing import Outgoing
from bot.slack import SlackGateway
from sandbox import SandboxServer
from school.database import make_engine, make_session_factory
from school.models import Base, Delivery, Lane
from tests.bot.conftest import Clock, Post, lay_out_school
from tests.bot.support import hasty_settings, quick_settings, words


class OddGateway(SlackGateway):
    """Leaves things out of Slack's answers, or breaks after the call of one method."""

    left_out: tuple[str, ...] = ()
    breaks_after = ""

    def call_reserved(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        answer = super().call_reserved(workspace_id, method, **arguments)
        if method == self.breaks_after:
            raise KeyError("something of ours")
        return {name: value for name, value in answer.items() if name not in self.left_out}


def odd(post: Post, *left_out: str, breaks_after: str = "") -> OddGateway:
    gateway = post.gateway()
    gateway.__class__ = OddGateway
    assert isinstance(gateway, OddGateway)
    gateway.left_out, gateway.breaks_after = left_out, breaks_after
    return gateway


def test_a_slack_without_an_upload_address_gets_the_table(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(kind="report")
    outbox = sqlite_post.outbox(odd(sqlite_post, "upload_url"))
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == ["a table"]


def test_a_slack_that_names_no_channel_gets_the_message_to_the_person(sqlite_post: Post) -> None:
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox(odd(sqlite_post, "channel"))
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == ["hello"]
    assert sqlite_post.slack.ledger.calls("chat.postMessage")[0].channel == "U1"


def test_what_breaks_after_the_call_is_looked_for_and_not_sent_again(
    sqlite_post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = sqlite_post.put("only once")
    sqlite_post.outbox(odd(sqlite_post, breaks_after="chat.postMessage")).drain_once()
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("uncertain", "KeyError")
    assert "broke while sending: KeyError" in caplog.text
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["only once"]


def test_what_stays_broken_is_tried_until_it_is_given_up(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(give_up_after=60, retry_base=30, retry_most=30)
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox(odd(sqlite_post, breaks_after="conversations.open"))
    outbox.drain_once()
    first = sqlite_post.row(delivery)
    assert (first.state, first.error) == ("waiting", "broke: KeyError")
    for _turn in range(3):
        sqlite_post.clock.skip(31)
        outbox.drain_once()
    row = sqlite_post.row(delivery)
    assert (row.state, row.reference) == ("failed", first.reference)


def test_a_builder_that_cannot_read_is_tried_again_without_a_word(sqlite_post: Post) -> None:
    calls = []

    def reads(session: Session, delivery: Delivery, _now: object) -> Outgoing:
        calls.append(delivery.id)
        if len(calls) == 1:
            raise OperationalError("SELECT", {}, ConnectionError())
        return words(session, delivery, sqlite_post.clock())

    sqlite_post.builders = {"words": reads}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["hello"]
    assert sqlite_post.row(delivery).reference is None


@pytest.fixture
def impatient(sqlite_post: Post, slack: SandboxServer, tmp_path: object) -> Iterator[Post]:
    """The sending half over a SQLite that waits for other writers hardly at all."""
    engine = make_engine(f"sqlite:///{tmp_path}/impatient.db", busy_timeout=0.02)
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    settings = quick_settings(lease=0.5, send_timeout=0.6)
    post = Post(slack, factory, lay_out_school(factory), Clock(), settings)
    yield post
    for outbox in post.made:
        outbox.stop()
    engine.dispose()


@contextmanager
def busy(post: Post) -> Iterator[None]:
    """Another program holds the database's write lock."""
    engine: Engine = create_engine(post.session_factory.kw["bind"].url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.rollback()
    engine.dispose()


def test_a_busy_database_is_waited_for(impatient: Post, caplog: pytest.LogCaptureFixture) -> None:
    delivery = impatient.put()
    with busy(impatient):
        impatient.outbox().start()
        impatient.slack.wait_until(lambda: "waits for the database" in caplog.text)
    impatient.slack.wait_until(impatient.finished(delivery))
    assert impatient.seen() == ["hello"]


def test_an_outcome_that_could_not_be_saved_is_found_in_the_history(
    impatient: Post, caplog: pytest.LogCaptureFixture
) -> None:
    impatient.slack.faults.set("chat.postMessage", "slow", seconds=0.2)
    delivery = impatient.put("only once")
    outbox = impatient.outbox()
    outbox.start()
    impatient.slack.wait_until(lambda: impatient.row(delivery).state == "sending")
    with busy(impatient):
        impatient.slack.wait_until(lambda: "left to its lease" in caplog.text)
    impatient.slack.wait_until(impatient.finished(delivery))
    assert impatient.seen() == ["only once"]
    assert impatient.row(delivery).state == "sent"


def test_the_metrics_tell_what_waits_and_what_is_done(post: Post) -> None:
    done = post.put("now")
    outbox = post.outbox()
    post.drain(post.finished(done), outbox)
    post.put("a reminder", to=2, lane=Lane.SCHEDULED)
    post.clock.skip(10)
    waiting = backlog(post.session_factory, post.clock())
    assert (waiting[Lane.SCHEDULED].waiting, waiting[Lane.INTERACTIVE].waiting) == (1, 0)
    assert 10 <= waiting[Lane.SCHEDULED].oldest_seconds < 20
    lines = outbox.metrics_lines()
    assert 'homeroom_deliveries_sent_total{lane="interactive"} 1' in lines
    assert 'homeroom_deliveries_waiting{lane="scheduled"} 1' in lines


def test_connections_that_are_cut_lose_nothing_and_double_nothing(
    slack: SandboxServer, postgres_url: str
) -> None:
    engine = make_engine(postgres_url)
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    post = Post(slack, factory, lay_out_school(factory), Clock(), hasty_settings())
    sent = [post.put(f"message {n}", to=n % 6 + 1) for n in range(24)]
    outboxes = [post.outbox(), post.outbox()]
    for outbox in outboxes:
        outbox.start()
    for turn in range(4):
        slack.wait_until(partial(was_called, slack, turn * 5))
        cut_connections(postgres_url)
    slack.wait_until(lambda: len(left(postgres_url)) == 0, timeout=30)
    for outbox in outboxes:
        outbox.stop()
    said = sorted(words for to in range(1, 7) for words in post.seen(to))
    assert said == sorted(f"message {n}" for n in range(24))
    assert {post.row(each).state for each in sent} == {"sent"}
    engine.dispose()


def was_called(slack: SandboxServer, times: int) -> bool:
    return len(slack.ledger.calls()) > times


def cut_connections(url: str) -> None:
    """End every other connection to the database, as a server does that is stopped."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
        )
    engine.dispose()


def left(url: str) -> list[int]:
    """The deliveries that are not finished, seen over a connection of its own."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        open_ones = select(Delivery.id).where(Delivery.finished_at.is_(None))
        found = list(connection.execute(open_ones).scalars())
    engine.dispose()
    return found
