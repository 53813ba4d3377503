"""Where a document cannot come words say so, and what to do."""

from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.outgoing import FileTrouble, Job
from tests.bot.conftest import Post
from tests.bot.outbox.test_documents import COMPLETE, put_document, words_seen
from tests.bot.support import PDF, InlinePool, documented, page_that_fails, quick_settings


@pytest.mark.parametrize("method", ["files.*", "files.getUploadURLExternal", COMPLETE])
@pytest.mark.parametrize("code", ["unknown_method", "missing_scope"])
def test_a_slack_that_takes_no_files_is_answered_in_words(
    sqlite_post: Post, method: str, code: str
) -> None:
    sqlite_post.slack.faults.set(method, "error", code=code, times=None)
    delivery, notice = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery, notice))
    assert words_seen(sqlite_post) == [
        "nothing came of it",
        f"No file: {FileTrouble.LACKING.value}",
    ]
    assert sqlite_post.row(delivery).state == "sent"


def test_a_slack_that_opens_no_direct_messages_takes_no_file(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.open", "unknown_method", times=None)
    delivery = sqlite_post.put(kind="pdf")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post) == ["No file: lacking"]


def test_a_slack_that_tells_the_channel_by_posting_there_gets_the_file(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.open", "unknown_method", times=None)
    delivery, notice = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery, notice))
    assert words_seen(sqlite_post) == ["below"]
    assert sqlite_post.row(delivery).file_state == "given"


def test_words_stand_below_the_notice_too(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set("files.*", "unknown_method", times=None)
    delivery, notice = put_document(post)
    post.change(notice, next_attempt_at=post.clock() + timedelta(seconds=2))
    outbox = post.outbox()
    outbox.drain_once()
    assert words_seen(post) == []
    post.drain(post.finished(delivery, notice), outbox)
    assert words_seen(post)[1:] == ["No file: lacking"]


def test_a_slack_that_says_nothing_of_its_files_is_soon_told_of_in_words(
    sqlite_post: Post,
) -> None:
    post = sqlite_post
    post.settings = quick_settings(file_ready_limit=1, file_share_limit=10_000)
    for method in ("files.info", "conversations.history"):
        post.slack.faults.set(method, "unknown_method", times=None)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert words_seen(post) == ["nothing came of it", "No file: unseen"]


@pytest.mark.parametrize(
    ("method", "code"),
    [("files.getUploadURLExternal", "storage_limit_reached"), (COMPLETE, "file_type_not_allowed")],
)
def test_a_file_that_slack_refuses_is_answered_in_words(
    sqlite_post: Post, method: str, code: str
) -> None:
    sqlite_post.slack.faults.set(method, "error", code=code)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post) == ["nothing came of it", "No file: broken"]


def test_a_document_that_cannot_be_made_is_answered_in_words(sqlite_post: Post) -> None:
    broken = replace(PDF, parts=(Job(page_that_fails, ()),))
    sqlite_post.builders = {**sqlite_post.builders, "pdf": documented(broken)}
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post) == ["nothing came of it", "No file: broken"]
    assert not sqlite_post.slack.ledger.calls("files.getUploadURLExternal")


class NeverReady(InlinePool):
    """A pool that takes a job and never ends."""

    def make(self, job: Job) -> "Future[Any]":
        return Future()


def test_making_that_takes_too_long_is_answered_in_words(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(making_limit=0.05)
    sqlite_post.pool = NeverReady()
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post)[1:] == ["No file: broken"]


def test_uploads_that_fail_for_too_long_are_answered_in_words(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(file_share_limit=1)
    sqlite_post.slack.faults.set("upload", "server_error", times=None)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post)[1:] == ["No file: broken"]


def test_a_file_that_slack_takes_and_never_shows_is_answered_in_words(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(file_share_limit=1)
    post.slack.faults.set("files.info", "error", code="file_not_found", times=None)
    post.slack.faults.set("conversations.history", "error", code="missing_scope", times=None)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert words_seen(post) == ["nothing came of it", "No file: broken"]


def test_a_completion_that_is_never_answered_ends_in_words(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(file_share_limit=1, send_timeout=0.6)
    post.slack.faults.set(COMPLETE, "refuse", times=None)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert words_seen(post) == ["nothing came of it", "No file: broken"]
    assert len(post.slack.ledger.calls(COMPLETE)) > 2


def test_what_never_settles_is_answered_in_words_in_the_end(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(give_up_after=1)
    post.slack.faults.set(COMPLETE, "refuse", times=None)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert words_seen(post) == ["nothing came of it", "No file: broken"]
