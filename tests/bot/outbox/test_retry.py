"""Giving up is told once, and a person may have it tried once more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from school.deliveries import retry_failed, withdraw
from school.models import Delivery, Lane, User
from tests.bot.conftest import Post
from tests.bot.support import plain, quick_settings, words


def notices(post: Post) -> list[Delivery]:
    with post.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == "failure_notice").order_by(Delivery.id)
        return list(session.scalars(query))


def retry(post: Post, delivery: Delivery, **more: int) -> bool:
    with post.session_factory.begin() as session:
        return retry_failed(session, 1, delivery.id, now=post.clock(), **more)


def fail(post: Post, delivery: Delivery, code: str = "invalid_auth") -> None:
    """Have a delivery given up: Slack refuses it for longer than we try."""
    post.settings = quick_settings(give_up_after=0.001, retry_base=0.01, retry_most=0.01)
    post.slack.faults.set("chat.postMessage", "error", times=None, code=code)
    post.drain(post.finished(delivery))
    post.slack.faults.clear()
    post.settings = quick_settings()
    assert post.row(delivery).state == "failed"


def breaks(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
    raise KeyError("of ours")


def test_what_is_given_up_is_told_to_whom_it_was_to_reach(post: Post) -> None:
    delivery = post.put()
    fail(post, delivery)
    (notice,) = notices(post)
    assert (notice.recipient_id, notice.payload) == (1, {"delivery": delivery.id, "round": 0})
    assert (notice.lane, notice.channel) == ("interactive", None)


def test_it_is_told_to_whom_it_was_sent_for(post: Post) -> None:
    delivery = post.put(sender_id=2, lane=Lane.SCHEDULED, about="meeting 7")
    fail(post, delivery)
    (notice,) = notices(post)
    assert (notice.recipient_id, notice.lane, notice.about) == (2, "scheduled", "meeting 7")


def test_a_notice_that_fails_is_told_to_nobody(sqlite_post: Post) -> None:
    notice = sqlite_post.put(kind="failure_notice")
    beside = sqlite_post.put(kind="notice", unique_key="pdf 1:notice", to=2)
    sqlite_post.builders = {"failure_notice": words, "notice": words}
    fail(sqlite_post, notice)
    fail(sqlite_post, beside)
    assert [each.id for each in notices(sqlite_post)] == [notice.id]


def test_a_file_that_cannot_be_deleted_is_told_to_nobody(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(give_up_after=0.001, retry_base=0.01, retry_most=0.01)
    post.slack.faults.set("files.delete", "error", times=None, code="invalid_auth")
    delivery = post.put(kind="file_expiry", recipient_id=None, queue="file F1")
    post.change(delivery, payload={"file": "F1"})
    post.drain(post.finished(delivery))
    assert (post.row(delivery).state, notices(post)) == ("failed", [])


@pytest.mark.parametrize("sender", [None, 2])
def test_who_cannot_be_reached_is_not_told_but_who_sent_it_is(
    sqlite_post: Post, sender: int | None
) -> None:
    with sqlite_post.session_factory.begin() as session:
        session.get_one(User, 1).slack_user_id = None
    delivery = sqlite_post.put(sender_id=sender)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert [each.recipient_id for each in notices(sqlite_post)] == [2] * (sender is not None)


def test_tried_again_it_is_sent_once_and_says_that_it_is_late(post: Post) -> None:
    delivery = post.put("a report", due_at=post.clock() - timedelta(hours=1))
    fail(post, delivery)
    assert [retry(post, delivery), retry(post, delivery)] == [True, False]
    post.drain(post.finished(delivery))
    row = post.row(delivery)
    assert (row.state, row.retried, row.error, row.reference) == ("sent", 1, None, None)
    (said,) = post.seen()
    assert said.startswith("a report | Asked for ")
    assert not retry(post, delivery)


def test_a_click_on_an_older_notice_does_nothing_to_the_next_failure(post: Post) -> None:
    delivery = post.put()
    fail(post, delivery)
    assert retry(post, delivery, round_failed=0)
    fail(post, delivery)
    assert [notice.payload["round"] for notice in notices(post)] == [0, 1]
    assert not retry(post, delivery, round_failed=0)
    assert retry(post, delivery, round_failed=1)


def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(post: Post) -> None:
    delivery = post.put("only once")
    post.leave_unclear(delivery)
    # Slack shows it only after it was given up, as nobody had let us look.
    row = post.row(delivery)
    assert (row.state, row.unclear) == ("uncertain", 1)
    post.change(delivery, state="failed", finished_at=post.clock(), error="missing_scope")
    assert retry(post, delivery)
    assert post.row(delivery).state == "uncertain"
    post.drain(post.finished(delivery))
    assert (post.row(delivery).state, post.seen()) == ("sent", ["only once"])


def test_what_arrived_after_it_was_looked_for_is_found_by_the_retry(post: Post) -> None:
    delivery = post.put("only once")
    post.leave_unclear(delivery)
    post.change(delivery, state="failed", finished_at=post.clock(), uncertain_at=None)
    assert retry(post, delivery)
    post.drain(post.finished(delivery))
    assert post.seen() == ["only once"]


def test_what_broke_is_made_anew_and_not_taken_for_the_words_that_said_so(post: Post) -> None:
    known = post.builders
    post.builders = {"words": breaks}
    delivery = post.put("a report")
    post.drain(post.finished(delivery))
    assert notices(post) == []
    post.builders = known
    assert retry(post, delivery)
    post.slack.faults.set("chat.postMessage", "server_error")
    post.drain(post.finished(delivery))
    assert post.row(delivery).state == "sent"
    assert [said[:9] for said in post.seen()] == ["Something", "a report"]


@pytest.mark.parametrize("sender", [None, 2])
def test_where_there_are_notes_what_broke_is_told_by_one_alone(
    post: Post, sender: int | None
) -> None:
    post.builders = {
        "words": lambda *_: Outgoing("x", lambda _: [{"type": "nonsense"}]),
        "pdf": breaks,
        "notice": words,
        "failure_notice": lambda *_: Outgoing("x", lambda _: plain("it failed")),
    }
    refused = post.put("refused", sender_id=sender)
    broken = post.put(kind="pdf", to=3, queue="file 3", sender_id=sender)
    beside = post.put(kind="notice", to=3, unique_key=f"{broken.unique_key}:notice")
    post.drain(post.finished(refused, broken, beside))
    post.drain(lambda: all(each.finished_at for each in notices(post)))
    told = sender or 1
    assert post.seen(told).count("it failed") == (2 if sender else 1)
    assert (post.row(refused).state, post.row(broken).error) == ("failed", "broke: KeyError")
    if sender is None:
        assert post.seen(3)[-1] == "it failed"


def test_a_note_that_breaks_itself_says_so_in_words(sqlite_post: Post) -> None:
    sqlite_post.builders = {"failure_notice": breaks}
    note = sqlite_post.put(kind="failure_notice")
    sqlite_post.drain(sqlite_post.finished(note))
    assert sqlite_post.seen()[0].startswith("Something broke on my side.")


def test_what_broke_on_somebodys_behalf_is_told_to_them(sqlite_post: Post) -> None:
    sqlite_post.builders = {"words": lambda *_: Outgoing("x", lambda _: [{"type": "nonsense"}])}
    delivery = sqlite_post.put(sender_id=2)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert [each.recipient_id for each in notices(sqlite_post)] == [2]


def test_what_is_of_no_use_any_more_is_not_tried_again(post: Post) -> None:
    late = post.put("late", expires_at=post.clock() + timedelta(hours=1))
    fail(post, late)
    gone = post.put("gone", to=2, about="meeting 7")
    with post.session_factory.begin() as session:
        post.change(gone, file_state="ready")
        withdraw(session, 1, "meeting 7", now=post.clock())
    post.change(gone, state="failed", finished_at=post.clock())
    post.clock.skip(3601)
    assert not retry(post, late)
    assert not retry(post, gone)


def test_a_report_that_went_with_its_table_gets_another_picture(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(kind="report")
    sqlite_post.slack.faults.set("upload", "error", times=1)
    sqlite_post.slack.faults.set("files.getUploadURLExternal", "error", code="storage_full")
    fail(sqlite_post, delivery)
    assert sqlite_post.row(delivery).file_state == "table"
    retry(sqlite_post, delivery)
    sqlite_post.slack.faults.clear()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["a picture | image"]


def test_two_processes_retry_it_once(post: Post) -> None:
    delivery = post.put()
    fail(post, delivery)
    post.builders = {"words": lambda *_: Outgoing("x", lambda _: plain("made anew"))}
    assert sorted(retry(post, delivery) for _click in range(4)) == [False, False, False, True]
    first, second = post.outbox(), post.outbox()
    first.start()
    second.start()
    post.slack.wait_until(post.finished(delivery))
    assert post.seen() == ["made anew"]


def test_nobody_hears_of_a_failure_of_what_was_withdrawn(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(sender_id=2)
    sqlite_post.change(delivery, withdrawn_at=sqlite_post.clock(), state="uncertain")
    sqlite_post.change(
        delivery,
        uncertain_at=sqlite_post.clock(),
        first_attempt_at=sqlite_post.clock(),
        message_channel="D0NOWHERE",
        error="sent_again_unsettled",
    )
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert (sqlite_post.row(delivery).error, notices(sqlite_post)) == ("unsettled", [])


def test_what_failed_is_not_tried_again_once_its_record_has_moved(post: Post) -> None:
    delivery = post.put(about="meeting 7")
    fail(post, delivery)
    for about in ("meeting 8", "meeting 7"):
        with post.session_factory.begin() as session:
            withdraw(session, 1, about, now=post.clock())
        assert retry(post, delivery) is (about == "meeting 8")
        post.change(delivery, state="failed", finished_at=post.clock())
