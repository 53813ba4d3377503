"""Reading a conversation back: how a bot finds out whether a post has arrived."""

from typing import Any

import pytest

from tests.contract.places import Place
from tests.contract.support import refused

METADATA = {"event_type": "delivery", "event_payload": {"id": "17"}}


@pytest.fixture
def posts(place: Place, direct: str) -> list[str]:
    """Three new messages, by their timestamps, oldest first."""
    return [str(place.bot.chat_postMessage(channel=direct, text=str(n))["ts"]) for n in range(3)]


def stamps(place: Place, channel: str, **options: Any) -> list[str]:
    """The timestamps of a page of history, as it comes."""
    answer = place.bot.conversations_history(channel=channel, **options)
    return [str(m["ts"]) for m in answer["messages"]]


def test_the_newest_come_first(place: Place, direct: str, posts: list[str]) -> None:
    assert stamps(place, direct, limit=3) == posts[::-1]


def test_oldest_leaves_out_what_was_before_and_itself(
    place: Place, direct: str, posts: list[str]
) -> None:
    found = stamps(place, direct, oldest=posts[0], limit=10)
    assert (found == posts[:0:-1]) == place.expected("history: oldest", True)


def test_inclusive_takes_the_oldest_itself(place: Place, direct: str, posts: list[str]) -> None:
    found = stamps(place, direct, oldest=posts[1], inclusive=True, limit=10)
    assert (found == posts[:0:-1]) == place.expected("history: oldest", True)


def test_latest_leaves_out_what_came_after_and_itself(
    place: Place, direct: str, posts: list[str]
) -> None:
    found = stamps(place, direct, latest=posts[2], limit=1)
    assert (found == [posts[1]]) == place.expected("history: latest", True)
    exact = stamps(place, direct, oldest=posts[1], latest=posts[1], inclusive=True, limit=1)
    assert (exact == [posts[1]]) == place.expected("history: latest", True)


def test_pages_follow_one_another(place: Place, direct: str, posts: list[str]) -> None:
    first = place.bot.conversations_history(channel=direct, limit=2)
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    second = place.bot.conversations_history(channel=direct, limit=1, cursor=cursor)
    found = [m["ts"] for m in (*first["messages"], *second["messages"])]
    assert found == posts[::-1]


def test_metadata_is_given_only_to_who_asks(place: Place, direct: str) -> None:
    place.bot.chat_postMessage(channel=direct, text="x", metadata=METADATA)
    plain = place.bot.conversations_history(channel=direct, limit=1)["messages"][0]
    asked = place.bot.conversations_history(channel=direct, limit=1, include_all_metadata=True)
    assert ("metadata" in plain) == place.expected("metadata without asking", False)
    found = asked["messages"][0].get("metadata")
    assert found == place.expected("metadata", METADATA)


def test_history_of_what_is_not_there_is_refused(place: Place) -> None:
    call = place.bot.conversations_history
    assert refused(call, channel="D0NOWHERE") == "channel_not_found"
