"""Running a command of `app.py` in this process, in a folder and an environment of its own."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from handlers.cli.demo import LocalSlack
from handlers.cli.main import run


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def no_slack(
    _school: dict[str, Any], _port: int, _mail: socket
) -> AbstractContextManager[LocalSlack]:
    raise AssertionError("only the demo opens a local Slack")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, with none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "PORT", "HOST", "SMTP_URL", "CALDAV_URL", "TZ_DEFAULT"):
        monkeypatch.delenv(name, raising=False)
    for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "API_URL"):
        monkeypatch.delenv(f"SLACK_{name}", raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def kept_logging() -> Iterator[None]:
    """Commands set logging up for the whole process; afterwards it is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs `app.py` with some words."""

    def ended(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["app.py", *words])
        with pytest.raises(SystemExit) as end:
            run(no_slack)
        written = capsys.readouterr()
        return Ended(int(end.value.code or 0), written.out, written.err)

    return ended
