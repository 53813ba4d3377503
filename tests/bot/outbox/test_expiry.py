"""Files are deleted in Slack when their time has come, and their messages keep the words."""

import pytest
from sqlalchemy import select

from bot.outgoing import Outgoing, Picture
from school.models import Delivery
from tests.bot.conftest import Post
from tests.bot.support import draw_dot, pictured, quick_settings

DAY = 86_400


def planned(post: Post) -> list[Delivery]:
    """The deletions that are saved, the first to come first."""
    query = select(Delivery).where(Delivery.kind == "file_expiry").order_by(Delivery.due_at)
    with post.session_factory() as session:
        return list(session.scalars(query))


def sent(post: Post, kind: str = "pdf", say: str = "hello") -> Delivery:
    delivery = post.put(say, kind=kind)
    post.drain(post.finished(delivery))
    return post.row(delivery)


def deleted(post: Post, file_id: str | None) -> bool:
    return post.slack.workspace.files[str(file_id)].deleted


def test_a_document_goes_after_its_days_and_not_before(post: Post) -> None:
    delivery = sent(post)
    post.clock.skip(7 * DAY - 60)
    post.outbox().drain_once()
    assert not deleted(post, delivery.file_id)
    post.clock.skip(61)
    post.drain(post.finished(*planned(post)))
    assert deleted(post, delivery.file_id)
    assert len(post.slack.ledger.calls("files.delete")) == 1


def test_a_file_that_is_gone_already_is_done_with(sqlite_post: Post) -> None:
    post = sqlite_post
    sent(post)
    post.slack.workspace.files.clear()
    post.clock.skip(8 * DAY)
    post.drain(post.finished(*planned(post)))
    assert {one.state for one in planned(post)} == {"sent"}


@pytest.mark.parametrize("code", ["unknown_method", "missing_scope", "cant_delete_file"])
def test_a_file_that_cannot_be_deleted_is_not_tried_for_ever(sqlite_post: Post, code: str) -> None:
    post = sqlite_post
    sent(post)
    post.slack.faults.set("files.delete", "error", code=code, times=None)
    post.clock.skip(8 * DAY)
    post.drain(post.finished(*planned(post)))
    assert len(post.slack.ledger.calls("files.delete")) == 1


@pytest.mark.parametrize("kind", ["server_error", "drop", "ratelimited", "refuse"])
def test_a_deletion_without_answer_is_asked_for_again(sqlite_post: Post, kind: str) -> None:
    post = sqlite_post
    delivery = sent(post)
    post.slack.faults.set("files.delete", kind, retry_after=1)
    post.clock.skip(8 * DAY)
    post.drain(post.finished(*planned(post)))
    assert deleted(post, delivery.file_id)


def test_a_pictures_message_keeps_its_words_when_the_picture_goes(post: Post) -> None:
    delivery = sent(post, "report")
    post.clock.skip(91 * DAY)
    post.drain(post.finished(*planned(post)))
    assert post.seen() == ["a picture | a dot"]
    assert deleted(post, delivery.file_id)
    message = post.slack.messages("U1")[0]
    assert message.blocks[0]["block_id"] == f"d-{delivery.id}"


@pytest.mark.parametrize("method", ["conversations.history", "chat.update"])
@pytest.mark.parametrize("code", ["unknown_method", "channel_not_found"])
def test_a_picture_goes_where_its_message_cannot_be_changed_too(
    sqlite_post: Post, method: str, code: str
) -> None:
    post = sqlite_post
    delivery = sent(post, "report")
    post.slack.faults.set(method, "error", code=code, times=None)
    post.clock.skip(91 * DAY)
    post.drain(post.finished(*planned(post)))
    assert deleted(post, delivery.file_id)


def test_a_picture_whose_message_is_gone_goes_too(sqlite_post: Post) -> None:
    post = sqlite_post
    delivery = sent(post, "report")
    post.slack.where("U1").messages.clear()
    post.clock.skip(91 * DAY)
    post.drain(post.finished(*planned(post)))
    assert deleted(post, delivery.file_id)


def test_a_picture_that_was_never_posted_goes_too(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(give_up_after=0)
    post.slack.faults.set("chat.postMessage", "error", code="user_disabled", times=None)
    delivery = post.put(kind="report")
    post.drain(post.finished(delivery))
    assert post.row(delivery).state == "failed"
    post.clock.skip(91 * DAY)
    post.drain(post.finished(*planned(post)))
    assert deleted(post, post.row(delivery).file_id)


def test_a_picture_that_another_one_replaced_goes_soon(post: Post) -> None:
    first = sent(post, "report")
    place = (str(first.message_channel), str(first.message_ts))
    dot = Picture(draw_dot, (), "report.png", "a dot")

    def edit(session, delivery, now):  # type: ignore[no-untyped-def]
        built = pictured(dot)(session, delivery, now)
        return Outgoing(built.text, built.compose, built.picture, replaces=place)

    post.builders = {**post.builders, "edit": edit}
    second = sent(post, "edit")
    post.clock.skip(61)
    soon = [one for one in planned(post) if one.due_at <= post.clock()]
    assert [one.payload["file"] for one in soon] == [first.file_id]
    post.drain(post.finished(*soon))
    assert deleted(post, first.file_id)
    assert not deleted(post, second.file_id)
    post.clock.skip(91 * DAY)
    post.drain(post.finished(*planned(post)))
    assert post.seen() == ["a picture | a dot"]
