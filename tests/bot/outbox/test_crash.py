"""A worker that dies at a given point, and the next one that goes on from what was saved."""

import time
from typing import Any

import pytest

from bot.slack import SlackGateway
from tests.bot.conftest import Post

PATH = [
    "conversations.open",
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
    "files.info",
    "chat.postMessage",
]

FILE_READY = 0.1
"""Seconds after which every file of the sandbox is ready."""


class Died(BaseException):
    """The end of a process, as far as a thread can play it."""


class FallingGateway(SlackGateway):
    """Dies before or after one call, and then is dead for every other."""

    point: tuple[str, str] = ("", "")
    dead = False

    def call_reserved(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        self._fall(method, "before")
        answer = super().call_reserved(workspace_id, method, **arguments)
        self._fall(method, "after")
        return answer

    def upload(self, workspace_id: int, url: str, content: bytes) -> None:
        self._fall("upload", "before")
        super().upload(workspace_id, url, content)
        self._fall("upload", "after")

    def _fall(self, method: str, when: str) -> None:
        self.dead = self.dead or self.point == (method, when)
        if self.dead:
            raise Died


def falling(post: Post, method: str, when: str) -> FallingGateway:
    gateway = post.gateway()
    gateway.__class__ = FallingGateway
    assert isinstance(gateway, FallingGateway)
    gateway.point = (method, when)
    return gateway


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("method", PATH)
def test_a_process_that_dies_loses_and_doubles_nothing(
    sqlite_post: Post, method: str, when: str
) -> None:
    post = sqlite_post
    deliveries = [post.put(f"report {n}", to=n, kind="report") for n in (1, 2)]
    gateway = falling(post, method, when)
    dying = post.outbox(gateway)
    for _turn in range(20):
        dying.drain_once()
        post.clock.skip(0.1)
    assert gateway.dead
    time.sleep(FILE_READY)  # The sandbox's files get ready by the clock on the wall.
    post.clock.skip(post.settings.lease + 1)
    post.drain(post.finished(*deliveries))
    assert [post.seen(to) for to in (1, 2)] == [["a picture | image"]] * 2
    assert {post.row(each).state for each in deliveries} == {"sent"}


def test_a_process_that_dies_after_marking_leaves_what_is_looked_for(post: Post) -> None:
    delivery = post.put("only once")
    post.outbox(falling(post, "chat.postMessage", "after")).drain_once()
    assert post.row(delivery).state == "sending"
    post.clock.skip(post.settings.lease + 1)
    post.drain(post.finished(delivery))
    assert post.seen() == ["only once"]
    assert len(post.slack.ledger.calls("conversations.history")) == 1
