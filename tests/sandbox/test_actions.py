"""Clicking, choosing and typing, over Socket Mode and over signed HTTP."""

import pytest
from slack_sdk import WebClient

from sandbox import Message, SandboxServer, full_text
from sandbox.errors import SlackError
from tests.sandbox.support import GENERAL, PARK, RUIZ, SETTINGS, HttpBot, SocketBot, fetch, refusal
from tests.sandbox.toy import card

Bot = SocketBot | HttpBot


@pytest.fixture
def report(slack: SandboxServer, client: WebClient) -> Message:
    """A card in Ms Ruiz's direct messages."""
    client.chat_postMessage(channel=RUIZ, text="A report", blocks=card("Maya"))
    return slack.messages(RUIZ)[0]


def test_a_choice_edits_the_card_in_place(slack: SandboxServer, bot: Bot, report: Message) -> None:
    outcome = slack.choose(RUIZ, report, "range", "7d")
    assert outcome.ok
    edited = slack.wait_for_message(RUIZ, matching="Range 7d")
    assert edited is report
    assert report.version == 2


def test_a_click_may_replace_its_message(
    slack: SandboxServer, http_bot: HttpBot, report: Message
) -> None:
    slack.click(RUIZ, report, "more", "1")
    assert slack.wait_for_message(RUIZ, matching="More of it") is report
    assert len(slack.messages(RUIZ)) == 1


def test_a_click_without_acknowledgement_fails_and_is_counted(
    slack: SandboxServer, http_bot: HttpBot, report: Message
) -> None:
    outcome = slack.click(RUIZ, report, "stuck")
    assert (outcome.ok, outcome.error) == (False, "operation_timeout")
    assert outcome.seconds >= SETTINGS.ack_seconds
    assert [a.name for a in slack.ledger.failures()] == ["stuck"]


def test_an_external_select_offers_what_the_app_answers(
    slack: SandboxServer, bot: Bot, report: Message
) -> None:
    found = slack.suggest(RUIZ, report, "student", "m")
    assert [o["value"] for o in found.options] == ["maya", "mia"]
    slack.choose(RUIZ, report, "student", "mia")
    assert slack.wait_for_message(RUIZ, matching="Chose mia").ephemeral_for == RUIZ


def test_a_date_is_chosen_as_written(
    slack: SandboxServer, http_bot: HttpBot, report: Message
) -> None:
    slack.choose(RUIZ, report, "day", "2026-06-01")
    slack.wait_for_message(RUIZ, matching="Chose 2026-06-01")


def test_what_is_not_there_cannot_be_clicked(slack: SandboxServer, report: Message) -> None:
    with pytest.raises(LookupError, match="there are: day, more, range, stuck, student"):
        slack.click(RUIZ, report, "absent")
    with pytest.raises(LookupError, match="there are: 7d, 30d"):
        slack.choose(RUIZ, report, "range", "1d")


def test_a_click_on_an_ephemeral_message_carries_no_copy_of_it(
    slack: SandboxServer, http_bot: HttpBot, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="x", blocks=card("Quiet"))
    message = slack.messages(RUIZ, GENERAL)[0]
    slack.click(RUIZ, message, "more")
    replaced = slack.wait_for_message(RUIZ, GENERAL, "More of it")
    assert replaced is message
    assert replaced.ephemeral_for == RUIZ
    assert slack.messages(PARK, GENERAL) == []


def test_a_response_url_works_five_times_and_then_is_used(
    slack: SandboxServer, report: Message
) -> None:
    url = slack.workspace.new_response_url(RUIZ, report.channel, report.ts)
    answers = [fetch(url, {"text": f"Answer {n}"}) for n in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5][1]
    assert len(slack.messages(RUIZ)) == 6


def test_a_response_url_may_post_for_all_replace_and_delete(
    slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postMessage(channel=GENERAL, text="Card", blocks=card("Card"))
    message = slack.messages(RUIZ, GENERAL)[0]
    url = slack.workspace.new_response_url(RUIZ, GENERAL, message.ts)
    fetch(url, {"text": "To all", "response_type": "in_channel"})
    fetch(url, {"text": "To you"})
    assert [m.text for m in slack.messages(PARK, GENERAL)] == ["Card", "To all"]
    fetch(url, {"text": "Changed", "replace_original": True})
    assert (message.text, message.blocks) == ("Changed", [])
    fetch(url, {"delete_original": True})
    assert [m.text for m in slack.messages(PARK, GENERAL)] == ["To all"]
    assert fetch(url, {"text": "Late", "replace_original": True})[0] == 200
    assert slack.messages(RUIZ, GENERAL)[-1].text == "Late"


def test_a_response_url_refuses_what_slack_refuses(slack: SandboxServer) -> None:
    url = slack.workspace.new_response_url(RUIZ, GENERAL)
    assert fetch(url, {"blocks": [{"type": "banner"}]})[0] == 400
    assert fetch(url, {})[0] == 400
    assert fetch(url, {"text": "x", "replace_original": True})[0] == 200
    assert fetch(f"{slack.url}/actions/T0SANDBOX/none", {"text": "x"})[0] == 404
    assert fetch(url, "no object")[0] == 400


def test_a_response_url_expires(slack: SandboxServer) -> None:
    url = slack.workspace.new_response_url(RUIZ, GENERAL)
    name = url.rsplit("/", 1)[1]
    slack.workspace.response_urls[name].expires_at = 0
    assert "expired_url" in fetch(url, {"text": "x"})[1]


def test_every_word_of_a_message_can_be_read(report: Message) -> None:
    assert {"A report", "Maya", "More", "30 days"} <= set(full_text(report).split("\n"))


def test_waiting_ends_after_its_time(slack: SandboxServer) -> None:
    with pytest.raises(TimeoutError, match="a message matching 'never'"):
        slack.wait_for_message(RUIZ, matching="never", timeout=0.05)


def test_messages_can_be_told_apart_by_a_function_and_by_time(
    slack: SandboxServer, client: WebClient
) -> None:
    first = client.chat_postMessage(channel=RUIZ, text="same")
    client.chat_postMessage(channel=RUIZ, text="same")
    later = slack.wait_for_message(RUIZ, matching="same", after=first["ts"])
    assert later.ts > first["ts"]
    assert slack.wait_for_message(RUIZ, matching=lambda m: m.ts == first["ts"]).text == "same"


def test_people_act_only_where_they_are(slack: SandboxServer, client: WebClient) -> None:
    with pytest.raises(SlackError, match="channel_not_found"):
        slack.say(PARK, "#staff-room", "x")
    with pytest.raises(SlackError, match="user_not_found"):
        slack.say("U0NOBODY", GENERAL, "x")
    assert refusal(client.users_info, user="U0NOBODY") == "user_not_found"
