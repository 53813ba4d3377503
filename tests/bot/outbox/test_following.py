"""The card of an intervention follows what is sent about it: gone, failed, or failing."""

from typing import Any

import pytest
from sqlalchemy import select

from school.following import about
from school.models import CardCopy, Delivery, Intervention, Student
from tests.bot.conftest import Post


def an_intervention(post: Post, *, card: bool = True) -> int:
    """Something that teacher 2 did, with a card that shows its first version."""
    with post.session_factory.begin() as session:
        student = Student(
            workspace_id=1,
            source_id="leo",
            given_name="Leo",
            family_name="Park",
            created_at=post.clock(),
        )
        session.add(student)
        session.flush()
        row = {"workspace_id": 1, "teacher_id": 2, "student_id": student.id, "version": 1}
        made = Intervention(**row, intervention_type="message", action_taken="Message")
        session.add(made)
        session.flush()
        if card:
            copy = CardCopy(workspace_id=1, card="intervention_card", version=1)
            copy.subject_id, copy.user_id = made.id, 2
            session.add(copy)
        return made.id


def cards(post: Post) -> list[int]:
    """The versions that cards are to show."""
    with post.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == "intervention_card").order_by(Delivery.id)
        return [one.payload["version"] for one in session.scalars(query)]


def version(post: Post, number: int) -> int:
    with post.session_factory() as session:
        return session.get_one(Intervention, number).version


def test_what_has_gone_is_told_to_the_card_once(post: Post) -> None:
    number = an_intervention(post)
    sent = post.put(sender_id=2, about=about(number))
    post.drain(post.finished(sent))
    assert (version(post, number), cards(post)) == (2, [2])


def test_a_first_failure_is_told_and_the_next_ones_are_not(sqlite_post: Post) -> None:
    post = sqlite_post
    number = an_intervention(post)
    post.slack.faults.set("chat.postMessage", "error", times=2, code="internal_error")
    sent = post.put(sender_id=2, about=about(number))
    post.drain(lambda: post.row(sent).attempts > 0)
    assert version(post, number) == 2
    post.drain(post.finished(sent))
    assert post.row(sent).state == "sent"
    assert version(post, number) == 3


@pytest.mark.parametrize("more", [{"about": "meeting 7", "sender_id": 2}, {"about": about(1)}])
def test_what_is_no_part_of_an_intervention_changes_none(
    sqlite_post: Post, more: dict[str, Any]
) -> None:
    number = an_intervention(sqlite_post)
    sent = sqlite_post.put(**more)
    sqlite_post.drain(sqlite_post.finished(sent))
    assert (number, version(sqlite_post, number)) == (1, 1)


def test_one_without_a_card_gets_none_and_one_that_is_gone_breaks_nothing(
    sqlite_post: Post,
) -> None:
    number = an_intervention(sqlite_post, card=False)
    sent = [
        sqlite_post.put("one", sender_id=2, about=about(number)),
        sqlite_post.put("two", sender_id=2, about=about(99)),
    ]
    sqlite_post.drain(sqlite_post.finished(*sent))
    assert {sqlite_post.row(one).state for one in sent} == {"sent"}
    assert (version(sqlite_post, number), cards(sqlite_post)) == (2, [])
