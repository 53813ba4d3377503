"""Deliveries that end without being sent: past their use, withdrawn, obsolete, not to be seen."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import NotYet, Obsolete, Outgoing
from school.deliveries import withdraw
from school.errors import HomeroomError, NotAllowed, NotFound
from school.models import AuditEntry, Delivery, Lane
from tests.bot.conftest import Post
from tests.bot.support import audited, quick_settings


def ends(post: Post, delivery: Delivery) -> tuple[str, str | None]:
    row = post.row(delivery)
    return row.state, row.error


def test_what_its_builder_finds_obsolete_is_closed_with_why(post: Post) -> None:
    def obsolete(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
        audited(session, delivery, now)
        raise Obsolete("moved")

    post.builders = {"words": obsolete}
    delivery = post.put()
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("closed", "moved")
    assert not post.slack.ledger.calls("chat.postMessage")
    assert post.count(AuditEntry) == 0


def test_what_would_disturb_now_is_put_off_and_holds_up_nobody(post: Post) -> None:
    def in_the_morning(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
        if now < morning:
            raise NotYet(morning)
        return audited(session, delivery, now)

    morning = post.clock() + timedelta(hours=4)
    post.builders = {**post.builders, "calm": in_the_morning}
    calm = post.put("calm", kind="calm", lane=Lane.SCHEDULED)
    short = post.put("short", lane=Lane.SCHEDULED)
    post.drain(post.finished(short))
    row = post.row(calm)
    assert (row.state, row.attempts, row.due_at, post.seen()) == ("waiting", 0, morning, ["short"])
    post.clock.skip(4 * 3600 + 1)
    post.drain(post.finished(calm))
    assert post.seen() == ["short", "calm"]


def test_what_is_past_its_use_is_closed(post: Post) -> None:
    delivery = post.put(expires_at=post.clock() + timedelta(hours=1), lane=Lane.SCHEDULED)
    post.clock.skip(3601)
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("closed", "past_use")
    assert not post.slack.ledger.calls()


def test_before_it_is_past_its_use_it_is_sent(post: Post) -> None:
    delivery = post.put(expires_at=post.clock() + timedelta(hours=1))
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("sent", None)


def test_what_may_have_arrived_is_settled_though_it_is_past_its_use(post: Post) -> None:
    delivery = post.put("once", expires_at=post.clock() + timedelta(hours=1))
    post.leave_unclear(delivery)
    assert post.row(delivery).unclear == 1
    post.clock.skip(3601)
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("sent", None)
    assert post.seen() == ["once"]


def test_what_has_not_arrived_is_not_sent_again_past_its_use(post: Post) -> None:
    delivery = post.put(expires_at=post.clock() + timedelta(hours=1))
    post.leave_unclear(delivery, "server_error")
    post.clock.skip(3601)
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("closed", "past_use")
    assert post.seen() == []


@pytest.mark.parametrize(("fault", "end"), [("server_error", "closed"), ("drop", "sent")])
def test_what_is_withdrawn_while_it_is_unclear_is_settled_and_not_sent_again(
    post: Post, fault: str, end: str
) -> None:
    delivery = post.put("reminder", about="meeting 7")
    post.leave_unclear(delivery, fault)
    with post.session_factory.begin() as session:
        assert withdraw(session, 1, "meeting 7", now=post.clock()) == 0
    post.clock.skip(61)
    post.drain(post.finished(delivery))
    assert post.row(delivery).state == end
    assert len(post.slack.ledger.calls("chat.postMessage")) == 1


def test_what_is_withdrawn_while_somebody_looks_for_it_is_settled_all_the_same(post: Post) -> None:
    delivery = post.put("reminder", about="meeting 7")
    post.leave_unclear(delivery, "drop")
    past = post.clock() - timedelta(seconds=1)
    post.change(delivery, state="claimed", lease_owner="dead", lease_until=past)
    with post.session_factory.begin() as session:
        assert withdraw(session, 1, "meeting 7", now=post.clock()) == 0
    post.drain(post.finished(delivery))
    assert (post.row(delivery).state, post.seen()) == ("sent", ["reminder"])


def test_what_is_withdrawn_while_its_picture_is_under_way_is_not_posted(post: Post) -> None:
    post.settings = quick_settings(file_poll=60)
    delivery = post.put(kind="report", about="meeting 7")
    outbox = post.outbox()
    post.drain(lambda: post.row(delivery).file_state == "uploaded", outbox)
    with post.session_factory.begin() as session:
        assert withdraw(session, 1, "meeting 7", now=post.clock()) == 0
    post.clock.skip(61)
    post.drain(post.finished(delivery), outbox)
    assert ends(post, delivery) == ("closed", "withdrawn")
    assert post.seen() == []


def test_a_withdrawal_at_the_last_moment_is_seen_by_the_mark(post: Post) -> None:
    def withdrawn_meanwhile(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
        post.change(delivery, withdrawn_at=now)
        return audited(session, delivery, now)

    post.builders = {**post.builders, "words": withdrawn_meanwhile}
    delivery = post.put()
    post.drain(post.finished(delivery))
    assert ends(post, delivery) == ("closed", "withdrawn")
    assert (post.seen(), post.count(AuditEntry)) == ([], 0)


@pytest.mark.parametrize("error", [NotFound("No such student."), NotAllowed("Not yours.")])
def test_what_nobody_asked_for_and_may_not_be_seen_any_more_is_closed(
    sqlite_post: Post, error: HomeroomError
) -> None:
    def refuse(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        raise error

    sqlite_post.builders = {"words": refuse}
    reminder = sqlite_post.put("a reminder", lane=Lane.SCHEDULED)
    asked = sqlite_post.put("a report", to=2)
    sqlite_post.drain(sqlite_post.finished(reminder, asked))
    assert ends(sqlite_post, reminder) == ("closed", "no_access")
    assert (sqlite_post.seen(), sqlite_post.seen(2)) == ([], [str(error)])


def test_a_worker_that_died_while_sending_counts_as_unclear(post: Post) -> None:
    delivery = post.put()
    lost = post.clock() - timedelta(seconds=1)
    post.change(
        delivery,
        state="sending",
        lease_until=lost,
        first_attempt_at=lost,
        message_channel="D0NOWHERE",
    )
    post.outbox().drain_once()
    assert post.row(delivery).unclear == 1


def test_the_metrics_tell_what_was_closed(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(expires_at=sqlite_post.clock() - timedelta(seconds=1))
    outbox = sqlite_post.outbox()
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert 'homeroom_deliveries_closed_total{lane="interactive"} 1' in outbox.metrics_lines()
