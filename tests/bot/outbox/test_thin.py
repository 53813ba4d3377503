"""A Slack that lacks most of Slack, each in its own way, still gets every answer, and once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.outbox.plain import plain_blocks
from bot.outgoing import Blocks, Outgoing
from tests.bot.conftest import Post
from tests.bot.outbox.test_documents import put_document
from tests.bot.support import plain, quick_settings
from tests.e2e.tiny_slack import Data, TinySlack

TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in "ab"]] * 2}
WAYS = {
    "no page": (404, "not found"),
    "no such method": (404, '{"ok": false, "error": "unknown_method"}'),
    "not this way": (405, ""),
    "not made": (501, ""),
    "a page": (200, "<html>Welcome</html>"),
    "another word": (200, '{"ok": false, "error": "not_supported_here"}'),
    "broken": (500, "Traceback"),
    "yes to all": (200, '{"ok": true}'),
}


@pytest.fixture
def tiny(sqlite_post: Post) -> Iterator[TinySlack]:
    """A thin Slack, to which the posts of `sqlite_post` go."""
    sqlite_post.settings = quick_settings(file_ready_limit=0.2)
    with TinySlack() as slack:
        sqlite_post.slack.api_url = slack.address + "/"
        yield slack


@pytest.fixture(params=WAYS)
def lacking(request: pytest.FixtureRequest, tiny: TinySlack) -> TinySlack:
    """The same, once for each way to say that there is no such method."""
    tiny.lacking = WAYS[request.param]
    return tiny


def test_an_answer_comes_to_the_persons_id_with_the_table(
    sqlite_post: Post, lacking: TinySlack
) -> None:
    delivery = sqlite_post.put(kind="report")
    sqlite_post.drain(sqlite_post.finished(delivery))
    post = lacking.next_post()
    assert (post["channel"], post["blocks"][0]["text"]["text"]) == ("U1", "a table")
    assert lacking.posts.empty()


def test_an_edit_that_cannot_be_made_is_posted_anew(sqlite_post: Post, lacking: TinySlack) -> None:
    if lacking.lacking in (WAYS["yes to all"], WAYS["another word"]):
        lacking.lacking = WAYS["no page"]  # A refusal of its own kind is tried again, as before.
    edit = Outgoing("x", lambda _: plain("as it is now"), replaces=("D1", "1.1"))
    sqlite_post.builders = {"words": lambda *_: edit}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    assert lacking.next_post()["blocks"][0]["text"]["text"] == "as it is now"
    assert lacking.posts.empty()


def test_newer_kinds_of_blocks_are_said_in_older_ones(sqlite_post: Post, tiny: TinySlack) -> None:
    tiny.kinds = frozenset({"section"})
    message = Outgoing("x", lambda _: [*plain("words"), TABLE])
    sqlite_post.builders = {"words": lambda *_: message}
    delivery = sqlite_post.put()
    sqlite_post.drain(sqlite_post.finished(delivery))
    blocks = tiny.next_post()["blocks"]
    assert [block["text"]["text"] for block in blocks] == ["words", "a · b\na · b"]
    row = sqlite_post.row(delivery)
    assert (row.state, row.reference) == ("sent", None)


@dataclass
class FilingSlack(TinySlack):
    """A thin Slack that takes files and shows them, or does not, and never says where they are."""

    file: Data = field(default_factory=dict)

    def answer(self, method: str, arguments: Data) -> Data | None:
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": "D1"}}
        if method == "files.getUploadURLExternal":
            return {"ok": True, "file_id": "F1", "upload_url": f"{self.address}/upload"}
        if method in ("upload", "files.completeUploadExternal"):
            self.calls.append(method)
            return {"ok": True}
        if method == "files.info":
            return {"ok": True, **self.file}
        return super().answer(method, arguments)


@pytest.mark.parametrize("file", [{}, {"file": {"id": "F1", "mimetype": "application/pdf"}}])
def test_a_file_of_which_slack_never_says_where_it_is_ends_in_words_and_is_given_once(
    sqlite_post: Post, file: Data
) -> None:
    post = sqlite_post
    post.settings = quick_settings(file_ready_limit=1, file_share_limit=10_000)
    with FilingSlack(file=file) as slack:
        post.slack.api_url = slack.address + "/"
        delivery, notice = put_document(post)
        post.drain(post.finished(delivery, notice))
        said = [slack.next_post()["blocks"][0]["text"]["text"] for _ in range(2)]
        assert said == ["being made", "No file: unseen"]
        assert slack.calls.count("files.completeUploadExternal") == 1
        assert slack.posts.empty()


def test_a_message_that_is_never_answered_is_sent_twice_at_most(
    sqlite_post: Post, tiny: TinySlack
) -> None:
    tiny.mumbles = True
    delivery = sqlite_post.put()
    outbox = sqlite_post.outbox()
    for _turn in range(8):
        outbox.drain_once()
        sqlite_post.clock.skip(5)
    row = sqlite_post.row(delivery)
    assert (row.state, row.error) == ("failed", "unsettled")
    assert tiny.posts.qsize() == 2


def rich(*elements: dict[str, object]) -> Blocks:
    return [{"type": "rich_text", "elements": list(elements)}]


def test_lists_keep_their_lines_and_long_ones_are_split() -> None:
    words = [{"type": "text", "text": text} for text in ("Only ", "this")]
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x" * 1400}]}] * 3
    found = plain_blocks(
        rich(
            {"type": "rich_text_section", "elements": words},
            {"type": "rich_text_list", "elements": items},
        )
    )
    texts = [block["text"]["text"] for block in found]
    assert texts[0].startswith("Only this\n• xx")
    assert [text.count("•") for text in texts] == [2, 1]
    assert all(len(text) <= 3000 for text in texts)
    assert plain_blocks(plain("as it was")) == plain("as it was")
