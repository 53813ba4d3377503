"""Documents reach the direct messages once, or words say why not."""

import threading
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.outbox import Outbox
from bot.outbox.notices import notice_key
from bot.outgoing import FileTrouble, Job
from sandbox import Message
from school.models import AuditEntry, Delivery, Lane
from tests.bot.conftest import Post
from tests.bot.outbox.test_crash import falling
from tests.bot.support import PACK, PDF, InlinePool, documented, page_that_fails, quick_settings

COMPLETE = "files.completeUploadExternal"


def put_document(post: Post, kind: str = "pdf", **more: Any) -> tuple[Delivery, Delivery]:
    """A document and its notice, saved together; returns both."""
    key = more.pop("key", f"{kind} click")
    notice = post.put("notice", kind="notice", unique_key=notice_key(key))
    queue = f"files {notice.recipient_id}"
    return post.put(kind, kind=kind, unique_key=key, queue=queue, **more), notice


def files_seen(post: Post, teacher: int = 1) -> list[Message]:
    return [one for one in post.slack.messages(f"U{teacher}") if one.files]


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
    outbox = post.outbox()
    outbox.drain_once()
    post.clock.skip(1)
    outbox.drain_once()
    post.slack.workspace.settings.__dict__["file_ready_seconds"] = 0.05
    post.drain(post.finished(delivery), outbox)
    assert post.row(delivery).state == "sent"


def test_a_second_call_that_is_refused_means_that_the_first_was_taken(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "drop")
    delivery, _ = put_document(post)
    outbox = post.outbox()
    outbox.drain_once()
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
    outbox = post.outbox()
    outbox.drain_once()
    post.slack.workspace.files.clear()
    post.drain(post.finished(delivery), outbox)
    assert len(files_seen(post)) == 1


def test_a_file_that_somebody_has_deleted_already_had_arrived(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set(COMPLETE, "drop")
    delivery, _ = put_document(post)
    outbox = post.outbox()
    outbox.drain_once()
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


def test_a_slack_that_says_nothing_of_files_is_believed_by_its_history(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("files.info", "unknown_method", times=None)
    delivery, _ = put_document(sqlite_post)
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert sqlite_post.row(delivery).message_ts == files_seen(sqlite_post)[0].ts


def test_a_slack_that_opens_no_direct_messages_takes_no_file(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("conversations.open", "unknown_method", times=None)
    delivery = sqlite_post.put(kind="pdf")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert words_seen(sqlite_post) == ["No file: lacking"]


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
    delivery, _ = put_document(post)
    outbox = post.outbox()
    outbox.drain_once()
    post.slack.wait_until(lambda: post.slack.workspace.files)
    for file in post.slack.workspace.files.values():
        file.shares.clear()
        file.deleted = False
    post.slack.faults.set("files.info", "error", code="file_not_found", times=None)
    post.slack.faults.set("conversations.history", "error", code="missing_scope", times=None)
    post.drain(post.finished(delivery), outbox)
    assert "No file: broken" in words_seen(post)


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
    outbox = post.outbox()
    outbox.drain_once()
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


def edits(post: Post) -> list[str]:
    """What the notice said, one after the other."""
    calls = post.slack.ledger.calls("chat.update", accepted=True)
    return [str(call.args["blocks"][0]["text"]["text"]) for call in calls]


def test_a_pack_is_made_of_its_parts_in_their_order_and_tells_how_far_it_is(post: Post) -> None:
    post.settings = quick_settings(progress_every=0)
    delivery, notice = put_document(post, "pack", lane=Lane.BACKGROUND)
    post.drain(post.finished(notice, delivery))
    assert content(post, files_seen(post)[0]) == b"%PDF page 1 page 2 page 3 page 4 page 5 page 6 "
    said = edits(post)
    assert said[-1] == "below"
    assert set(said[:-1]) <= {f"{n} of 6" for n in range(1, 7)}


class Following(InlinePool):
    """A pool in which something happens at each job."""

    def __init__(self, then: Any) -> None:
        super().__init__()
        self.then, self.jobs = then, 0

    def make(self, job: Job) -> "Future[Any]":
        self.jobs += 1
        self.then(self.jobs)
        return super().make(job)


def test_a_report_is_not_held_up_by_a_pack_of_the_same_person(sqlite_post: Post) -> None:
    post = sqlite_post
    other = post.outbox()

    def ask(number: int) -> None:
        if number == 3:
            report = post.put("a report")
            post.drain(post.finished(report), other)

    post.pool = Following(ask)
    delivery = post.put(kind="pack", lane=Lane.BACKGROUND, queue="pack 1")
    post.drain(post.finished(delivery))
    assert [bool(one.files) for one in post.slack.messages("U1")] == [False, True]


def test_a_pack_that_another_worker_has_taken_is_let_go(sqlite_post: Post) -> None:
    """Its lease ran out in the middle, as after a stop of the whole machine."""
    post = sqlite_post

    def take_over(number: int) -> None:
        if number == 4:
            lease = post.clock() + timedelta(seconds=30)
            post.change(delivery, fence=99, lease_until=lease)

    post.pool = Following(take_over)
    delivery = post.put(kind="pack")
    post.outbox().drain_once()
    assert not post.slack.ledger.calls("files.getUploadURLExternal")
    post.pool = InlinePool()
    post.clock.skip(31)
    post.drain(post.finished(delivery))
    assert len(files_seen(post)) == 1


def test_the_lease_is_renewed_while_a_pack_is_made(sqlite_post: Post) -> None:
    post = sqlite_post
    leases: list[datetime] = []

    def look(_number: int) -> None:
        until = post.row(delivery).lease_until
        assert until is not None
        leases.append(until)
        post.clock.skip(20)

    post.pool = Following(look)
    delivery = post.put(kind="pack")
    post.drain(post.finished(delivery))
    assert leases == sorted(leases)
    assert leases[-1] - leases[0] >= timedelta(seconds=80)


def test_a_pack_is_left_to_another_process_when_this_one_stops(sqlite_post: Post) -> None:
    post = sqlite_post
    outboxes: list[Outbox] = []

    def stop(number: int) -> None:
        if number == 3:
            threading.Thread(target=outboxes[0].stop).start()
            post.slack.wait_until(outboxes[0]._stopping.is_set)

    stopping = post.pool = Following(stop)
    outboxes.append(dying := post.outbox())
    delivery = post.put(kind="pack")
    dying.drain_once()
    assert post.row(delivery).state == "waiting"
    assert stopping.jobs < 6
    post.pool = InlinePool()
    post.drain(post.finished(delivery))
    assert len(files_seen(post)) == 1


@pytest.mark.parametrize("error", ["cancelled", "closed"])
def test_a_pack_cut_off_as_the_pool_closes_is_begun_anew(sqlite_post: Post, error: str) -> None:
    class Closing(InlinePool):
        closed = False

        def make(self, job: Job) -> "Future[Any]":
            if self.closed:
                return super().make(job)
            self.closed = True
            if error == "closed":
                raise RuntimeError
            future: Future[Any] = Future()
            future.cancel()
            return future

    sqlite_post.pool = Closing()
    delivery = sqlite_post.put(kind="pack")
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert len(files_seen(sqlite_post)) == 1
    assert sqlite_post.row(delivery).attempts == 0


def test_what_never_settles_is_given_up_in_the_end(sqlite_post: Post) -> None:
    post = sqlite_post
    post.settings = quick_settings(give_up_after=1)
    post.slack.faults.set(COMPLETE, "refuse", times=None)
    delivery, _ = put_document(post)
    post.drain(post.finished(delivery))
    assert post.row(delivery).state in ("failed", "sent")


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
