"""Block Kit's limits: the longest that passes, and the shortest that does not."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer
from sandbox.blocks import check_blocks, check_view
from sandbox.errors import SlackError
from tests.sandbox.block_cases import BAD, GOOD, VIEW_PROBLEMS, Block
from tests.sandbox.support import RUIZ, complaints, ready_upload, refusal
from tests.sandbox.toy import form, mrkdwn, plain


def no_file(slack_file: Block) -> bool:
    """There are no files."""
    return False


@pytest.mark.parametrize("name", GOOD)
def test_what_keeps_the_limits_is_taken(slack: SandboxServer, client: WebClient, name: str) -> None:
    client.chat_postMessage(channel=RUIZ, text="x", blocks=GOOD[name])
    assert len(slack.messages(RUIZ)[0].blocks) == len(GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_a_limit_is_refused_with_its_place(name: str) -> None:
    blocks, words = BAD[name]
    with pytest.raises(SlackError, match="invalid_blocks") as caught:
        check_blocks(blocks, "message", no_file)
    assert words in "\n".join(caught.value.extra["response_metadata"]["messages"])


def test_the_api_says_what_is_wrong_and_posts_nothing(
    slack: SandboxServer, client: WebClient
) -> None:
    blocks, words = BAD["header of 151"]
    assert words in complaints(client.chat_postMessage, channel=RUIZ, text="x", blocks=blocks)
    assert slack.messages(RUIZ) == []
    client.chat_postMessage(channel=RUIZ, text="x", blocks=GOOD["header of 150"])
    assert slack.messages(RUIZ)[0].blocks[0]["type"] == "header"


def test_a_message_holds_about_13000_characters(client: WebClient) -> None:
    blocks = [mrkdwn("x" * 2700)] * 5
    sent = {"channel": RUIZ, "text": "x", "blocks": blocks}
    assert refusal(client.chat_postMessage, **sent) == "msg_blocks_too_long"


def test_blocks_that_are_no_list_of_objects_are_refused(client: WebClient) -> None:
    for broken in ("{", '"x"', '["x"]'):
        post = {"channel": RUIZ, "text": "x", "blocks": broken}
        assert refusal(client.chat_postMessage, **post) == "invalid_blocks_format"


@pytest.mark.parametrize("name", VIEW_PROBLEMS)
def test_a_view_that_breaks_a_limit_is_refused(name: str) -> None:
    change, words = VIEW_PROBLEMS[name]
    with pytest.raises(SlackError, match="invalid_arguments") as caught:
        check_view({**form(), **change}, no_file)
    assert words in "\n".join(caught.value.extra["response_metadata"]["messages"])


def test_inputs_need_a_submit_button(slack: SandboxServer, client: WebClient) -> None:
    view = {k: v for k, v in form().items() if k != "submit"}
    trigger = slack.workspace.new_trigger(RUIZ)
    words = complaints(client.views_open, trigger_id=trigger, view=view)
    assert "missing required field: submit" in words


def test_a_view_holds_250_kilobytes(slack: SandboxServer, client: WebClient) -> None:
    view = {"type": "home", "blocks": [mrkdwn("x" * 3000)] * 90}
    assert refusal(client.views_publish, user_id=RUIZ, view=view) == "view_too_large"


def test_an_alert_stands_in_modals(slack: SandboxServer, client: WebClient) -> None:
    alert = {"type": "alert", "level": "warning", "text": plain("Mind")}
    view = {**form(), "blocks": [alert, *form()["blocks"]]}
    client.views_open(trigger_id=slack.workspace.new_trigger(RUIZ), view=view)


def test_blocks_can_be_validated_without_sending(slack: SandboxServer, client: WebClient) -> None:
    def validate(**given: Any) -> str:
        return refusal(client.api_call, api_method="blocks.validate", json=given)

    assert validate(blocks=[{"type": "banner"}]) == "invalid_blocks"
    assert validate(message={"blocks": [{"type": "banner"}]}) == "invalid_message"
    assert validate(view={"type": "pane"}) == "invalid_view"
    assert validate() == "invalid_arguments"
    picture = {"type": "image", "alt_text": "x", "slack_file": {"id": ready_upload(slack, client)}}
    assert client.api_call("blocks.validate", json={"blocks": [picture]})["ok"]
    assert client.api_call("blocks.validate", json={"view": form()})["ok"]
