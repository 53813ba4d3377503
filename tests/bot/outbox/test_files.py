from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import timedelta

import pytest

from bot.outgoing import Picture
from sandbox import SandboxServer
from tests.bot.conftest import Post
from tests.bot.support import PNG, InlinePool, draw_nothing, pictured, quick_settings

TABLE, PICTURE = ["a table"], ["a picture | image"]


def test_a_picture_is_uploaded_waited_for_and_shown(post: Post) -> None:
    delivery = post.put(kind="report")
    post.drain(post.finished(delivery))
    assert post.row(delivery).state == "sent"
    assert post.seen() == PICTURE
    assert post.pool.drawn == 1
    file = post.slack.workspace.files[str(post.row(delivery).file_id)]
    assert (file.content, file.name) == (PNG, "report.png")


@pytest.mark.parametrize(
    "method",
    ["files.*", "files.getUploadURLExternal", "files.completeUploadExternal", "files.info"],
)
def test_a_slack_that_lacks_files_still_answers(sqlite_post: Post, method: str) -> None:
    sqlite_post.slack.faults.set(method, "unknown_method", times=None)
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == TABLE
    assert sqlite_post.row(delivery).file_state == "table"


def test_a_picture_that_cannot_be_drawn_leaves_the_table(sqlite_post: Post) -> None:
    picture = Picture(draw_nothing, (), "report.png", "nothing")
    sqlite_post.builders = {"report": pictured(picture)}
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == TABLE
    assert not sqlite_post.slack.ledger.calls("files.getUploadURLExternal")


class StuckPool(InlinePool):
    """A pool that takes a picture and never ends, until it is told how."""

    def __init__(self, settle: Callable[["Future[bytes]"], object]) -> None:
        super().__init__()
        self._settle = settle

    def draw(self, picture: Picture) -> "Future[bytes]":
        if self.drawn:
            return super().draw(picture)
        self.drawn += 1
        future: Future[bytes] = Future()
        self._settle(future)
        return future


def test_a_drawing_that_takes_too_long_leaves_the_table(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(drawing_limit=0.05)
    sqlite_post.pool = StuckPool(lambda future: None)
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == TABLE


def test_a_drawing_cut_off_as_the_process_stops_is_begun_anew(sqlite_post: Post) -> None:
    sqlite_post.pool = StuckPool(lambda future: future.cancel())
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == PICTURE
    assert sqlite_post.row(delivery).attempts == 0


@pytest.fixture
def never_ready(slack: SandboxServer) -> Iterator[None]:
    """Each file that is uploaded takes an hour to be made ready."""

    def hold() -> None:
        for file in slack.workspace.files.values():
            if file.ready_at is not None:
                file.ready_at = slack.workspace.clock() + 3600

    stop = slack.workspace.watch(lambda _revision: hold())
    yield
    stop()


@pytest.mark.usefixtures("never_ready")
def test_a_file_that_never_gets_ready_leaves_the_table(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(kind="report")
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    assert sqlite_post.row(delivery).file_state == "uploaded"
    sqlite_post.clock.skip(4)
    outbox.drain_once()
    assert sqlite_post.row(delivery).finished_at is None
    sqlite_post.clock.skip(4)
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == TABLE


@pytest.mark.usefixtures("never_ready")
def test_waiting_at_the_gate_does_not_count_for_a_file(sqlite_post: Post) -> None:
    delivery = sqlite_post.put(kind="report")
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.slack.faults.set("files.info", "ratelimited", retry_after=30)
    sqlite_post.clock.skip(0.1)
    outbox.drain_once()
    sqlite_post.clock.skip(33)
    outbox.drain_once()
    assert sqlite_post.row(delivery).file_state == "uploaded"
    sqlite_post.clock.skip(4)
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == TABLE


def test_being_held_back_before_the_upload_draws_once(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.getUploadURLExternal", "ratelimited", retry_after=1)
    delivery = sqlite_post.put(kind="report")
    outbox = sqlite_post.outbox()
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == PICTURE
    assert sqlite_post.pool.drawn == 1


@pytest.mark.parametrize("method", ["upload", "files.getUploadURLExternal"])
@pytest.mark.parametrize("kind", ["server_error", "drop"])
def test_an_upload_without_answer_is_begun_anew(sqlite_post: Post, method: str, kind: str) -> None:
    sqlite_post.slack.faults.set(method, kind)
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == PICTURE


def test_a_completion_without_answer_is_begun_anew(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.completeUploadExternal", "drop")
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == PICTURE


@pytest.mark.parametrize("method", ["upload", "files.getUploadURLExternal"])
def test_uploads_that_fail_for_too_long_leave_the_table(sqlite_post: Post, method: str) -> None:
    sqlite_post.slack.faults.set(method, "server_error", times=None)
    delivery = sqlite_post.put(kind="report")
    outbox = sqlite_post.outbox()
    outbox.drain_once()
    sqlite_post.clock.skip(6)
    sqlite_post.drain(sqlite_post.finished(delivery), outbox)
    assert sqlite_post.seen() == TABLE


def test_a_token_refused_for_the_moment_costs_no_picture(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.getUploadURLExternal", "error", code="invalid_auth")
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == PICTURE


def test_a_picture_refused_once_is_tried_once_more(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("chat.postMessage", "error", code="invalid_blocks")
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == PICTURE
    assert sqlite_post.row(delivery).file_state == "doubted"


def test_a_picture_refused_twice_leaves_the_table(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("chat.postMessage", "error", times=2, code="invalid_blocks")
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.seen() == TABLE


def test_a_picture_left_from_long_ago_is_drawn_anew(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(file_poll=2)
    delivery = sqlite_post.put(kind="report")
    sqlite_post.outbox().drain_once()
    assert sqlite_post.row(delivery).file_state == "uploaded"
    before = sqlite_post.row(delivery).file_id
    sqlite_post.change(delivery, file_since=sqlite_post.clock() - timedelta(minutes=11))
    sqlite_post.clock.skip(2)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).file_id != before
    assert sqlite_post.pool.drawn == 2
