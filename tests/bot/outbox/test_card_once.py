"""A card whose edit fails again and again is edited in the end, and never posted a second time."""

from sqlalchemy import select

from school.cards import refresh_copies
from school.models import Delivery
from tests.bot.conftest import Post
from tests.crash.builders import CRASH_BUILDERS


def change(post: Post, version: int) -> None:
    with post.session_factory.begin() as session:
        where = {"session": session, "workspace_id": post.workspace_id, "now": post.clock()}
        refresh_copies("card", 1, version, (1,), **where)  # type: ignore[arg-type]


def test_a_card_is_not_posted_anew_because_slack_breaks_over_its_edit(sqlite_post: Post) -> None:
    post = sqlite_post
    post.builders = CRASH_BUILDERS
    change(post, 1)
    post.drain(lambda: post.seen() == ["version 1"])
    post.slack.faults.set("chat.update", "server_error", times=6)
    change(post, 2)
    post.drain(lambda: "version 2" in post.seen())
    assert post.seen() == ["version 2"]


def test_an_edit_that_is_carried_out_late_sets_no_card_back(sqlite_post: Post) -> None:
    post = sqlite_post
    post.builders = CRASH_BUILDERS
    change(post, 1)
    post.drain(lambda: post.seen() == ["version 1"])
    post.slack.faults.set("chat.update", "late", seconds=1)
    change(post, 2)
    post.drain(lambda: bool(post.slack.ledger.calls("chat.update")))
    change(post, 3)
    post.drain(lambda: post.seen() == ["version 3"])
    post.slack.wait_until(lambda: post.seen() == ["version 2"], 10)
    post.clock.skip(1)
    post.drain(lambda: post.seen() == ["version 3"])


def test_edits_that_fail_again_and_again_leave_one_to_look_after_them(sqlite_post: Post) -> None:
    post = sqlite_post
    post.builders = CRASH_BUILDERS
    change(post, 1)
    post.drain(lambda: post.seen() == ["version 1"])
    post.slack.faults.set("chat.update", "server_error", times=None)
    change(post, 2)
    post.drain(lambda: len(post.slack.ledger.calls("chat.update")) >= 12)
    assert post.count(Delivery) == 3  # the first, the change, and the one that looks after it
    post.slack.faults.clear()
    with post.session_factory() as session:
        everything = list(session.scalars(select(Delivery)))
    post.drain(post.finished(*everything))
    assert post.seen() == ["version 2"]
