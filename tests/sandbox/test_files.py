"""Files: uploading, getting ready, being shown, being taken away."""

import json
import urllib.request
from typing import Any

from slack_sdk import WebClient

from sandbox import Message, SandboxServer
from tests.sandbox.support import (
    APP,
    GENERAL,
    PARK,
    PNG,
    RUIZ,
    complaints,
    fetch,
    ready_upload,
    refusal,
    upload,
)


def picture(file_id: str) -> dict[str, object]:
    """A picture from Slack's own files."""
    return {"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}}


def address(slack: SandboxServer, file_id: str, user: str = "") -> str:
    """Where the page gets a picture."""
    return f"{slack.url}/files-pri/T0SANDBOX-{file_id}/file?user={user}"


def test_a_file_is_not_ready_at_once(slack: SandboxServer, client: WebClient) -> None:
    file_id = upload(client)
    assert client.files_info(file=file_id)["file"]["mimetype"] == ""
    shown: dict[str, Any] = {"channel": RUIZ, "text": "x", "blocks": [picture(file_id)]}
    problems = complaints(client.chat_postMessage, **shown)
    assert "invalid slack file [json-pointer:/blocks/0/slack_file]" in problems
    slack.wait_until(lambda: client.files_info(file=file_id)["file"]["mimetype"])
    assert client.files_info(file=file_id)["file"]["filetype"] == "png"
    client.chat_postMessage(**shown)


def test_a_file_is_seen_only_by_those_who_see_a_message_with_it(
    slack: SandboxServer, client: WebClient
) -> None:
    file_id = ready_upload(slack, client)
    assert fetch(address(slack, file_id, RUIZ))[0] == 404
    client.chat_postMessage(channel=RUIZ, text="x", blocks=[picture(file_id)])
    assert fetch(address(slack, file_id, RUIZ))[0] == 200
    assert fetch(address(slack, file_id, PARK))[0] == 404
    assert fetch(address(slack, file_id))[0] == 404
    assert fetch(address(slack, file_id), token=APP.bot_token)[0] == 200


def test_a_file_in_app_home_is_seen_by_its_person(slack: SandboxServer, client: WebClient) -> None:
    file_id = ready_upload(slack, client)
    url = client.files_info(file=file_id)["file"]["url_private"]
    block = {"type": "image", "alt_text": "A chart", "slack_file": {"url": url}}
    client.views_publish(user_id=RUIZ, view={"type": "home", "blocks": [picture(file_id), block]})
    assert fetch(address(slack, file_id, RUIZ))[0] == 200


def test_an_ephemeral_message_takes_no_file(slack: SandboxServer, client: WebClient) -> None:
    file_id = ready_upload(slack, client)
    shown = {"channel": GENERAL, "user": RUIZ, "text": "x", "blocks": [picture(file_id)]}
    assert refusal(client.chat_postEphemeral, **shown) == "invalid_blocks"


def test_a_deleted_file_is_gone_from_its_messages(slack: SandboxServer, client: WebClient) -> None:
    file_id = ready_upload(slack, client)
    client.chat_postMessage(channel=RUIZ, text="x", blocks=[picture(file_id)])
    client.files_delete(file=file_id)
    assert refusal(client.files_info, file=file_id) == "file_deleted"
    assert fetch(address(slack, file_id, RUIZ))[0] == 404


def stored(client: WebClient, name: str = "Report.pdf") -> str:
    """A file whose bytes are there, and whose upload is not completed; returns its id."""
    reserved = client.files_getUploadURLExternal(filename=name, length=3)
    with urllib.request.urlopen(reserved["upload_url"], b"pdf") as answer:
        assert answer.status == 200
    return str(reserved["file_id"])


def shared(slack: SandboxServer, client: WebClient, **more: Any) -> Message:
    """The message of a document that was shared with Ms Ruiz."""
    files: list[dict[str, str | None]] = [{"id": stored(client), "title": "Report.pdf"}]
    own = slack.where(RUIZ).id
    client.files_completeUploadExternal(files=files, channel_id=own, **more)
    return slack.wait_for_message(RUIZ, "", lambda message: bool(message.files))


def test_a_file_can_be_shared_in_a_conversation_but_not_with_a_persons_id(
    slack: SandboxServer, client: WebClient
) -> None:
    file_id = stored(client)
    files: list[dict[str, str | None]] = [{"id": file_id, "title": "Report"}]
    complete = client.files_completeUploadExternal
    own = slack.where(RUIZ).id
    assert refusal(complete, files=files, channel_id=RUIZ) == "invalid_channel"
    assert refusal(complete, files=files, channel_id="C0X") == "channel_not_found"
    assert refusal(complete, files=files, channel_id="C0ELSEWHERE") == "not_in_channel"
    complete(files=files, channel_id=own, initial_comment="Here it is")
    assert slack.messages(RUIZ) == []
    message = slack.wait_for_message(RUIZ, "", "Here it is")
    assert message.files == [file_id]
    assert fetch(address(slack, file_id, RUIZ))[0] == 200
    history = client.conversations_history(channel=own)
    assert history["messages"][0]["files"][0]["title"] == "Report"


def test_an_upload_is_completed_once_and_known_only_then(
    slack: SandboxServer, client: WebClient
) -> None:
    file_id = stored(client)
    assert refusal(client.files_info, file=file_id) == "file_not_found"
    files: list[dict[str, str | None]] = [{"id": file_id, "title": "Report.pdf"}]
    client.files_completeUploadExternal(files=files, channel_id=slack.where(RUIZ).id)
    again = {"files": files, "channel_id": slack.where(RUIZ).id}
    assert refusal(client.files_completeUploadExternal, **again) == "file_not_found"
    assert client.files_info(file=file_id)["file"]["shares"] == {}
    slack.wait_for_message(RUIZ, "", lambda message: bool(message.files))


def test_the_file_says_in_which_messages_it_stands(slack: SandboxServer, client: WebClient) -> None:
    message = shared(slack, client, initial_comment="Here it is")
    file = client.files_info(file=message.files[0])["file"]
    own = slack.where(RUIZ).id
    assert file["shares"] == {"private": {own: [{"ts": message.ts}]}}
    assert (file["ims"], file["channels"]) == ([own], [])
    assert fetch(file["permalink"] + f"?user={RUIZ}")[0] == 200


RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Your report"}]}
    ],
}


def test_blocks_stand_with_the_file_unless_words_are_given(
    slack: SandboxServer, client: WebClient
) -> None:
    message = shared(slack, client, blocks=json.dumps([RICH]))
    assert (message.text, message.blocks[0]["type"]) == ("Your report", "rich_text")
    shared(slack, client, blocks=json.dumps([RICH]), initial_comment="Words")
    words = slack.wait_for_message(RUIZ, "", "Words")
    assert words.blocks == []
    bad = [{"type": "rich_text"}]
    files = [{"id": stored(client), "title": "x"}]
    arguments = {"files": files, "channel_id": slack.where(RUIZ).id, "blocks": json.dumps(bad)}
    assert refusal(client.files_completeUploadExternal, **arguments) == "invalid_blocks"


def test_a_document_is_opened_or_kept_under_its_name(
    slack: SandboxServer, client: WebClient
) -> None:
    file_id = shared(slack, client, initial_comment="x").files[0]
    for query, way in (("", "inline"), ("&download", "attachment")):
        with urllib.request.urlopen(f"{address(slack, file_id, RUIZ)}{query}") as answer:
            assert answer.headers["Content-Disposition"] == f"{way}; filename*=UTF-8''Report.pdf"
            assert answer.headers["Content-Type"] == "application/pdf"


def test_a_deleted_document_leaves_a_gravestone_in_its_message(
    slack: SandboxServer, client: WebClient
) -> None:
    message = shared(slack, client, initial_comment="x")
    client.files_delete(file=message.files[0])
    history = client.conversations_history(channel=message.channel)["messages"]
    assert history[0]["files"] == [{"id": message.files[0], "mode": "tombstone"}]


def test_a_file_deleted_before_it_is_ready_is_shared_nowhere(
    slack: SandboxServer, client: WebClient
) -> None:
    file_id = stored(client)
    files: list[dict[str, str | None]] = [{"id": file_id, "title": "Report.pdf"}]
    client.files_completeUploadExternal(files=files, channel_id=slack.where(RUIZ).id)
    client.files_delete(file=file_id)
    shared(slack, client, initial_comment="the other")
    assert [message.text for message in slack.messages(RUIZ)] == ["the other"]


def test_an_upload_that_is_not_whole_is_refused(slack: SandboxServer, client: WebClient) -> None:
    reserve = client.files_getUploadURLExternal
    assert refusal(reserve, filename="x.png", length=0) == "invalid_arguments"
    reserved = reserve(filename="x.png", length=99)
    files = [{"id": reserved["file_id"], "title": "x"}]
    complete = client.files_completeUploadExternal
    assert refusal(complete, files=files) == "file_upload_incomplete"
    assert fetch(reserved["upload_url"], {})[0] == 400
    assert fetch(f"{slack.url}/upload/v1/F0NONE", {})[0] == 404
    assert refusal(complete, files=[]) == "invalid_arguments"
    assert refusal(client.files_info, file="F0NONE") == "file_not_found"


def test_the_sdks_own_upload_and_forms_work_too(slack: SandboxServer, client: WebClient) -> None:
    own = slack.where(RUIZ).id
    client.files_upload_v2(channel=own, content=PNG, filename="a.png", title="A chart")
    assert len(slack.wait_for_message(RUIZ).files) == 1
    reserved = client.files_getUploadURLExternal(filename="b.csv", length=4)
    head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="b.csv"\r\n\r\na,b\n'
    form = head + b"\r\n--B--"
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    request = urllib.request.Request(reserved["upload_url"], form, headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.read() == b"OK - 4"


def test_a_form_without_a_file_has_no_bytes(slack: SandboxServer, client: WebClient) -> None:
    reserved = client.files_getUploadURLExternal(filename="b.csv", length=4)
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    request = urllib.request.Request(reserved["upload_url"], b"--B--", headers)
    try:
        urllib.request.urlopen(request)
    except urllib.error.HTTPError as problem:
        with problem:
            assert problem.code == 400
