"""Posting, changing and taking away messages."""

import pytest

from tests.contract.places import Place
from tests.contract.support import outcome, refused, section


def test_direct_messages_are_opened_once(place: Place, direct: str) -> None:
    assert direct.startswith("D")
    again = place.bot.conversations_open(users=place.person, return_im=True)["channel"]
    assert again["id"] == direct
    assert again["is_im"]
    info = place.bot.conversations_info(channel=direct)["channel"]
    assert (info["is_im"], info["user"]) == (True, place.person)
    other = place.bot.conversations_open(users=place.other)["channel"]["id"]
    assert other != direct


@pytest.mark.parametrize("users", ["U0NOBODY", ""])
def test_nobody_cannot_be_written_to(place: Place, users: str) -> None:
    code = "user_not_found" if users else "users_list_not_supplied"
    assert refused(place.bot.conversations_open, users=users) == code


def test_a_post_says_where_and_when_it_stands(place: Place, direct: str) -> None:
    sent = place.bot.chat_postMessage(channel=direct, text="Hello", blocks=section("d-1"))
    assert sent["channel"] == direct
    assert sent["message"]["ts"] == sent["ts"]
    assert sent["message"]["user"] == place.bot_user
    assert sent["message"]["text"] == "Hello"
    assert [b["block_id"] for b in sent["message"]["blocks"]] == ["d-1"]


def test_timestamps_rise_and_are_never_twice(place: Place, direct: str) -> None:
    sent = [place.bot.chat_postMessage(channel=direct, text=str(n))["ts"] for n in range(5)]
    assert sent == sorted(set(sent), key=float)


def test_a_persons_id_means_the_direct_messages_with_them(place: Place, direct: str) -> None:
    assert place.bot.chat_postMessage(channel=place.person, text="Hello")["channel"] == direct


def test_a_post_twice_stands_twice(place: Place, direct: str) -> None:
    first, second = (place.bot.chat_postMessage(channel=direct, text="same") for _ in range(2))
    assert first["ts"] != second["ts"]


def test_what_cannot_be_posted_is_refused(place: Place, direct: str) -> None:
    post = place.bot.chat_postMessage
    assert refused(post, channel="C0NOWHERE", text="x") == "channel_not_found"
    nothing = {"channel": direct}
    assert refused(place.bot.api_call, api_method="chat.postMessage", json=nothing) == "no_text"
    found = outcome(post, channel=direct, text="x" * 40_001)
    assert found == place.expected("msg_too_long", "msg_too_long")


@pytest.mark.parametrize(
    ("case", "blocks", "code"),
    [
        ("unknown block", [{"type": "carousel"}], "invalid_blocks"),
        ("too long a section", section("a", "x" * 3001), "invalid_blocks"),
        ("51 blocks", [b for n in range(51) for b in section(f"b{n}")], "invalid_blocks"),
        ("the same id twice", section("a") * 2, "invalid_blocks"),
        ("13,200 characters", [b for n in range(6) for b in section(f"c{n}", "x" * 2200)],
         "msg_blocks_too_long"),
        ("a file that is not there", [{"type": "image", "alt_text": "x",
         "slack_file": {"id": "F0NOTHERE"}}], "invalid_blocks"),
    ],
)  # fmt: skip
def test_blocks_are_checked(
    place: Place, direct: str, case: str, blocks: list[dict[str, object]], code: str
) -> None:
    found = outcome(place.bot.chat_postMessage, channel=direct, text="x", blocks=blocks)
    assert found == place.expected(f"blocks: {case}", code)


def test_a_change_takes_the_old_blocks_away(place: Place, direct: str) -> None:
    ts = place.bot.chat_postMessage(channel=direct, text="Old", blocks=section("d-2"))["ts"]
    changed = place.bot.chat_update(channel=direct, ts=ts, text="New")
    assert (changed["ts"], changed["text"]) == (ts, "New")
    newest = place.bot.conversations_history(channel=direct, limit=1)["messages"][0]
    assert (newest["ts"], newest["text"]) == (ts, "New")
    assert newest["edited"]["ts"] > ts
    assert not newest.get("blocks")


def test_only_a_message_of_ones_own_can_be_changed(place: Place, direct: str) -> None:
    update, delete = place.bot.chat_update, place.bot.chat_delete
    assert refused(update, channel=direct, ts="1.000001", text="x") == "message_not_found"
    theirs = place.say(place.channel, "A person's words")
    assert refused(update, channel=place.channel, ts=theirs, text="x") == "cant_update_message"
    assert refused(delete, channel=place.channel, ts=theirs) == "cant_delete_message"


def test_what_was_taken_away_is_gone(place: Place, direct: str) -> None:
    ts = place.bot.chat_postMessage(channel=direct, text="Soon gone")["ts"]
    place.bot.chat_delete(channel=direct, ts=ts)
    left = place.bot.conversations_history(channel=direct, limit=5)["messages"]
    assert ts not in [m["ts"] for m in left]
    assert refused(place.bot.chat_delete, channel=direct, ts=ts) == "message_not_found"


def test_an_ephemeral_message_is_in_no_history(place: Place) -> None:
    answer = place.bot.chat_postEphemeral(channel=place.channel, user=place.person, text="psst")
    assert answer["message_ts"]
    found = place.bot.conversations_history(channel=place.channel, limit=3)["messages"]
    assert "psst" not in [m["text"] for m in found]
    call = place.bot.chat_postEphemeral
    assert refused(call, channel="C0NOWHERE", user=place.person, text="x") == "channel_not_found"
