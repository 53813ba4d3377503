from datetime import timedelta
from threading import Event

from sqlalchemy.orm import Session

from bot.outbox.claim import claim
from bot.outgoing import Outgoing
from school.models import Delivery, Lane
from tests.bot.conftest import Post
from tests.bot.support import quick_settings, words


def test_one_persons_deliveries_keep_their_order(post: Post) -> None:
    said = [f"number {n}" for n in range(12)]
    sent = [post.put(each) for each in said]
    post.drain(post.finished(*sent))
    assert post.seen() == said


def test_order_holds_with_three_processes_draining(post: Post) -> None:
    said = [f"number {n}" for n in range(10)]
    sent = [post.put(f"{each} for {to}", to=to) for each in said for to in (1, 2, 3)]
    outboxes = [post.outbox() for _process in range(3)]
    for outbox in outboxes:
        outbox.start()
    post.slack.wait_until(post.finished(*sent), timeout=30)
    for to in (1, 2, 3):
        assert post.seen(to) == [f"{each} for {to}" for each in said]


def test_one_that_waits_for_its_next_try_holds_up_those_behind_it(post: Post) -> None:
    post.settings = quick_settings(retry_base=60, retry_most=60)
    stuck = post.put("first")
    post.slack.faults.set("chat.postMessage", "error", code="invalid_auth")
    outbox = post.outbox()
    outbox.drain_once()
    behind, other = post.put("second"), post.put("other", to=2)
    outbox.drain_once()
    assert post.row(behind).state == post.row(stuck).state == "waiting"
    assert post.seen(2) == ["other"]
    post.clock.skip(60)
    post.drain(post.finished(stuck, behind, other), outbox)
    assert post.seen() == ["first", "second"]


def claim_all(post: Post, lane: Lane = Lane.INTERACTIVE) -> list[Delivery]:
    lease = post.settings.lease_time
    return claim(post.session_factory, lane, 10, owner="test", now=post.clock(), lease=lease)


def test_a_person_who_waits_is_not_held_up_by_a_reminder_that_is_refused(post: Post) -> None:
    post.settings = quick_settings(retry_base=60, retry_most=60)
    reminder = post.put("a reminder", lane=Lane.SCHEDULED)
    post.slack.faults.set("chat.postMessage", "error", code="invalid_auth")
    outbox = post.outbox()
    outbox.drain_once()
    report = post.put("a report")
    outbox.drain_once()
    assert post.seen() == ["a report"]
    post.clock.skip(60)
    post.drain(post.finished(reminder, report), outbox)


def test_one_delivery_of_a_channel_is_in_flight_whatever_its_lane(post: Post) -> None:
    post.put("a report")
    post.put("a reminder", lane=Lane.SCHEDULED)
    assert len(claim_all(post)) == 1
    assert claim_all(post, Lane.SCHEDULED) == []


def test_people_who_wait_have_threads_of_their_own(sqlite_post: Post) -> None:
    go_on = Event()

    def slow(session: Session, delivery: Delivery, now: object) -> Outgoing:
        go_on.wait(10)
        return words(session, delivery, sqlite_post.clock())

    sqlite_post.builders = {"words": words, "slow": slow}
    digests = [
        sqlite_post.put(f"digest {to}", to=to, kind="slow", lane=Lane.SCHEDULED)
        for to in (1, 2, 3, 4)
    ]
    outbox = sqlite_post.outbox()
    outbox.start()
    report = sqlite_post.put("a report", to=5)
    outbox.wake()
    sqlite_post.slack.wait_until(sqlite_post.finished(report))
    assert [sqlite_post.row(each).finished_at for each in digests] == [None] * 4
    go_on.set()
    sqlite_post.slack.wait_until(sqlite_post.finished(*digests))


def test_waking_sends_long_before_the_next_poll(sqlite_post: Post) -> None:
    sqlite_post.settings = sqlite_post.settings.model_copy(update={"poll_interval": 3600})
    outbox = sqlite_post.outbox()
    outbox.start()
    delivery = sqlite_post.put(kind="report")
    outbox.wake()
    sqlite_post.slack.wait_until(sqlite_post.finished(delivery))


def test_what_is_put_without_waking_is_found_by_polling(sqlite_post: Post) -> None:
    sqlite_post.outbox().start()
    delivery = sqlite_post.put()
    sqlite_post.slack.wait_until(sqlite_post.finished(delivery))


def test_stopping_finishes_what_is_in_hand_and_lets_go_of_the_rest(sqlite_post: Post) -> None:
    begun, go_on = Event(), Event()

    def slow(session: Session, delivery: Delivery, now: object) -> Outgoing:
        begun.set()
        go_on.wait(10)
        return words(session, delivery, sqlite_post.clock())

    sqlite_post.builders = {"words": slow}
    delivery = sqlite_post.put("in hand")
    outbox = sqlite_post.outbox()
    outbox.start()
    assert begun.wait(10)
    go_on.set()
    assert outbox.is_running
    outbox.stop()
    assert not outbox.is_running
    sqlite_post.put("too late", to=2)
    outbox.wake()
    assert sqlite_post.row(delivery).state == "sent"
    assert sqlite_post.seen(2) == []


def test_what_is_held_back_everywhere_is_not_claimed_to_be_put_back(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("chat.postMessage", "ratelimited", retry_after=1)
    first, second = sqlite_post.put("one"), sqlite_post.put("two", to=2)
    outbox = sqlite_post.outbox()
    sqlite_post.change(second, next_attempt_at=sqlite_post.clock() + timedelta(seconds=0.5))
    outbox.drain_once()
    sqlite_post.clock.skip(0.6)
    assert outbox.drain_once() == 0
    assert sqlite_post.row(second).fence == 0
    sqlite_post.drain(sqlite_post.finished(first, second), outbox)


def test_posts_a_little_apart_all_arrive(post: Post) -> None:
    post.settings = quick_settings(posts_per_minute=1200, posts_per_channel=10)
    sent = [post.put(f"message {n}", to=n % 6 + 1) for n in range(24)]
    outboxes = [post.outbox(), post.outbox()]
    for outbox in outboxes:
        outbox.start()
    post.slack.wait_until(post.finished(*sent), timeout=30)
    times = sorted(call.at for call in post.slack.ledger.calls("chat.postMessage"))
    assert len(times) == 24
    assert times[-1] - times[0] > 23 * 0.05 * 0.5
