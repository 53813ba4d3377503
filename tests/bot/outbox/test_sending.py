from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from school.errors import NotFound
from school.models import AuditEntry, Delivery, Lane, User
from tests.bot.conftest import Post
from tests.bot.support import plain, quick_settings


def test_a_delivery_is_posted_to_the_direct_messages_once(post: Post) -> None:
    delivery = post.put("Good morning")
    post.drain(post.finished(delivery))
    post.outbox().drain_once()
    row = post.row(delivery)
    assert (row.state, row.attempts, row.error) == ("sent", 0, None)
    assert post.seen() == ["Good morning"]
    with post.session_factory() as session:
        assert session.get_one(User, 1).slack_channel == row.message_channel
    calls = [call.method for call in post.slack.ledger.calls()]
    assert calls == ["conversations.open", "chat.postMessage"]


def test_a_second_delivery_finds_the_channel_that_is_stored(post: Post) -> None:
    first, second = post.put("one"), post.put("two")
    post.drain(post.finished(first, second))
    assert len(post.slack.ledger.calls("conversations.open")) == 1


def test_the_message_bears_its_key_and_metadata_with_ids_only(post: Post) -> None:
    delivery = post.put("Good morning")
    post.drain(post.finished(delivery))
    message = post.slack.messages("U1")[0]
    assert message.blocks[0]["block_id"] == f"d-{delivery.id}"
    payload = {"id": str(delivery.id)}
    assert message.metadata == {"event_type": "homeroom_delivery", "event_payload": payload}


def test_the_audit_row_is_written_once_and_with_the_sending(post: Post) -> None:
    post.slack.faults.set("chat.postMessage", "ratelimited", retry_after=1)
    delivery = post.put("a record", kind="audited")
    post.outbox().drain_once()
    assert post.count(AuditEntry) == 1
    post.drain(post.finished(delivery))
    assert post.count(AuditEntry) == 1


def test_the_same_key_is_one_delivery(post: Post) -> None:
    first, second = post.put("once"), post.put("once")
    assert first.id == second.id
    assert post.count(Delivery) == 1


def test_a_delivery_needs_somewhere_to_go(sqlite_post: Post) -> None:
    with pytest.raises(ValueError, match="recipient or a channel"):
        sqlite_post.put(recipient_id=None)


def test_a_delivery_may_name_its_channel_alone(sqlite_post: Post) -> None:
    delivery = sqlite_post.put("Hello all", recipient_id=None, channel="C0GENERAL")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert [m.text for m in sqlite_post.slack.messages("U2", "C0GENERAL")] == ["A message"]


def test_what_is_not_due_is_not_sent(post: Post) -> None:
    delivery = post.put(due_at=post.clock() + timedelta(hours=1), lane=Lane.SCHEDULED)
    assert post.outbox().drain_once() == 0
    post.clock.skip(3600)
    post.drain(post.finished(delivery))
    assert post.seen() == ["hello"]


def test_what_is_sent_late_says_so_in_the_recipients_time(sqlite_post: Post) -> None:
    asked = datetime.fromisoformat("2026-03-02T09:12:00-05:00")
    first = sqlite_post.put("now", due_at=asked)
    second = sqlite_post.put("then", to=2, lane=Lane.SCHEDULED)
    sqlite_post.change(second, due_at=sqlite_post.clock() - timedelta(minutes=6))
    sqlite_post.drain(sqlite_post.finished(first, second))
    assert sqlite_post.seen() == ["now | Asked for Mon 2 Mar 9:12, sent late."]
    assert sqlite_post.seen(2)[0].startswith("then | Due ")


def test_an_expected_failure_reaches_the_person_in_its_words(sqlite_post: Post) -> None:
    def refuse(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        raise NotFound("None of your students is that one.")

    sqlite_post.builders = {"words": refuse}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["None of your students is that one."]
    assert sqlite_post.row(delivery).state == "sent"


def test_a_broken_builder_reaches_the_person_with_the_reference_of_the_log(
    sqlite_post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        raise KeyError("Maya Okafor")

    sqlite_post.builders = {"words": break_down}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    row = sqlite_post.row(delivery)
    said = f"Something broke on my side. Reference {row.reference}. Nothing was sent."
    assert sqlite_post.seen() == [said]
    assert (row.state, row.error) == ("failed", "broke: KeyError")
    assert str(row.reference) in caplog.text
    assert "Maya" not in caplog.text


def test_content_that_slack_refuses_is_a_failure_with_a_reference(sqlite_post: Post) -> None:
    sqlite_post.builders = {"words": lambda *_: Outgoing("x", lambda _: [{"type": "nonsense"}])}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("failed", "invalid_blocks")
    assert sqlite_post.seen() == [
        f"Something broke on my side. Reference {row.reference}. Nothing was sent."
    ]


def test_a_kind_of_another_release_waits_for_that(sqlite_post: Post) -> None:
    known, sqlite_post.builders = sqlite_post.builders, {}
    delivery = sqlite_post.put()
    sqlite_post.outbox().drain_once()
    assert sqlite_post.row(delivery).error == "unknown_kind"
    sqlite_post.builders = known
    sqlite_post.clock.skip(1)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["hello"]


def test_without_opening_direct_messages_the_persons_id_serves(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.open", "unknown_method", times=None)
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == ["hello"]
    assert sqlite_post.slack.ledger.calls("chat.postMessage")[0].channel == "U1"
    with sqlite_post.session_factory() as session:
        channel = session.get_one(User, 1).slack_channel
    assert channel == sqlite_post.row(delivery).message_channel != "U1"


def test_a_recipient_without_slack_fails_for_good(sqlite_post: Post) -> None:
    with sqlite_post.session_factory.begin() as session:
        session.get_one(User, 2).slack_user_id = None
    delivery = sqlite_post.put(to=2)
    sqlite_post.drain(sqlite_post.finished(delivery))
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("failed", "no_slack_user")
    assert row.reference


def test_a_recipient_who_has_left_slack_fails_for_good(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.open", "error", code="user_disabled")
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).error == "user_disabled"


def test_a_stored_channel_that_is_gone_is_looked_for_anew(sqlite_post: Post) -> None:
    with sqlite_post.session_factory.begin() as session:
        session.get_one(User, 1).slack_channel = "D0ELSEWHERE"
    delivery = sqlite_post.put(channel="D0ELSEWHERE")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).state == "sent"
    assert sqlite_post.seen() == ["hello"]


def test_a_channel_that_is_nowhere_fails_for_good(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(recipient_id=None, channel="C0NOWHERE")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).error == "channel_not_found"


def test_a_channel_refused_again_after_opening_fails_for_good(sqlite_post: Post) -> None:
    slack = sqlite_post.slack
    slack.faults.set("chat.postMessage", "error", times=None, code="channel_not_found")
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).state == "failed"
    assert len(slack.ledger.calls("chat.postMessage")) == 2


def test_a_message_is_edited_in_place(post: Post) -> None:
    first = post.put("before")
    post.drain(post.finished(first))
    row = post.row(first)
    stands = (str(row.message_channel), str(row.message_ts))
    post.builders = {"words": lambda *_: Outgoing("x", lambda _: plain("after"), replaces=stands)}
    second = post.put("an edit")
    post.drain(post.finished(second))
    assert post.seen() == ["after"]
    assert post.row(second).message_ts == row.message_ts


def test_an_edit_of_a_message_that_is_gone_is_posted_anew(sqlite_post: Post) -> None:
    first = sqlite_post.put("before")
    sqlite_post.drain(sqlite_post.finished(first))
    gone = (str(sqlite_post.row(first).message_channel), "1.000000")
    sqlite_post.builders = {
        "words": lambda *_: Outgoing("x", lambda _: plain("after"), replaces=gone)
    }
    second = sqlite_post.put("an edit")
    sqlite_post.drain(sqlite_post.finished(second))
    assert sqlite_post.seen() == ["before", "after"]


def test_an_edit_without_answer_is_simply_made_again(sqlite_post: Post) -> None:
    first = sqlite_post.put("before")
    sqlite_post.drain(sqlite_post.finished(first))
    row = sqlite_post.row(first)
    stands = (str(row.message_channel), str(row.message_ts))
    sqlite_post.builders = {
        "words": lambda *_: Outgoing("x", lambda _: plain("after"), replaces=stands)
    }
    sqlite_post.slack.faults.set("chat.update", "drop")
    second = sqlite_post.put("an edit")
    sqlite_post.drain(sqlite_post.finished(second))
    assert sqlite_post.seen() == ["after"]
    assert len(sqlite_post.slack.ledger.calls("chat.update")) == 2
    assert not sqlite_post.slack.ledger.calls("conversations.history")


def test_an_edit_that_slack_refuses_for_the_moment_is_made_later(sqlite_post: Post) -> None:
    first = sqlite_post.put("before")
    sqlite_post.drain(sqlite_post.finished(first))
    row = sqlite_post.row(first)
    stands = (str(row.message_channel), str(row.message_ts))
    sqlite_post.builders = {
        "words": lambda *_: Outgoing("x", lambda _: plain("after"), replaces=stands)
    }
    sqlite_post.slack.faults.set("chat.update", "error", code="invalid_auth")
    second = sqlite_post.put("an edit")
    sqlite_post.drain(sqlite_post.finished(second))
    assert sqlite_post.seen() == ["after"]


def test_what_is_refused_for_too_long_is_given_up(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(give_up_after=60, retry_base=30, retry_most=30)
    sqlite_post.slack.faults.set("chat.postMessage", "error", times=None, code="invalid_auth")
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    row = sqlite_post.row(delivery)
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "invalid_auth")
    sqlite_post.clock.skip(61)
    outbox.drain_once()
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("failed", "invalid_auth")
    assert row.reference
