"""What meets a closed gate: who goes first, who comes back when, what is not claimed in vain."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.gate import POST
from bot.outbox.held import LONGEST, Held
from bot.slack import HeldBack
from school.models import Delivery, Lane
from tests.bot.conftest import Post
from tests.bot.support import quick_settings

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
EACH = timedelta(seconds=2.4)


def scheduled(number: int = 1) -> Delivery:
    row = Delivery(id=number, workspace_id=1, lane=Lane.SCHEDULED.value)
    row.next_attempt_at = NOON - timedelta(minutes=number)
    return row


def closed(method: str, seconds: float = 1, *, everywhere: bool = True) -> HeldBack:
    until = NOON + timedelta(seconds=seconds)
    return HeldBack(method, until, NOON, everywhere=everywhere, interval=EACH)


def test_those_that_wait_for_one_method_come_back_one_after_the_other() -> None:
    held = Held()
    turns = [held.turn(scheduled(n), closed("conversations.open"), NOON) for n in range(50)]
    assert turns[0] == NOON + timedelta(seconds=1)
    assert all(later - earlier == EACH for earlier, later in pairwise(turns))


def test_a_very_long_line_is_spread_by_chance_and_bounded() -> None:
    held = Held()
    turns = [held.turn(scheduled(n), closed("conversations.open"), NOON) for n in range(1000)]
    assert max(turns) <= NOON + timedelta(seconds=1) + LONGEST
    by_chance = turns[200:]
    assert len(set(by_chance)) == len(by_chance)


def test_each_method_and_lane_has_a_line_of_its_own_and_an_old_one_is_forgotten() -> None:
    held, wait = Held(), closed("conversations.open")
    first = held.turn(scheduled(), wait, NOON)
    interactive = scheduled()
    interactive.lane = Lane.INTERACTIVE.value
    assert held.turn(interactive, wait, NOON) == first
    assert held.turn(scheduled(), closed("chat.update"), NOON) == first
    much_later = NOON + timedelta(hours=1)
    until = much_later + timedelta(seconds=1)
    again = HeldBack("conversations.open", until, much_later, interval=EACH)
    assert held.turn(scheduled(), again, much_later) == until


def test_who_waits_for_one_channel_alone_holds_up_no_line() -> None:
    held = Held()
    wait = closed(POST, everywhere=False)
    assert held.turn(scheduled(), wait, NOON) == wait.until
    assert held.now(Lane.SCHEDULED, NOON) == set()
    assert held.place(scheduled(), wait, NOON) == {}


def test_while_posts_are_held_back_nothing_of_that_lane_is_claimed_in_vain() -> None:
    held, row = Held(), scheduled()
    wait = closed(POST, 0.2)
    held.turn(row, wait, NOON)
    assert held.now(Lane.SCHEDULED, NOON) == {1}
    assert held.now(Lane.INTERACTIVE, NOON) == set()
    assert held.now(Lane.SCHEDULED, wait.until) == set()
    assert held.place(row, wait, NOON) == {"next_attempt_at": row.next_attempt_at}
    assert (held.most(Lane.SCHEDULED, 8, NOON), held.most(Lane.INTERACTIVE, 8, NOON)) == (2, 8)
    assert held.most(Lane.SCHEDULED, 8, NOON + timedelta(seconds=2)) == 8


def test_a_ban_is_kept_with_the_delivery_for_every_process() -> None:
    held = Held()
    assert held.place(scheduled(), closed(POST, 30), NOON) == {}


def test_held_back_at_our_rate_they_go_in_the_order_in_which_they_were_due(post: Post) -> None:
    post.settings = quick_settings(posts_per_minute=300)
    sent = [
        post.put(f"{n}", to=n % 6 + 1, lane=Lane.SCHEDULED, due_at=post.clock() - timedelta(n))
        for n in range(12, 0, -1)
    ]
    outbox = post.outbox()
    outbox.start()
    post.slack.wait_until(post.finished(*sent), timeout=30)
    assert {post.row(each).state for each in sent} == {"sent"}
    posted = [post.row(each).message_ts for each in sent]
    by_time = sorted(range(12), key=lambda n: float(str(posted[n])))
    # Two senders: neighbours may change places, nobody is put behind all the rest.
    assert all(abs(place - n) <= 3 for place, n in enumerate(by_time))


def test_a_report_goes_before_the_reminders_that_drain(post: Post) -> None:
    post.settings = quick_settings(posts_per_minute=300)
    reminders = [
        post.put(f"reminder {n}", to=n % 5 + 2, lane=Lane.SCHEDULED, unique_key=f"r {n}")
        for n in range(40)
    ]
    outboxes = [post.outbox(), post.outbox()]
    for outbox in outboxes:
        outbox.start()
    post.slack.wait_until(lambda: len(post.slack.ledger.calls(POST)) > 4)
    reports = [post.put(f"report {n}") for n in range(3)]
    outboxes[0].wake()
    post.slack.wait_until(post.finished(*reports), timeout=30)
    left = [each for each in reminders if post.row(each).finished_at is None]
    assert len(left) > 10
    assert post.seen() == ["report 0", "report 1", "report 2"]
