"""Whose messages they go to is looked at again whenever something is sent."""

from typing import Any

import pytest

from bot.outgoing import Outgoing
from school.models import Student, User
from tests.bot.conftest import Post
from tests.bot.support import plain

GENERAL = "C0GENERAL"


def change_user(post: Post, number: int = 1, **values: Any) -> None:
    with post.session_factory.begin() as session:
        user = session.get_one(User, number)
        for name, value in values.items():
            setattr(user, name, value)


def channel_of(post: Post, number: int) -> str:
    """The direct messages of a teacher, once something was sent there."""
    delivery = post.put(f"first of {number}", to=number)
    post.drain(post.finished(delivery))
    return str(post.row(delivery).message_channel)


def said_in(post: Post, channel: str, viewer: str) -> int:
    return len(post.slack.messages(viewer, channel))


def test_a_stored_channel_that_slack_did_not_name_is_opened_anew(post: Post) -> None:
    others = channel_of(post, 2)
    change_user(post, 1, slack_channel=others)
    delivery = post.put("for one alone")
    post.drain(post.finished(delivery))
    assert (post.seen(1), post.seen(2)) == (["for one alone"], ["first of 2"])
    second = post.put("and again")
    post.drain(post.finished(second))
    assert len(post.slack.ledger.calls("conversations.open")) == 2


@pytest.mark.parametrize("place", [GENERAL, "G0STAFF"])
def test_nothing_for_a_person_is_posted_in_a_channel_of_many(post: Post, place: str) -> None:
    change_user(post, 1, slack_channel=place)
    delivery = post.put("for one alone", channel=place)
    post.drain(post.finished(delivery))
    assert post.seen(1) == ["for one alone"]
    assert said_in(post, GENERAL, "U1") == 0


def test_the_channel_of_a_former_account_is_not_posted_in(post: Post) -> None:
    former = channel_of(post, 1)
    delivery = post.put("a report", channel=former)
    change_user(post, 2, slack_user_id="U99")
    change_user(post, 1, slack_user_id="U2")
    post.drain(post.finished(delivery))
    assert (post.seen(1), post.seen(2)) == (["first of 1"], ["a report"])


@pytest.mark.parametrize("where", ["another's", "everybody's"])
def test_an_edit_elsewhere_becomes_a_post_in_the_own_messages(post: Post, where: str) -> None:
    stands = post.put("before", to=2)
    if where == "everybody's":
        stands = post.put("before", recipient_id=None, channel=GENERAL)
    post.drain(post.finished(stands))
    row = post.row(stands)
    place = str(row.message_channel), str(row.message_ts)
    post.builders = {"words": lambda *_: Outgoing("x", lambda _: plain("after"), replaces=place)}
    edit = post.put("an edit", channel=place[0])
    post.drain(post.finished(edit))
    assert post.seen(1) == ["after"]
    assert not post.slack.ledger.calls("chat.update")


def test_who_was_switched_off_gets_nothing(post: Post) -> None:
    delivery = post.put("a report")
    change_user(post, 1, is_active=False)
    post.drain(post.finished(delivery))
    row = post.row(delivery)
    assert (row.state, row.error) == ("closed", "no_access")
    assert not post.slack.ledger.calls()


def test_who_is_a_student_by_now_gets_nothing(post: Post) -> None:
    channel_of(post, 1)
    delivery = post.put("a report")
    with post.session_factory.begin() as session:
        student = Student(workspace_id=1, source_id="s", given_name="Ada", slack_user_id="U1")
        student.created_at = post.clock()
        session.add(student)
    post.drain(post.finished(delivery))
    assert post.row(delivery).error == "no_access"
    assert post.seen(1) == ["first of 1"]


def test_who_was_unlinked_gets_nothing_in_the_messages_that_they_had(post: Post) -> None:
    channel = channel_of(post, 1)
    delivery = post.put("a report", channel=channel)
    change_user(post, 1, slack_user_id=None)
    post.drain(post.finished(delivery))
    assert post.row(delivery).error == "no_slack_user"
    assert post.seen(1) == ["first of 1"]


def test_a_document_goes_to_the_own_messages_alone(post: Post) -> None:
    others = channel_of(post, 2)
    change_user(post, 1, slack_channel=others)
    delivery = post.put(kind="pdf", channel=others, queue="file 1")
    post.drain(post.finished(delivery))
    own = post.row(delivery).message_channel
    assert own not in (None, others)
    assert len(post.slack.messages("U2")) == 1


def test_a_channel_told_by_a_post_to_a_person_is_trusted(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set("conversations.open", "unknown_method", times=None)
    first, second = post.put("one"), post.put("two")
    post.drain(post.finished(first, second))
    assert len(post.slack.ledger.calls("conversations.open")) == 1
