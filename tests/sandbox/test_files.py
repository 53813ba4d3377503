"""Files: uploading, getting ready, being shown, being taken away."""

import urllib.request
from typing import Any

from slack_sdk import WebClient

from sandbox import SandboxServer
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


def test_a_file_can_be_shared_in_a_conversation_but_not_with_a_persons_id(
    slack: SandboxServer, client: WebClient
) -> None:
    reserved = client.files_getUploadURLExternal(filename="Report.pdf", length=3)
    with urllib.request.urlopen(reserved["upload_url"], b"pdf") as answer:
        assert answer.status == 200
    files = [{"id": reserved["file_id"], "title": "Report"}]
    complete = client.files_completeUploadExternal
    own = slack.where(RUIZ).id
    assert refusal(complete, files=files, channel_id=RUIZ) == "invalid_channel"
    assert refusal(complete, files=files, channel_id="C0X") == "channel_not_found"
    assert refusal(complete, files=files, channel_id="C0ELSEWHERE") == "not_in_channel"
    complete(files=files, channel_id=own, initial_comment="Here it is")
    message = slack.messages(RUIZ)[0]
    assert (message.text, message.files) == ("Here it is", [reserved["file_id"]])
    slack.wait_until(lambda: client.files_info(file=reserved["file_id"])["file"]["mimetype"])
    assert fetch(address(slack, reserved["file_id"], RUIZ))[0] == 200
    history = client.conversations_history(channel=own)
    assert history["messages"][0]["files"][0]["title"] == "Report"


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
    assert len(slack.messages(RUIZ)[0].files) == 1
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
