"""A file in three steps: an address, the bytes, done; and then it takes a while."""

import time
import urllib.error
import urllib.request

from tests.contract.places import Place
from tests.contract.support import outcome, refused

CONTENT = b"%PDF-1.4 a small file"


def reserve(place: Place, name: str = "report.pdf") -> tuple[str, str]:
    """An address to send bytes to, and the file's id."""
    answer = place.bot.files_getUploadURLExternal(filename=name, length=len(CONTENT))
    return str(answer["upload_url"]), str(answer["file_id"])


def send(address: str) -> int:
    """Send the bytes; returns the status."""
    request = urllib.request.Request(address, CONTENT, method="POST")
    request.add_header("Content-Type", "application/octet-stream")
    with urllib.request.urlopen(request) as answer:
        return int(answer.status)


def complete(place: Place, file_id: str, **more: str) -> str:
    """Finish an upload; `ok` or the error code."""
    files = [{"id": file_id, "title": "Report"}]
    return outcome(place.bot.files_completeUploadExternal, files=files, **more)


def uploaded(place: Place) -> str:
    """A file that is there and shared nowhere."""
    address, file_id = reserve(place)
    assert send(address) == 200
    assert complete(place, file_id) == "ok"
    return file_id


def kind_of(place: Place, file_id: str) -> str:
    """The file's type, once it is known; nothing after five seconds."""
    for _ in range(50):
        kind = place.bot.files_info(file=file_id)["file"]["mimetype"]
        if kind:
            return str(kind)
        time.sleep(0.1)
    return ""


def test_a_file_takes_three_steps_and_is_ready_in_the_end(place: Place) -> None:
    file_id = uploaded(place)
    assert file_id.startswith("F")
    assert kind_of(place, file_id) == "application/pdf"
    file = place.bot.files_info(file=file_id)["file"]
    assert (file["name"], file["title"], file["size"]) == ("report.pdf", "Report", len(CONTENT))
    assert file["url_private"]


def test_an_upload_without_its_bytes_cannot_be_completed(place: Place) -> None:
    _, file_id = reserve(place)
    found = complete(place, file_id)
    assert found == place.expected("files: without bytes", "file_upload_incomplete")


def test_an_upload_is_completed_once(place: Place) -> None:
    file_id = uploaded(place)
    assert complete(place, file_id) == "file_not_found"


def test_bytes_of_another_length_are_refused(place: Place) -> None:
    answer = place.bot.files_getUploadURLExternal(filename="x.pdf", length=5)
    found = outcome_of_sending(str(answer["upload_url"]))
    assert found == place.expected("files: another length", 400)


def outcome_of_sending(address: str) -> int:
    """The status of sending the bytes, whatever it is."""
    try:
        return send(address)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def test_a_file_is_unknown_until_it_is_completed(place: Place) -> None:
    address, file_id = reserve(place)
    send(address)
    assert refused(place.bot.files_info, file=file_id) == "file_not_found"
    assert refused(place.bot.files_info, file="F0NOWHERE") == "file_not_found"


def test_a_shared_file_stands_in_its_conversation(place: Place, direct: str) -> None:
    address, file_id = reserve(place)
    send(address)
    assert complete(place, file_id, channel_id=direct, initial_comment="Here") == "ok"
    for _ in range(50):
        found = place.bot.conversations_history(channel=direct, limit=1)["messages"]
        if found and found[0].get("files"):
            break
        time.sleep(0.1)
    assert [f["id"] for f in found[0]["files"]] == [file_id]
    assert place.bot.files_info(file=file_id)["file"]["ims"] == [direct]


def test_a_file_is_shared_with_a_conversation_and_with_no_person(place: Place) -> None:
    address, file_id = reserve(place)
    send(address)
    found = complete(place, file_id, channel_id=place.person)
    assert found == place.expected("files: channel_id of a person", "invalid_channel")
    assert complete(place, reserve(place)[1], channel_id="C0NOWHERE") in (
        "channel_not_found",
        place.expected("files: without bytes", "file_upload_incomplete"),
    )


def test_a_deleted_file_is_gone(place: Place) -> None:
    file_id = uploaded(place)
    assert place.bot.files_delete(file=file_id)["ok"]
    code = place.expected("files: deleted", "file_deleted")
    assert refused(place.bot.files_info, file=file_id) == code
