"""The book: what stands in it, that no kill empties it, and which calls were inside a ban."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import SandboxServer, read_ledger
from sandbox.bans import Bans
from sandbox.ledger import block_ids
from tests.sandbox.support import APP, CONFIG, GENERAL, RUIZ, bot_client, fetch, upload

ROOT = Path(__file__).parent.parent.parent


def marked(mark: str) -> list[dict[str, Any]]:
    """Blocks with an id by which to find them again."""
    text = {"type": "plain_text", "text": "Hello"}
    return [{"type": "section", "block_id": mark, "text": text}]


@contextmanager
def of_its_own(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", WebClient]]:
    """A sandbox as a process of its own, and a client of it."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as run:  # type: ignore[call-overload]
        address = run.stdout.readline().strip()
        yield run, WebClient(APP.bot_token, base_url=f"{address}/api/", retry_handlers=[])
        run.kill()


def test_the_book_outlives_a_killed_sandbox_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with of_its_own("--ledger", str(path)) as (run, client):
        sent = client.chat_postMessage(channel="U0TEACHER", text="x", blocks=marked("d-1"))
        run.send_signal(signal.SIGKILL)
        run.wait()
    path.write_bytes(path.read_bytes() + b'{"entry": "call", "num')
    book = read_ledger(path)
    call = book.calls("chat.postMessage", accepted=True)[0]
    assert (call.conversation, call.ts) == (sent["channel"], sent["ts"])
    assert call.block_ids == ("d-1",)
    assert book.shown("d-") == {"d-1": 1}
    path.write_bytes(path.read_bytes().rpartition(b"\n")[0] + b"\n")
    with of_its_own("--ledger", str(path)) as (_, client):
        client.auth_test()
    numbers = [entry.number for entry in read_ledger(path).entries()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 3


def test_faults_come_from_a_file_and_from_the_config(tmp_path: Path) -> None:
    faults, config = tmp_path / "faults.json", tmp_path / "config.json"
    faults.write_text(json.dumps([{"method": "auth.test", "script": ["ratelimited"]}]))
    config.write_text(json.dumps({"faults": [{"method": "api.test", "mix": {"server_error": 1}}]}))
    with of_its_own("--faults", str(faults), "--config", str(config)) as (_, client):
        with pytest.raises(SlackApiError) as caught:
            client.auth_test()
        assert caught.value.response.status_code == 429
        with pytest.raises(SlackApiError) as caught:
            client.api_test()
        assert caught.value.response.status_code == 500


def test_lost_and_doubled_can_be_told_from_the_book_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with SandboxServer(CONFIG, ledger=path) as slack:
        client = bot_client(slack)
        for mark in ("d-1", "d-2", "d-2"):
            sent = client.chat_postMessage(channel=RUIZ, text="x", blocks=marked(mark))
        client.chat_update(channel=sent["channel"], ts=sent["ts"], text="x", blocks=marked("d-2"))
        client.chat_delete(channel=sent["channel"], ts=sent["ts"])
        slack.say(RUIZ, GENERAL, "a person's words are no message of the app")
    book = read_ledger(path)
    assert book.shown("d-") == {"d-1": 1, "d-2": 2}
    acts = [m.act for m in book.messages() if "d-2" in m.block_ids]
    assert acts == ["posted", "posted", "changed", "deleted"]
    assert book.as_data() == slack.ledger.as_data()


def test_an_upload_with_blocks_is_found_where_it_shows(
    slack: SandboxServer, client: WebClient
) -> None:
    channel = client.conversations_open(users=RUIZ)["channel"]["id"]
    reserved = client.files_getUploadURLExternal(filename="x.png", length=2)
    fetch(reserved["upload_url"], {})
    client.api_call(
        "files.completeUploadExternal",
        json={
            "files": [{"id": reserved["file_id"]}],
            "channel_id": channel,
            "blocks": marked("d-9"),
        },
    )
    call = slack.ledger.calls("files.completeUploadExternal", accepted=True)[0]
    assert (call.channel, call.block_ids) == (channel, ("d-9",))
    assert call.files == (reserved["file_id"],)
    assert slack.ledger.shown("d-") == {}
    slack.wait_until(lambda: slack.ledger.shown("d-") == {"d-9": 1})
    assert slack.ledger.messages()[-1].files == call.files


def test_a_call_inside_a_ban_says_how_far_inside(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("auth.test", "ratelimited", retry_after=60)
    with pytest.raises(SlackApiError):
        client.auth_test()
    client.auth_test()
    client.api_test()
    early = slack.ledger.early()
    assert [c.method for c in early] == ["auth.test"]
    assert early[0].since_told is not None
    assert early[0].since_told > 0
    assert slack.ledger.early(margin=60) == []


def test_the_upload_address_can_be_banned_as_well(slack: SandboxServer, client: WebClient) -> None:
    slack.faults.set("upload", "ratelimited", retry_after=60)
    reserved = client.files_getUploadURLExternal(filename="x.png", length=2)
    assert fetch(reserved["upload_url"], {})[0] == 429
    assert upload(client)
    assert [c.early for c in slack.ledger.calls("upload")] == [False, True]


def test_what_was_under_way_when_the_app_was_told_is_no_offence() -> None:
    now = [100.0]
    bans = Bans(lambda: now[0])
    bans.begin("xoxb", "chat.update", "", 10)
    assert bans.since_told("xoxb", "chat.update", "C1", received=99.9) is None
    assert bans.since_told("xoxb", "chat.update", "C1", received=103) == 3
    assert bans.since_told("xoxb", "chat.update", "C1", received=110) is None
    assert bans.since_told("xoxb", "chat.delete", "C1", received=103) is None
    assert bans.since_told("other", "chat.update", "C1", received=103) is None
    now[0] = 105.0
    bans.begin("xoxb", "chat.update", "", 1)
    assert bans.since_told("xoxb", "chat.update", "", received=109) == 9
    now[0] = 120.0
    bans.begin("xoxb", "chat.update", "C1", 5)
    assert bans.since_told("xoxb", "chat.update", "C1", received=122) == 2
    assert bans.since_told("xoxb", "chat.update", "C2", received=121) is None
    assert bans.since_told("xoxb", "chat.update", "C1", received=121) == 1
    bans.clear()
    assert bans.since_told("xoxb", "chat.update", "C1", received=121) is None


def test_a_call_of_which_another_is_told_meanwhile_was_under_way(
    slack: SandboxServer, client: WebClient
) -> None:
    slack.faults.script("auth.test", [{"kind": "late", "seconds": 0.3}, "ratelimited"])
    with pytest.raises(OSError, match="closed connection"):
        client.auth_test()
    with pytest.raises(SlackApiError):
        client.auth_test()
    slack.wait_until(lambda: len(slack.ledger.calls("auth.test")) == 2)
    outcomes = [(c.outcome, c.early) for c in slack.ledger.calls("auth.test")]
    assert outcomes == [("ratelimited", False), ("late", False)]


@pytest.mark.parametrize("blocks", [None, "not json", {"a": 1}, ["x", {}]])
def test_blocks_that_make_no_sense_have_no_ids(blocks: object) -> None:
    assert block_ids(blocks) == ()
