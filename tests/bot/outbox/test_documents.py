"""Documents reach the direct messages once, or words say why not."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.outbox import Outbox
from bot.outbox.notices import notice_key
from sandbox import Message
from school.models import AuditEntry, Delivery
from tests.bot.conftest import Post
from tests.bot.outbox.test_crash import falling
from tests.bot.support import PACK, PDF, documented, quick_settings

COMPLETE = "files.completeUploadExternal"


def put_document(post: Post, kind: str = "pdf", **more: Any) -> tuple[Delivery, Delivery]:
    """A document and its notice, saved together; returns both."""
    key = more.pop("key", f"{kind} click")
    notice = post.put("notice", kind="notice", unique_key=notice_key(key))
    queue = f"files {notice.recipient_id}"
    return post.put(kind, kind=kind, unique_key=key, queue=queue, **more), notice


def files_seen(post: Post, teacher: int = 1) -> list[Message]:
    return [one for one in post.slack.messages(f"U{teacher}") if one.files]


def completing(post: Post) -> Outbox:
    """An outbox that has just called for the completion; the notice may have had to go first."""
    outbox = post.outbox()
    post.drain(lambda: bool(post.slack.ledger.calls(COMPLETE)), outbox)
    return outbox


def words_seen(post: Post) -> list[str]:
    return [words for words in post.seen() if words != "rich_text"]


def content(post: Post, message: Message) -> bytes | None:
    return post.slack.workspace.files[message.files[0]].content


def test_a_document_is_made_uploaded_and_shared_below_its_notice(post: Post) -> None:
    delivery, notice = put_document(post)
    post.drain(post.finished(delivery, notice))
    messages = post.slack.messages("U1")
    assert [bool(message.files) for message in messages] == [False, True]
    assert content(post, messages[1]) == b"%PDF one"
    file = post.slack.workspace.files[messages[1].files[0]]
    assert (file.name, file.title) == ("report.pdf", "report.pdf")
    row = post.row(delivery)
    assert (row.state, row.message_ts, row.file_state) == ("sent", messages[1].ts, "given")
    assert post.seen()[0] == "below"
    assert post.count(AuditEntry) == 1


def test_what_stands_with_the_file_says_until_when_it_is_there(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(export_kept=3 * 86_400)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    day = sqlite_post.clock() + timedelta(days=3)
    assert files_seen(sqlite_post)[0].text == f"Here until {day:%d %b}"


@pytest.mark.parametrize("kind", ["drop", "server_error"])
def test_a_completion_without_answer_is_settled_by_the_file(post: Post, kind: str) -> None:
    post.slack.faults.set(COMPLETE, kind)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert len(files_seen(post)) == 1
    assert post.row(delivery).state == "sent"
    assert len(post.slack.ledger.calls(COMPLETE, accepted=True)) == 1
    assert post.count(AuditEntry) == 1


def test_a_file_that_appears_long_after_an_unclear_completion_is_not_shared_twice(
    sqlite_post: Post,
) -> None:
    """Slack knows the file, and has not shown it yet: the second call is refused and it comes."""
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "drop")
    post.slack.faults.set("files.info", "error", code="file_not_found", times=1)
    delivery, _ = put_document(post)
    post.slack.workspace.settings.__dict__["file_ready_seconds"] = 0.6
    outbox = completing(post)
    post.clock.skip(1)
    outbox.drain_once()
    post.slack.workspace.settings.__dict__["file_ready_seconds"] = 0.05
    post.drain(post.finished(delivery), outbox)
    assert post.row(delivery).state == "sent"


def test_a_second_call_that_is_refused_means_that_the_first_was_taken(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "drop")
    delivery, _ = put_document(post)
    outbox = completing(post)
    post.change(delivery, uncertain_at=None, file_state="again", state="waiting")
    post.slack.faults.set(COMPLETE, "error", code="already_completed")
    post.clock.skip(1)
    post.drain(post.finished(delivery), outbox)
    assert len(files_seen(post)) == 1
    assert post.row(delivery).state == "sent"


def test_an_upload_that_slack_dropped_is_begun_anew(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "refuse")
    delivery, _ = put_document(post)
    outbox = completing(post)
    post.slack.workspace.files.clear()
    post.drain(post.finished(delivery), outbox)
    assert len(files_seen(post)) == 1


def test_a_file_that_somebody_has_deleted_already_had_arrived(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "drop")
    delivery, _ = put_document(post)
    outbox = completing(post)
    post.slack.wait_until(lambda: files_seen(post))
    post.slack.workspace.files[files_seen(post)[0].files[0]].deleted = True
    post.drain(post.finished(delivery), outbox)
    assert post.row(delivery).state == "sent"
    assert len(post.slack.ledger.calls(COMPLETE)) == 1


PATH = ["files.getUploadURLExternal", "upload", COMPLETE, "files.info", "chat.update"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("method", PATH)
def test_a_process_that_dies_shares_it_once(sqlite_post: Post, method: str, when: str) -> None:
    post = sqlite_post
    delivery, notice = put_document(post)
    gateway = falling(post, method, when)
    dying = post.outbox(gateway)
    for _turn in range(30):
        dying.drain_once()
        post.clock.skip(0.1)
        threading.Event().wait(0.005)
    assert gateway.dead
    post.clock.skip(post.settings.lease + 1)
    post.drain(post.finished(delivery, notice))
    post.slack.wait_until(lambda: files_seen(post))
    assert len(files_seen(post)) == 1
    assert len(post.slack.messages("U1")) == 2
    assert post.row(delivery).state == "sent"


def test_a_slack_that_says_nothing_of_files_is_believed_by_its_history(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.info", "unknown_method", times=None)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).message_ts == files_seen(sqlite_post)[0].ts


def test_a_token_refused_for_the_moment_costs_no_document(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.getUploadURLExternal", "error", code="invalid_auth")
    sqlite_post.slack.faults.set(COMPLETE, "error", code="invalid_auth")
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", COMPLETE, "files.info"])
def test_no_call_is_made_while_slack_holds_it_back(sqlite_post: Post, method: str) -> None:
    sqlite_post.slack.faults.set(method, "ratelimited", retry_after=1)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1
    assert sqlite_post.row(delivery).attempts == 0


def test_words_that_slack_refuses_beside_a_file_go_as_plain_text(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set(COMPLETE, "error", code="invalid_blocks")
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert files_seen(sqlite_post)[0].text == "Your file is here."


def test_a_stored_channel_of_another_slack_is_opened_anew(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set(COMPLETE, "error", code="channel_not_found")
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1


def test_a_document_left_from_long_ago_is_made_anew(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "ratelimited", retry_after=1)
    delivery, _ = put_document(post)
    outbox = completing(post)
    assert post.row(delivery).file_state == "stored"
    before = post.row(delivery).file_id
    post.change(delivery, file_since=post.clock() - timedelta(minutes=11))
    post.drain(post.finished(delivery), outbox)
    assert post.row(delivery).file_id != before


def test_a_document_waits_for_its_notice_to_stand_above_it(sqlite_post: Post) -> None:
    post = sqlite_post
    delivery, notice = put_document(post)
    post.change(notice, next_attempt_at=post.clock() + timedelta(seconds=2))
    outbox = post.outbox()
    outbox.drain_once()
    assert files_seen(post) == []
    post.drain(post.finished(delivery, notice), outbox)
    assert [bool(one.files) for one in post.slack.messages("U1")] == [False, True]


def test_a_document_without_a_notice_comes_all_the_same(sqlite_post: Post) -> None:
    plainly = replace(PDF, progress=None)
    sqlite_post.builders = {**sqlite_post.builders, "pdf": documented(plainly)}
    delivery = sqlite_post.put(kind="pdf")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1


def test_a_notice_that_cannot_be_edited_stays_as_it_is(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("chat.update", "unknown_method", times=None)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post) == ["being made"]
    assert sqlite_post.row(delivery).state == "sent"


def test_a_document_is_sure_to_be_deleted_from_when_it_is_known(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set("upload", "server_error", times=1)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    with post.session_factory() as session:
        planned = session.scalars(select(Delivery).where(Delivery.kind == "file_expiry")).all()
    assert len(planned) == 2
    assert str(post.row(delivery).file_id) in {one.payload["file"] for one in planned}
    assert all(len(PACK.parts) == 6 and one.lane == "scheduled" for one in planned)


@pytest.mark.parametrize("code", [None, "invalid_blocks"])
def test_a_document_that_comes_late_says_so(sqlite_post: Post, code: str | None) -> None:
    post = sqlite_post
    delivery = post.put(kind="pdf")
    post.clock.skip(3600)
    if code:
        post.slack.faults.set(COMPLETE, "error", code=code)
    post.drain(post.finished(delivery))
    assert "Asked for" in files_seen(post)[0].text
    assert files_seen(post)[0].text.endswith("sent late.")


@pytest.mark.parametrize("kind", ["server_error", "drop", "refuse"])
def test_a_question_without_answer_is_asked_again(sqlite_post: Post, kind: str) -> None:
    sqlite_post.slack.faults.set("files.info", kind)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1
    assert len(sqlite_post.slack.ledger.calls(COMPLETE)) == 1
