"""Posting, changing and reading messages."""

from dataclasses import replace

import pytest
from slack_sdk import WebClient

from sandbox import ChannelSpec, SandboxServer
from tests.sandbox.support import (
    CONFIG,
    ELSEWHERE,
    GENERAL,
    PARK,
    RUIZ,
    STAFF,
    bot_client,
    raw,
    refusal,
)
from tests.sandbox.toy import mrkdwn


def test_a_post_to_a_person_opens_their_direct_messages(
    slack: SandboxServer, client: WebClient
) -> None:
    posted = client.chat_postMessage(channel=RUIZ, text="Hello")
    assert posted["channel"] == client.conversations_open(users=RUIZ)["channel"]["id"]
    assert posted["channel"].startswith("D")
    assert [m.text for m in slack.messages(RUIZ)] == ["Hello"]
    assert slack.messages(PARK) == []


def test_a_channel_may_be_named(slack: SandboxServer, client: WebClient) -> None:
    client.chat_postMessage(channel="#general", text="Hello")
    last = slack.last_message(PARK, GENERAL)
    assert last is not None
    assert last.text == "Hello"


def test_people_see_only_the_channels_that_they_are_in(
    slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postMessage(channel=STAFF, text="For staff")
    assert [m.text for m in slack.messages(RUIZ, STAFF)] == ["For staff"]
    assert slack.messages(PARK, STAFF) == []


def test_the_app_cannot_post_where_it_is_not(slack: SandboxServer, client: WebClient) -> None:
    post = client.chat_postMessage
    assert refusal(post, channel=ELSEWHERE, text="x") == "not_in_channel"
    assert refusal(post, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert raw(slack, "chat.postMessage", channel=GENERAL)["error"] == "no_text"
    assert refusal(post, channel=GENERAL, text="x" * 40_001) == "msg_too_long"
    assert raw(slack, "chat.postMessage")["error"] == "invalid_arguments"
    assert refusal(post, channel="U0BOT", text="x") == "cannot_dm_bot"


def test_an_ephemeral_message_is_seen_by_one_person_and_not_in_history(
    slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="Between us")
    assert [m.text for m in slack.messages(RUIZ, GENERAL)] == ["Between us"]
    assert slack.messages(PARK, GENERAL) == []


def test_an_ephemeral_message_needs_app_and_person_in_the_channel(client: WebClient) -> None:
    post = client.chat_postEphemeral
    assert refusal(post, channel=ELSEWHERE, user=RUIZ, text="x") == "not_in_channel"
    assert refusal(post, channel=STAFF, user=PARK, text="x") == "user_not_in_channel"


def test_an_update_replaces_text_and_blocks_and_marks_the_message(
    slack: SandboxServer, client: WebClient
) -> None:
    posted = client.chat_postMessage(channel=RUIZ, text="One", blocks=[mrkdwn("One")])
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    assert raw(slack, "chat.update", **where, blocks=[mrkdwn("Two")])["ok"]
    message = slack.messages(RUIZ)[0]
    assert (message.text, message.blocks[0]["text"]["text"]) == ("One", "Two")
    assert message.edited_ts is not None
    client.chat_update(**where, text="Three")
    assert (message.text, message.blocks) == ("Three", [])


def test_only_the_apps_own_messages_can_be_changed(slack: SandboxServer, client: WebClient) -> None:
    said = slack.say(RUIZ, GENERAL, "Mine")
    update = client.chat_update
    assert refusal(update, channel=GENERAL, ts=said.ts, text="x") == "cant_update_message"
    assert refusal(update, channel=GENERAL, ts="1.000001", text="x") == "message_not_found"
    assert refusal(update, channel=RUIZ, ts=said.ts, text="x") == "channel_not_found"
    delete = client.chat_delete
    assert refusal(delete, channel=GENERAL, ts=said.ts) == "cant_delete_message"
    empty = {"channel": GENERAL, "ts": client.chat_postMessage(channel=GENERAL, text="x")["ts"]}
    assert raw(slack, "chat.update", **empty)["error"] == "invalid_arguments"


def test_a_deleted_message_is_gone(slack: SandboxServer, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=GENERAL, text="x")
    client.chat_delete(channel=GENERAL, ts=posted["ts"])
    assert slack.messages(RUIZ, GENERAL) == []


def test_history_comes_newest_first_in_pages_and_within_bounds(
    slack: SandboxServer, client: WebClient
) -> None:
    stamps = [client.chat_postMessage(channel=RUIZ, text=str(n))["ts"] for n in range(5)]
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="unseen")
    own = slack.where(RUIZ).id
    read = client.conversations_history
    first = read(channel=own, limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    rest = read(channel=own, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"]
    inner = read(channel=own, oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in inner["messages"]] == ["2"]
    whole = read(channel=own, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [m["text"] for m in whole["messages"]] == ["3", "2", "1"]
    assert refusal(read, channel=own, limit="many") == "invalid_arguments"


def test_metadata_comes_back_only_when_asked_for(slack: SandboxServer, client: WebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"key": "k1"}}
    posted = client.chat_postMessage(channel=RUIZ, text="x", metadata=metadata)
    own = posted["channel"]
    plain = client.conversations_history(channel=own)
    assert "metadata" not in plain["messages"][0]
    full = client.conversations_history(channel=own, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata
    changed = {"event_type": "delivery", "event_payload": {"key": "k2"}}
    client.chat_update(channel=own, ts=posted["ts"], text="y", metadata=changed)
    assert slack.messages(RUIZ)[0].metadata == changed


def test_metadata_without_type_or_payload_is_refused(client: WebClient) -> None:
    broken: object
    for broken in ({"event_type": "x"}, {"event_payload": {}}, "x"):
        call: dict[str, object] = {"channel": RUIZ, "text": "x", "metadata": broken}
        assert (
            refusal(client.api_call, api_method="chat.postMessage", json=call)
            == "invalid_metadata_format"
        )


def test_conversations_and_people_are_described(client: WebClient) -> None:
    own = client.conversations_open(users=RUIZ, return_im=True)["channel"]
    assert own["user"] == RUIZ
    assert client.conversations_info(channel=own["id"])["channel"]["is_im"]
    person = client.users_info(user=PARK)["user"]
    assert (person["tz"], person["profile"]["email"]) == ("Asia/Seoul", "park@school.test")
    found = client.users_lookupByEmail(email="RUIZ@school.test")["user"]
    assert found["id"] == RUIZ
    assert client.users_info(user="U0GUEST")["user"]["is_ultra_restricted"]


def test_nobody_is_found_under_a_wrong_name(client: WebClient) -> None:
    assert refusal(client.users_info, user="U0NOBODY") == "user_not_found"
    lookup = client.users_lookupByEmail
    assert refusal(lookup, email="nobody@school.test") == "users_not_found"
    opening = client.conversations_open
    assert refusal(opening, users="U0NOBODY") == "user_not_found"
    assert refusal(opening, users=f"{RUIZ},{PARK}") == "not_enough_users"
    assert refusal(opening, users="") == "users_list_not_supplied"
    info = client.conversations_info
    assert refusal(info, channel=GENERAL) == "missing_scope"


def test_timestamps_rise_and_never_repeat(slack: SandboxServer) -> None:
    stamps = [slack.workspace.new_ts() for _ in range(100)]
    assert len(set(stamps)) == 100
    assert stamps == sorted(stamps)


def test_nobody_posts_in_an_archived_channel() -> None:
    channels = (ChannelSpec(GENERAL, "general", is_archived=True),)
    with SandboxServer(replace(CONFIG, channels=channels)) as slack:
        client = bot_client(slack)
        assert refusal(client.chat_postMessage, channel=GENERAL, text="x") == "is_archived"


def test_opening_again_says_that_nothing_was_to_do(client: WebClient) -> None:
    assert "no_op" not in client.conversations_open(users=RUIZ).data
    assert client.conversations_open(users=RUIZ)["already_open"]


@pytest.mark.parametrize(
    ("argument", "value"),
    [("oldest", "soon"), ("latest", "nan"), ("cursor", "nonsense"), ("cursor", "bm9uZQ==")],
)
def test_history_refuses_moments_that_are_none(
    client: WebClient, argument: str, value: str
) -> None:
    channel = client.conversations_open(users=RUIZ)["channel"]["id"]
    code = "invalid_cursor" if argument == "cursor" else f"invalid_ts_{argument}"
    assert refusal(client.conversations_history, channel=channel, **{argument: value}) == code
