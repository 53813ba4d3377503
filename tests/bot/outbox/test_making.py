"""Packs: made part by part, with progress, in nobody's way, and begun anew where they were cut."""

import threading
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.outbox import Outbox
from bot.outgoing import Job
from school.models import Lane
from tests.bot.conftest import Post
from tests.bot.outbox.test_crash import falling
from tests.bot.outbox.test_documents import content, files_seen, put_document
from tests.bot.support import InlinePool, quick_settings


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


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_notice_says_its_end_though_the_process_dies_just_then(
    sqlite_post: Post, when: str
) -> None:
    post = sqlite_post
    delivery, notice = put_document(post)
    gateway = falling(post, "chat.update", when)
    dying = post.outbox(gateway)
    for _turn in range(30):
        dying.drain_once()
        post.clock.skip(0.1)
        threading.Event().wait(0.005)
    assert gateway.dead
    post.clock.skip(post.settings.lease + 1)
    post.drain(post.finished(delivery, notice))
    assert edits(post)[-1] == "below"
    assert len(files_seen(post)) == 1


class SlowPool(InlinePool):
    """A pool whose jobs end when they are let."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[Job] = []
        self.let = threading.Event()

    def make(self, job: Job) -> "Future[Any]":
        self.begun.append(job)
        made: Future[Any] = Future()
        threading.Thread(target=self._end, args=(job, made)).start()
        return made

    def _end(self, job: Job, made: "Future[Any]") -> None:
        self.let.wait(20)
        made.set_result(job.run(*job.arguments))


def test_a_part_that_takes_longer_than_the_lease_is_made_once(post: Post) -> None:
    post.settings, post.pool = quick_settings(lease=2.4), (pool := SlowPool())
    delivery, notice = put_document(post)
    leases: set[datetime | None] = set()
    for _process in range(2):
        post.outbox().start()

    def has_outlived_leases() -> bool:
        leases.add(post.row(delivery).lease_until)
        return len(leases) > 5

    post.slack.wait_until(has_outlived_leases, timeout=20)
    assert (len(pool.begun), post.row(delivery).fence) == (1, 1)
    pool.let.set()
    post.slack.wait_until(post.finished(delivery, notice), timeout=20)
    assert len(files_seen(post)) == 1


def test_the_notice_says_its_end_when_slack_lets_it(sqlite_post: Post) -> None:
    post = sqlite_post
    post.slack.faults.set("chat.update", "ratelimited", retry_after=1)
    delivery, notice = put_document(post)
    post.drain(post.finished(delivery, notice))
    assert edits(post) == ["below"]
    assert len(files_seen(post)) == 1


def test_the_notice_says_its_end_though_it_was_unclear_whether_it_was_sent(
    sqlite_post: Post,
) -> None:
    post = sqlite_post
    post.slack.faults.set("chat.postMessage", "drop")
    delivery, notice = put_document(post)
    post.drain(post.finished(delivery, notice))
    assert edits(post)[-1] == "below"
    assert len(files_seen(post)) == 1


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
