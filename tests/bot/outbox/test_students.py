"""Students have direct messages of their own: opened once, one queue, settled as a user's are."""

from typing import Any

import pytest

from bot.gate import POST
from school.models import Delivery, Student, User
from tests.bot.conftest import Post

ADA = "U3"


@pytest.fixture
def ada(sqlite_post: Post) -> Post:
    """A student, id 7, with the Slack account that was a teacher's before."""
    post = sqlite_post
    with post.session_factory.begin() as session:
        session.get_one(User, 3).slack_user_id = None
        session.flush()
        student = Student(id=7, workspace_id=1, source_id="s", given_name="Ada", slack_user_id=ADA)
        student.created_at = post.clock()
        session.add(student)
    return post


def change(post: Post, **values: Any) -> None:
    with post.session_factory.begin() as session:
        student = session.get_one(Student, 7)
        for name, value in values.items():
            setattr(student, name, value)


def put(post: Post, say: str, **more: Any) -> Delivery:
    return post.put(say, recipient_id=None, student_id=7, **more)


def test_their_channel_is_opened_once_and_kept(ada: Post) -> None:
    first, second = put(ada, "one"), put(ada, "two")
    assert first.queue == second.queue == "student 7"
    ada.drain(ada.finished(first, second))
    assert ada.seen(3) == ["one", "two"]
    assert len(ada.slack.ledger.calls("conversations.open")) == 1
    with ada.session_factory() as session:
        student = session.get_one(Student, 7)
        assert student.slack_channel == ada.row(first).message_channel
        assert student.slack_channel_of == ADA


def test_a_channel_that_is_gone_or_another_accounts_is_opened_anew(ada: Post) -> None:
    change(ada, slack_channel="D0GONE", slack_channel_of=ADA)
    first = put(ada, "one")
    ada.drain(ada.finished(first))
    change(ada, slack_channel="C0GENERAL", slack_channel_of="U1")
    second = put(ada, "two")
    ada.drain(ada.finished(second))
    assert ada.seen(3) == ["one", "two"]


def test_one_that_brought_no_answer_is_looked_for_and_not_sent_twice(ada: Post) -> None:
    ada.slack.faults.set(POST, "drop")
    delivery = put(ada, "one")
    ada.drain(ada.finished(delivery))
    assert ada.seen(3) == ["one"]
    assert ada.row(delivery).state == "sent"


@pytest.mark.parametrize(
    ("values", "state", "error"),
    [
        ({"is_active": False}, "closed", "no_access"),
        ({"slack_user_id": "U1"}, "closed", "no_access"),
        ({"slack_user_id": None}, "failed", "no_slack_user"),
    ],
)
def test_who_is_not_to_get_it_does_not(
    ada: Post, values: dict[str, Any], state: str, error: str
) -> None:
    delivery = put(ada, "one")
    change(ada, **values)
    ada.drain(ada.finished(delivery))
    assert (ada.row(delivery).state, ada.row(delivery).error) == (state, error)
    assert ada.seen(3) == ada.seen(1) == []


def test_its_sender_hears_that_it_could_not_be_sent(ada: Post) -> None:
    change(ada, slack_user_id=None)
    delivery = put(ada, "one", sender_id=1)
    ada.drain(ada.finished(delivery))
    with ada.session_factory() as session:
        notes = session.query(Delivery).filter(Delivery.kind == "failure_notice").all()
    assert [(one.recipient_id, one.payload["delivery"]) for one in notes] == [(1, delivery.id)]
