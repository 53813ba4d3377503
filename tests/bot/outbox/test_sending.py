from school.models import AuditEntry, Delivery, User
from tests.bot.conftest import Post


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


def test_a_picture_is_uploaded_waited_for_and_shown(post: Post) -> None:
    delivery = post.put(kind="report")
    post.drain(post.finished(delivery))
    assert post.row(delivery).state == "sent"
    assert post.seen() == ["a picture | image"]
    assert post.pool.drawn == 1


def test_the_audit_row_is_written_once_and_with_the_sending(post: Post) -> None:
    delivery = post.put("a record", kind="audited")
    post.drain(post.finished(delivery))
    assert post.count(AuditEntry) == 1


def test_the_same_key_is_one_delivery(post: Post) -> None:
    first, second = post.put("once"), post.put("once")
    assert first.id == second.id
    assert post.count(Delivery) == 1
