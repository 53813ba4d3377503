"""Whatever leaves late says so: posts, edits, cards, documents, and where there is hardly room."""

from datetime import timedelta
from typing import Any

import pytest

from bot.outbox.message import MOST_BLOCKS, with_lateness
from bot.outgoing import CardShown, Outgoing
from school.models import CardCopy, Lane
from tests.bot.conftest import Post
from tests.bot.support import plain

LATE = "Due at 9:12, sent late."


def context(elements: int) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "plain_text", "text": "x"}] * elements}


def test_a_message_without_room_says_it_in_a_line_that_takes_it() -> None:
    full = plain("x") * (MOST_BLOCKS - 3) + [context(2), context(10), *plain("y")]
    labelled = with_lateness(full, LATE)
    assert len(labelled) == MOST_BLOCKS
    assert labelled[-3]["elements"][-1]["text"] == LATE
    assert len(full[-3]["elements"]) == 2


def test_a_message_without_any_room_goes_as_it_is() -> None:
    full = plain("x") * MOST_BLOCKS
    assert with_lateness(full, LATE) == full


@pytest.mark.parametrize(
    ("lane", "words"), [(Lane.SCHEDULED, "Due "), (Lane.INTERACTIVE, "Asked for ")]
)
def test_a_card_that_is_posted_and_edited_late_says_so(
    sqlite_post: Post, lane: Lane, words: str
) -> None:
    post, long_ago = sqlite_post, sqlite_post.clock() - timedelta(hours=1)
    with post.session_factory.begin() as session:
        copy = CardCopy(workspace_id=1, card="words", subject_id=1, user_id=1, version=0)
        session.add(copy)
    stands: list[tuple[str, str]] = []

    def build(*_asked: object) -> Outgoing:
        place = stands[0] if stands else None
        shown = CardShown(copy.id, len(stands) + 1)
        return Outgoing("x", lambda _: plain("a card"), replaces=place, card=shown)

    post.builders = {"words": build}
    for turn in range(2):
        delivery = post.put(f"{turn}", lane=lane, due_at=long_ago)
        post.drain(post.finished(delivery))
        row = post.row(delivery)
        stands.append((str(row.message_channel), str(row.message_ts)))
        (said,) = post.seen()
        assert said.startswith(f"a card | {words}")
    assert stands[0] == stands[1]


def test_a_document_that_comes_late_says_so_beside_it(sqlite_post: Post) -> None:
    post = sqlite_post
    long_ago = post.clock() - timedelta(hours=1)
    delivery = post.put(kind="pdf", queue="file 1", due_at=long_ago)
    post.drain(post.finished(delivery))
    (message,) = post.slack.messages("U1")
    assert "sent late." in str(message.blocks)
