"""The demo, started as a newcomer starts it, answers end to end with pictures."""

import json
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.reading import words_of
from tests.e2e.running import Running, demonstrating, run_app, until
from tests.ports import free_port

TEACHER, STUDENT, GENERAL = "U0RUIZ", "U0LEO", "C0GENERAL"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("demo")
    (found / ".env").write_text("SLACK_APP_TOKEN=xapp-real\nTZ_DEFAULT=Nowhere\n")
    return found


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Running]:
    with demonstrating(folder) as found:
        yield found


def slack(running: Running, path: str, data: dict[str, str] | None = None) -> Any:
    """Ask the demo's local Slack."""
    body = None if data is None else json.dumps(data).encode()
    address = f"http://127.0.0.1:{running.port - 1}/{path}"
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=10) as answer:
        return json.load(answer)


def command(running: Running, user: str, name: str, words: str) -> str:
    """Give a command in #general; returns what the asker alone is shown."""
    data = {"user": user, "channel": GENERAL, "command": name, "text": words}
    answer = slack(running, "_sandbox/command", data)
    assert answer["ok"], answer
    return words_of(answer["message"]["blocks"])


def direct_messages(running: Running, user: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = slack(running, f"_sandbox/messages?user={user}")
    return found


def test_the_demo_has_a_mailbox(running: Running) -> None:
    assert slack(running, "_sandbox/mails")["mailbox"] is True


@pytest.mark.parametrize(
    ("name", "words", "title"),
    [
        ("/class-report", "Grade 5", "Grade 5 Maths"),
        ("/student-report", "Maya", "Maya Okafor"),
        ("/student-report", "o'neil term", "Sam O'Neil"),
    ],
)
def test_a_command_brings_a_report_with_a_picture(
    running: Running, name: str, words: str, title: str
) -> None:
    before = len(direct_messages(running, TEACHER))
    assert "is in your messages with me" in command(running, TEACHER, name, words)
    until(lambda: len(direct_messages(running, TEACHER)) > before)
    report = direct_messages(running, TEACHER)[-1]
    assert title in words_of(report["blocks"])
    assert title not in report["text"]
    assert any(block["type"] == "image" and block["alt_text"] for block in report["blocks"])


def test_a_student_gets_no_report(running: Running) -> None:
    words = command(running, STUDENT, "/student-report", "Maya")
    assert "is in your messages" not in words
    assert direct_messages(running, STUDENT) == []


def test_the_printed_address_opens_and_tells_what_to_type(running: Running) -> None:
    page = f"http://localhost:{running.port - 1}"
    assert page in running.log
    assert "/student-report Maya" in running.log
    assert "/skill-report Fractions" in running.log
    with urllib.request.urlopen(page, timeout=10) as answer:
        assert b"<title>" in answer.read()


def test_ctrl_c_ends_it_cleanly_and_the_school_is_kept_for_the_day(folder: Path) -> None:
    with demonstrating(folder) as first:
        assert first.stop(signal.SIGINT) == 0
        assert "has ended" in first.log
        assert "Traceback" not in first.log
    [school] = (folder / "demo-data").glob("*.db")
    made = school.stat().st_ino
    with demonstrating(folder) as second:
        assert second.stop() == 0
    assert school.stat().st_ino == made


@pytest.mark.parametrize("offset", [0, 1])
def test_a_taken_port_is_told_in_words(tmp_path: Path, offset: int) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port + offset)):
        ended = run_app("demo", folder=tmp_path, variables={"PORT": str(port)})
    assert ended.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port + offset}" in ended.stderr
    assert "Traceback" not in ended.stderr
