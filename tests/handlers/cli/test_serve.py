"""`app.py serve` in this process: it answers, and ends in order when it is told to."""

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.cli.serve import run_serve
from tests.e2e.running import until
from tests.e2e.tiny_slack import APP_TOKEN, BOT_TOKEN, SECRET, TinySlack
from tests.ports import free_port

HANGING = """
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from handlers.cli.serve import leave_within

ThreadPoolExecutor(1).submit(sleep, 60)
leave_within(0.2)
"""


@pytest.fixture
def slack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TinySlack]:
    with TinySlack() as slack:
        monkeypatch.setenv("SLACK_API_URL", slack.address)
        monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
        yield slack


@pytest.fixture(autouse=True)
def kept_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Teacher(threading.Thread):
    """Asks for help while the bot runs in the main thread, then tells the bot to end."""

    def __init__(self, slack: TinySlack, port: int, *, by_socket: bool, ends: int) -> None:
        super().__init__(daemon=True)
        self.slack, self.by_socket, self.ends = slack, by_socket, ends
        self.url = f"http://127.0.0.1:{port}"
        self.heard = self.metrics = ""

    def run(self) -> None:
        try:
            self.ask()
        finally:
            if callable(signal.getsignal(self.ends)):  # Else it would end the tests themselves.
                os.kill(os.getpid(), self.ends)

    def ask(self) -> None:
        until(self.is_ready)
        if self.by_socket:
            until(lambda: self.slack.connections)
            answer = self.slack.command_by_socket("U1", "/homeroom", "help")
        else:
            address = f"{self.url}/slack/events"
            answer = self.slack.command_by_http(address, "U1", "/homeroom", "help")
        self.heard = answer["response_type"]
        until(self.has_ticked)

    def has_ticked(self) -> bool:
        """Whether the clock has, whose first tick may take longer than a command."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=5) as page:
            self.metrics = page.read().decode()
        return "homeroom_clock_ticks_total{" in self.metrics

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except OSError:
            return False


@pytest.mark.parametrize(
    ("way", "ends"), [("socket", signal.SIGTERM), ("http", signal.SIGTERM), ("http", signal.SIGINT)]
)
def test_it_answers_and_ends_when_it_is_told_to(
    slack: TinySlack, monkeypatch: pytest.MonkeyPatch, way: str, ends: int
) -> None:
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    if way == "socket":
        monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    teacher = Teacher(slack, port, by_socket=way == "socket", ends=ends)
    teacher.start()
    run_serve()
    teacher.join()
    assert teacher.heard == "ephemeral"
    assert "homeroom_deliveries_waiting" in teacher.metrics
    assert 'homeroom_clock_ticks_total{outcome="done"}' in teacher.metrics
    assert ("homeroom_socket_connected" in teacher.metrics) == (way == "socket")
    until(lambda: slack.connections == 0)
    with pytest.raises(OSError):
        urllib.request.urlopen(f"{teacher.url}/healthz", timeout=1)


def test_it_is_ready_while_slack_is_down(slack: TinySlack, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    teacher = Teacher(slack, port, by_socket=False, ends=signal.SIGTERM)
    teacher.start()
    run_serve()
    teacher.join()
    assert teacher.heard == "ephemeral"


def test_a_call_that_never_ends_does_not_keep_the_process() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGING], timeout=30, check=False)
    assert ended.returncode == 0
