import socket
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.outbox.claim import claim
from school.models import Delivery, Lane
from tests.bot.conftest import Post
from tests.bot.support import quick_settings

POST = "chat.postMessage"


def accepted(post: Post) -> int:
    return len(post.slack.ledger.calls(POST, accepted=True))


def test_no_call_is_made_inside_a_ban_by_any_process(post: Post) -> None:
    post.slack.faults.set(POST, "ratelimited", retry_after=1)
    sent = [post.put("message 0")]
    first, second = post.outbox(), post.outbox()
    first.drain_once()
    banned = post.slack.ledger.calls(POST)[-1].at
    sent += [post.put(f"message {n}", to=n % 5 + 1) for n in range(1, 10)]
    second.drain_once()
    for outbox in (first, second):
        outbox.start()
    post.slack.wait_until(post.finished(*sent), timeout=20)
    calls = post.slack.ledger.calls(POST)
    assert [call for call in calls if call.early] == []
    assert min(call.at for call in calls if call.accepted) >= banned + 1
    assert accepted(post) == 10


def test_being_held_back_is_no_failed_attempt(post: Post) -> None:
    # Longer than a moment: what is held back for less keeps its place, and so its time.
    post.slack.faults.set(POST, "ratelimited", retry_after=60)
    delivery = post.put()
    post.outbox().drain_once()
    row = post.row(delivery)
    assert (row.state, row.attempts) == ("waiting", 0)
    assert row.next_attempt_at > delivery.created_at + timedelta(seconds=60)


@pytest.mark.parametrize("kind", ["drop", "slow"])
def test_accepted_without_an_answer_is_found_in_the_history(post: Post, kind: str) -> None:
    post.settings = quick_settings(send_timeout=0.6)
    post.slack.faults.set(POST, kind, seconds=1.0)
    delivery = post.put("only once")
    outbox = post.outbox()
    outbox.drain_once()
    row = post.row(delivery)
    assert (row.state, row.error) == (
        "uncertain",
        "RemoteDisconnected" if kind == "drop" else "TimeoutError",
    )
    post.slack.wait_until(lambda: post.seen())
    assert post.row(delivery).next_attempt_at >= row.uncertain_at + timedelta(seconds=0.7)  # type: ignore[operator]
    post.drain(post.finished(delivery), outbox)
    row = post.row(delivery)
    assert (row.state, row.error) == ("sent", None)
    assert row.message_ts == post.slack.messages("U1")[0].ts
    assert post.seen() == ["only once"]
    assert len(post.slack.ledger.calls(POST)) == 1


@pytest.mark.parametrize("kind", ["server_error", "refuse"])
def test_not_accepted_and_without_an_answer_is_sent_again(post: Post, kind: str) -> None:
    post.slack.faults.set(POST, kind)
    delivery = post.put("only once")
    post.drain(post.finished(delivery))
    assert post.seen() == ["only once"]
    assert len(post.slack.ledger.calls("conversations.history")) == 1


def test_an_uncertain_delivery_waits_before_it_is_looked_for(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(settle_wait=60)
    sqlite_post.slack.faults.set(POST, "server_error")
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.clock.skip(60)
    outbox.drain_once()
    assert not sqlite_post.slack.ledger.calls("conversations.history")
    assert sqlite_post.row(delivery).state == "uncertain"
    sqlite_post.clock.skip(1)
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)


def test_the_key_is_found_on_a_later_page_of_the_history(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set(POST, "drop")
    delivery = sqlite_post.put("the first")
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    channel = str(sqlite_post.row(delivery).message_channel)
    gateway = sqlite_post.gateway()
    for n in range(201):
        gateway.call(1, POST, channel=channel, text=f"noise {n}")
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert len(sqlite_post.slack.ledger.calls("conversations.history")) == 2
    assert len([m for m in sqlite_post.slack.messages("U1") if m.blocks]) == 1


def test_what_stays_uncertain_for_too_long_is_looked_for_and_then_given_up(
    sqlite_post: Post,
) -> None:
    sqlite_post.settings = quick_settings(give_up_after=60)
    sqlite_post.slack.faults.set(POST, "server_error", times=None)
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.clock.skip(61)
    outbox.drain_once()
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("failed", "http_500")
    assert len(sqlite_post.slack.ledger.calls(POST)) == 1
    assert len(sqlite_post.slack.ledger.calls("conversations.history")) == 1


def test_a_slack_without_history_gets_it_again_and_the_row_says_so(sqlite_post: Post) -> None:
    slack = sqlite_post.slack
    slack.faults.set("conversations.history", "unknown_method", times=None)
    slack.faults.set(POST, "server_error")
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["hello"]
    assert sqlite_post.row(delivery).error == "sent_again_unsettled"


def test_a_history_that_is_refused_keeps_it_uncertain(sqlite_post: Post) -> None:
    slack = sqlite_post.slack
    slack.faults.set("conversations.history", "error", times=2, code="missing_scope")
    slack.faults.set(POST, "drop")
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.clock.skip(1)
    outbox.drain_once()
    assert sqlite_post.row(delivery).state == "uncertain"
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == ["hello"]


def test_who_asked_does_not_wait_for_ever_for_a_history_that_is_refused(sqlite_post: Post) -> None:
    slack = sqlite_post.slack
    slack.faults.set("conversations.history", "error", times=None, code="missing_scope")
    slack.faults.set(POST, "server_error")
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["hello"]
    assert sqlite_post.row(delivery).error == "sent_again_unsettled"
    assert len(slack.ledger.calls("conversations.history")) > 2


def test_a_history_held_back_keeps_it_uncertain(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.history", "ratelimited", retry_after=1)
    sqlite_post.slack.faults.set(POST, "drop")
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.clock.skip(1)
    outbox.drain_once()
    assert sqlite_post.row(delivery).state == "uncertain"
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == ["hello"]


def test_a_slack_that_is_not_there_is_tried_again_until_it_is(post: Post) -> None:
    real, post.settings = post.slack.api_url, quick_settings(retry_base=60, retry_most=60)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    post.slack.api_url = f"http://127.0.0.1:{port}/api/"
    delivery = post.put()
    post.outbox().drain_once()
    row = post.row(delivery)
    assert (row.state, row.error, row.attempts) == ("waiting", "ConnectionRefusedError", 1)
    assert row.first_attempt_at is None
    post.slack.api_url = real
    post.clock.skip(60)
    post.drain(post.finished(delivery))
    assert post.seen() == ["hello"]


def test_a_worker_whose_lease_ran_out_loses_to_the_next(post: Post) -> None:
    post.settings = quick_settings(lease=0.2, send_timeout=2, settle_wait=0.2)
    post.slack.faults.set(POST, "slow", seconds=0.6)
    delivery = post.put("only once")
    for _process in range(2):
        post.outbox().start()
    post.slack.wait_until(lambda: post.row(delivery).state == "uncertain")
    post.slack.wait_until(post.finished(delivery))
    assert post.seen() == ["only once"]
    assert post.row(delivery).state == "sent"
    assert len(post.slack.ledger.calls("conversations.history")) == 1


@pytest.mark.parametrize("served", [0, 1, 2])
def test_what_was_claimed_before_the_database_fell_silent_is_not_left_to_its_lease(
    sqlite_post: Post, served: int
) -> None:
    post, updates = sqlite_post, []
    for teacher in (1, 2, 3):
        post.put(f"message {teacher}", to=teacher)

    def fall_silent(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE deliveries"):
            updates.append(statement)
            if len(updates) > served:
                raise OperationalError(statement, None, Exception("database is locked"))

    def claimed() -> list[Delivery]:
        lease, now = post.settings.lease_time, post.clock()
        return claim(post.session_factory, Lane.INTERACTIVE, 3, owner="one", now=now, lease=lease)

    engine = post.session_factory.kw["bind"]
    event.listen(engine, "before_cursor_execute", fall_silent)
    try:
        if served:
            assert len(claimed()) == served
        else:
            with pytest.raises(OperationalError):
                claimed()
    finally:
        event.remove(engine, "before_cursor_execute", fall_silent)
    assert len(claimed()) == 3 - served


def test_what_a_lost_worker_was_sending_is_looked_for_first(post: Post) -> None:
    delivery = post.put("only once")
    post.drain(post.finished(delivery))
    sending: dict[str, object] = {"state": "sending", "finished_at": None, "message_ts": None}
    post.change(delivery, **sending, lease_until=post.clock() - timedelta(seconds=1))
    post.outbox().drain_once()
    assert post.row(delivery).state in {"uncertain", "sent"}
    post.drain(post.finished(delivery))
    assert post.seen() == ["only once"]


def test_what_a_lost_worker_had_only_claimed_is_simply_sent(post: Post) -> None:
    delivery = post.put()
    past = post.clock() - timedelta(seconds=1)
    post.change(delivery, state="claimed", lease_owner="dead", lease_until=past)
    post.drain(post.finished(delivery))
    assert post.seen() == ["hello"]
    assert not post.slack.ledger.calls("conversations.history")


def test_a_lost_worker_while_settling_leaves_it_uncertain(post: Post) -> None:
    delivery = post.put("only once")
    post.drain(post.finished(delivery))
    past = post.clock() - timedelta(seconds=1)
    settling: dict[str, object] = {"state": "claimed", "finished_at": None, "uncertain_at": past}
    post.change(delivery, **settling, lease_until=past)
    post.drain(post.finished(delivery))
    assert post.seen() == ["only once"]


def test_a_refused_token_is_told_in_the_log_once_in_a_while(
    sqlite_post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    told = "Slack refuses SLACK_BOT_TOKEN (account_inactive)"
    sqlite_post.slack.faults.set(POST, "error", times=None, code="account_inactive")
    sqlite_post.put()
    outbox = sqlite_post.outbox()
    for minutes, lines in ((0, 1), (5, 1), (6, 2)):
        sqlite_post.clock.skip(60 * minutes)
        outbox.drain_once()
        assert sum(told in one.getMessage() for one in caplog.records) == lines
