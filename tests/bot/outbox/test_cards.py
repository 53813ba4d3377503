"""Cards: one copy in each teacher's messages, edited in place as their record moves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.claim import swap
from bot.outgoing import CardShown, Obsolete, Outgoing
from bot.slack import SlackGateway
from school.cards import confirm_later, refresh_copies
from school.errors import NotAllowed
from school.models import CardCopy, Delivery, Lane, User
from tests.bot.conftest import Post
from tests.bot.support import plain, quick_settings

TEACHERS = (1, 2, 3, 4)


class Record:
    """What a card shows. Its state is kept in a row of the database, a user's name."""

    def __init__(self, post: Post) -> None:
        self.post = post
        post.builders = {"card": self.build}
        post.settings = quick_settings()

    def change(self, *users: int, lane: Lane = Lane.INTERACTIVE, **payload: Any) -> int:
        """Move the record on by one version, and have its copies refreshed with it."""
        with self.post.session_factory.begin() as session:
            row = session.get_one(User, 6, with_for_update=True)
            version = _version(row) + 1
            row.name = f"state {version}"
            refresh_copies(
                "card",
                7,
                version,
                users or TEACHERS,
                session=session,
                workspace_id=1,
                now=self.post.clock(),
                lane=lane,
                **payload,
            )
        return version

    @staticmethod
    def build(session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
        copy = session.get_one(CardCopy, int(delivery.payload["copy"]))
        row = session.get_one(User, 6)
        if copy.version >= _version(row):
            raise Obsolete("superseded")
        place = (str(copy.channel), str(copy.message_ts)) if copy.message_ts else None
        shown = CardShown(copy.id, _version(row))
        name = row.name
        return Outgoing("A card", lambda _file: plain(name), replaces=place, card=shown)

    def copies(self) -> list[CardCopy]:
        with self.post.session_factory() as session:
            return list(session.scalars(select(CardCopy).order_by(CardCopy.user_id)))

    def deliveries(self) -> list[Delivery]:
        with self.post.session_factory() as session:
            query = select(Delivery).where(Delivery.kind == "card").order_by(Delivery.id)
            return list(session.scalars(query))

    def settled(self) -> bool:
        return all(row.finished_at is not None for row in self.deliveries())

    def shown(self) -> list[list[str]]:
        return [self.post.seen(teacher) for teacher in TEACHERS]


def _version(row: User) -> int:
    return int(row.name.removeprefix("state ")) if row.name.startswith("state ") else 0


def calls(post: Post) -> list[str]:
    return [call.method for call in post.slack.ledger.calls() if call.method.startswith("chat.")]


def test_every_teacher_has_one_copy_that_shows_the_latest(post: Post) -> None:
    record = Record(post)
    for _turn in range(3):
        record.change()
        post.drain(record.settled)
    assert record.shown() == [["state 3"]] * 4
    assert [copy.version for copy in record.copies()] == [3] * 4
    assert sorted(calls(post)) == ["chat.postMessage"] * 4 + ["chat.update"] * 8


def test_rapid_changes_leave_one_pending_for_each_copy(post: Post) -> None:
    record = Record(post)
    for _turn in range(10):
        record.change()
    assert len(record.deliveries()) == 4
    post.drain(record.settled)
    assert record.shown() == [["state 10"]] * 4
    assert calls(post) == ["chat.postMessage"] * 4


def test_a_change_while_one_is_in_hand_is_shown_by_the_next(post: Post) -> None:
    record = Record(post)
    record.change(1)
    (first,) = record.deliveries()
    post.change(first, state="claimed", lease_until=post.clock() + timedelta(seconds=5))
    record.change(1)
    record.change(1)
    assert len(record.deliveries()) == 2
    post.clock.skip(6)
    post.drain(record.settled)
    assert post.seen(1) == ["state 3"]
    assert sorted(row.state for row in record.deliveries()) == ["closed", "sent"]
    assert calls(post) == ["chat.postMessage"]


def test_who_read_it_before_the_change_does_not_get_to_claim_it_after(post: Post) -> None:
    record = Record(post)
    record.change(1)
    (read_before,) = record.deliveries()
    record.change(1)
    with post.session_factory.begin() as session:
        assert not swap(session, read_before, {"state": "claimed"})
    post.drain(record.settled)
    assert [post.seen(1), calls(post)] == [["state 2"], ["chat.postMessage"]]


def test_one_rendered_before_and_held_back_is_rendered_again(post: Post) -> None:
    record = Record(post)
    post.slack.faults.set("chat.postMessage", "ratelimited", retry_after=60)
    record.change(1)
    outbox = post.outbox()
    post.drain(lambda: len(post.slack.ledger.calls("chat.postMessage")) == 1, outbox)
    record.change(1)
    assert len(record.deliveries()) == 1
    post.clock.skip(61)
    post.drain(record.settled, outbox)
    assert post.seen(1) == ["state 2"]


def test_a_copy_whose_message_was_deleted_is_posted_anew(post: Post) -> None:
    record = Record(post)
    record.change(1)
    post.drain(record.settled)
    (before,) = record.copies()
    conversation = post.slack.workspace.conversations[str(before.channel)]
    with post.slack.workspace.change():
        conversation.messages.clear()
    record.change(1)
    post.drain(record.settled)
    (after,) = record.copies()
    assert post.seen(1) == ["state 2"]
    assert (after.version, after.message_ts != before.message_ts) == (2, True)
    record.change(1)
    post.drain(record.settled)
    assert post.seen(1) == ["state 3"]


def test_an_unclear_first_post_is_found_and_its_place_known(post: Post) -> None:
    record = Record(post)
    record.change(1)
    outbox = post.leave_unclear(record.deliveries()[0])
    record.change(1)  # meanwhile; from a lane of its own it would be posted beside the first
    record.change(1, lane=Lane.SCHEDULED)
    post.clock.skip(61)
    post.drain(record.settled, outbox)
    assert post.seen(1) == ["state 3"]
    assert calls(post) == ["chat.postMessage", "chat.update"]
    (copy,) = record.copies()
    assert copy.version == 3


def test_what_follows_one_that_is_unclear_stays_in_its_lane(post: Post) -> None:
    record = Record(post)
    record.change(1, lane=Lane.SCHEDULED)
    outbox = post.leave_unclear(record.deliveries()[0])
    record.change(1)
    assert [row.lane for row in record.deliveries()] == ["scheduled", "scheduled"]
    post.clock.skip(61)
    post.drain(record.settled, outbox)
    assert post.seen(1) == ["state 2"]


def test_beside_one_that_is_to_look_after_an_edit_later_one_is_pending(post: Post) -> None:
    record = Record(post)
    record.change(1)
    (edit,) = record.deliveries()
    later, now = post.clock() + timedelta(hours=1), post.clock()
    with post.session_factory.begin() as session:
        confirm_later(session, edit, int(edit.payload["copy"]), due_at=later, now=now)
    record.change(1)
    record.change(1)
    pending = sorted(record.deliveries(), key=lambda row: row.due_at)
    assert [row.payload["version"] for row in pending] == [3, 1]


def test_a_waiting_one_goes_ahead_once_somebody_waits_for_it(post: Post) -> None:
    record = Record(post)
    record.change(1, lane=Lane.SCHEDULED, note=1)
    record.change(1)
    (row,) = record.deliveries()
    assert (row.lane, row.payload["version"], row.payload["note"]) == ("interactive", 2, 1)


class FallingGateway(SlackGateway):
    """Ends its process right after Slack has taken a post or an edit."""

    def call_reserved(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        answer = super().call_reserved(workspace_id, method, **arguments)
        if method.startswith("chat."):
            raise SystemExit
        return answer


def test_a_process_that_dies_before_it_notes_the_place_leaves_no_second_copy(post: Post) -> None:
    record = Record(post)
    for version in (1, 2):
        gateway = post.gateway()
        gateway.__class__ = FallingGateway
        record.change(1, 2)
        post.outbox(gateway).drain_once()
        post.clock.skip(post.settings.lease + 1)
        post.drain(record.settled)
        assert [post.seen(1), post.seen(2)] == [[f"state {version}"]] * 2
    assert calls(post).count("chat.postMessage") == 2


def test_two_processes_and_many_changes_end_with_one_copy_each(post: Post) -> None:
    record = Record(post)
    outboxes = [post.outbox(), post.outbox()]
    for outbox in outboxes:
        outbox.start()
    for turn in range(12):
        record.change(lane=Lane.SCHEDULED if turn % 3 else Lane.INTERACTIVE)
        outboxes[turn % 2].wake()
    post.slack.wait_until(record.settled, timeout=30)
    assert record.shown() == [["state 12"]] * 4
    assert calls(post).count("chat.postMessage") == 4


@pytest.mark.parametrize("asked", [Lane.INTERACTIVE, Lane.SCHEDULED])
def test_who_may_not_see_it_any_more_gets_no_words_either(sqlite_post: Post, asked: Lane) -> None:
    def refuse(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
        raise NotAllowed("Not any more.")

    record = Record(sqlite_post)
    sqlite_post.builders = {"card": refuse}
    record.change(1, lane=asked)
    sqlite_post.drain(record.settled)
    assert [row.error for row in record.deliveries()] == ["no_access"]
    assert sqlite_post.seen(1) == []


def test_a_card_of_another_record_is_left_alone(sqlite_post: Post) -> None:
    record = Record(sqlite_post)
    record.change(1)
    with sqlite_post.session_factory.begin() as session:
        one: dict[str, Any] = {"session": session, "workspace_id": 1, "now": sqlite_post.clock()}
        refresh_copies("card", 8, 1, (1,), **one)
        refresh_copies("card", 7, 2, (1,), about="meeting 7", **one)
    assert [row.payload["version"] for row in record.deliveries()] == [1, 1, 2]
