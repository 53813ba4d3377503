"""A worker that is held up between its mark and its call, and wakes when its time is over."""

from typing import Any

from bot.gate import Gate, Wait
from tests.bot.conftest import Clock, Post


class SleepyGate(Gate):
    """The machine sleeps once, in the transaction that passes the gate."""

    clock: Clock
    seconds = 0.0

    def reserve(self, *args: Any, **kwargs: Any) -> Wait | None:
        wait = super().reserve(*args, **kwargs)
        self.clock.skip(self.seconds)
        self.seconds = 0.0
        return wait


def sleepy(post: Post, seconds: float) -> Any:
    gateway = post.gateway()
    gate = SleepyGate(post.settings)
    gate.clock, gate.seconds = post.clock, seconds
    gateway.gate = gate
    return gateway


def test_who_wakes_when_the_lease_is_over_sends_nothing(post: Post) -> None:
    post.settings = post.settings.model_copy(update={"late_after": 1e6})
    known = post.put("known")  # so that the sleep comes in the transaction of a post
    post.drain(post.finished(known))
    delivery = post.put("only once")
    sleeping = post.outbox(sleepy(post, post.settings.lease * 2))
    sleeping.drain_once()
    assert post.seen() == ["known"]
    assert post.row(delivery).state == "sending"
    post.clock.skip(post.settings.lease + 1)
    post.drain(post.finished(delivery))
    sleeping.drain_once()
    assert post.seen() == ["known", "only once"]


def test_a_short_nap_changes_nothing(post: Post) -> None:
    known = post.put("known")
    post.drain(post.finished(known))
    delivery = post.put("only once")
    post.outbox(sleepy(post, post.settings.lease / 3)).drain_once()
    assert post.row(delivery).state == "sent"
