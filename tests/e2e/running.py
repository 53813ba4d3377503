"""Running `app.py` as people do: as a process, with an environment of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.ports import free_port

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app.py"
# A newcomer may have real tokens lying about: the demo heeds none of them.
STRAY = {
    "SLACK_BOT_TOKEN": "xoxb-real",
    "SLACK_API_URL": "https://slack.invalid/api/",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "x",
    "DATABASE_URL": "sqlite:////nowhere/at/all.db",
}
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START")


def environment(**variables: str) -> dict[str, str]:
    """An environment that holds nothing of Slack's but what is given."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | variables


def run_app(
    *words: str, folder: Path, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, in `folder`."""
    return subprocess.run(
        [sys.executable, str(APP), *words],
        cwd=folder,
        env=environment(**(variables or {})),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@dataclass
class Running:
    """`app.py serve` or `app.py demo` as a process, until the end of the `with` block.

    `port` is where the bot answers HTTP; `log` is all that it wrote.
    """

    words: tuple[str, ...]
    folder: Path
    port: int
    variables: Mapping[str, str]
    exit_code: int | None = None

    @property
    def url(self) -> str:
        """The bot's own address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the process wrote so far."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of one of the bot's pages."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def kill(self) -> None:
        """End it as by a power cut."""
        self._process.kill()
        self._process.wait(20)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end; returns its exit code."""
        self._process.send_signal(number)
        self.exit_code = self._process.wait(20)
        return self.exit_code

    def __enter__(self) -> Self:
        with (self.folder / "log.txt").open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-u", str(APP), *self.words],
                cwd=self.folder,
                env=environment(**self.variables),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self._process.kill()
        raise AssertionError(f"it did not become ready:\n{self.log}")


def serving(folder: Path, slack_api_url: str, **variables: str) -> Running:
    """`app.py serve` in `folder`, on a free port, with `slack_api_url` as its Slack."""
    port = free_port()
    given = {
        "PORT": str(port),
        "SLACK_API_URL": slack_api_url,
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "LOG_LEVEL": "INFO",
        **variables,
    }
    return Running(("serve",), folder, port, given)


@contextmanager
def demonstrating(folder: Path) -> Iterator[Running]:
    """`app.py demo` in `folder`, its page on a free port just below the bot's, once it is open."""
    port = free_port()
    variables = {**STRAY, "PORT": str(port)}
    with Running(("demo",), folder, port + 1, variables) as running:
        until(lambda: "is open" in running.log)
        yield running


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something holds; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
