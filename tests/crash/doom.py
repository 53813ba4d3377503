"""The points at which a process kills itself with -9, laid around the functions of the outbox.

A point is a word such as `claim:after commit`. Those of a commit are named by the module of `bot`
that carries the transaction out: `claim`, `marks` (before the call), `book` (what came of it),
`gate` (a ban), `files` and `documents`, `clock` and so on.
"""

import os
import signal
import socket
import sys
import threading
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bot import slack as bot_slack
from bot.mail.client import Mailer
from bot.slack import SlackGateway
from tests.crash.diary import Diary
from tests.crash.watch import Wrap, around

BEFORE, AFTER = "before commit", "after commit"
CALLS = ("call:before", "call:amid", "call:after")
UPLOADS = ("upload:before", "upload:amid", "upload:after")
COMMITS = tuple(
    f"{where}:{when}"
    for where in ("claim", "marks", "book", "gate", "files", "documents", "clock")
    for when in (BEFORE, AFTER)
)
MAILS = ("mail:before", "mail:amid", "mail:after")
POINTS = (*COMMITS, *CALLS, *UPLOADS, *MAILS)
BOT = str(Path(bot_slack.__file__).parent)
AMID = 0.004
"""Seconds from the beginning of a call to the death in the midst of it."""


@dataclass(frozen=True, slots=True)
class Doom:
    """To die at `point`, the `turn`-th time that it is reached."""

    point: str
    turn: int


class Reaper:
    """Kills the process that it lives in once its doom is reached."""

    def __init__(self, doom: Doom | None, diary: Diary) -> None:
        self._doom, self._diary = doom, diary
        self._left = doom.turn if doom else 0
        self._lock = threading.Lock()

    def reach(self, point: str) -> None:
        """The process stands at a point; it may end here."""
        if self.is_due(point):
            self.die(point)

    def is_due(self, point: str) -> bool:
        """Whether this is the time to die at the point; counts it."""
        if self._doom is None or point != self._doom.point:
            return False
        with self._lock:
            self._left -= 1
            return self._left == 0

    def die(self, point: str) -> None:
        """End as `kill -9` ends it."""
        self._diary.write("died", point=point)
        os.kill(os.getpid(), signal.SIGKILL)


def lay_out(reaper: Reaper, engine: Engine) -> None:
    """Lay all points around the functions of this process."""
    event.listen(engine, "commit", lambda _connection: reaper.reach(f"{where()}:{BEFORE}"))
    event.listen(Session, "after_commit", lambda _session: reaper.reach(f"{where()}:{AFTER}"))
    _around_calls(reaper)
    _around_uploads(reaper)
    _around_mails(reaper)


def where() -> str:
    """The innermost module of `bot` that is being carried out in this thread; empty for none."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(BOT):
            return Path(frame.f_code.co_filename).stem
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def _around_calls(reaper: Reaper) -> None:
    def call(real: Wrap, *args: Any, **kwargs: Any) -> Any:
        reaper.reach("call:before")
        if reaper.is_due("call:amid"):
            threading.Timer(AMID, reaper.die, ("call:amid",)).start()
        answer = real(*args, **kwargs)
        reaper.reach("call:after")
        return answer

    around(SlackGateway, "call_reserved", call)


def _around_uploads(reaper: Reaper) -> None:
    def upload(real: Wrap, gateway: SlackGateway, workspace: int, url: str, content: bytes) -> None:
        reaper.reach("upload:before")
        if reaper.is_due("upload:amid"):
            send_half(url, content)
            reaper.die("upload:amid")
        real(gateway, workspace, url, content)
        reaper.reach("upload:after")

    around(SlackGateway, "upload", upload)


def _around_mails(reaper: Reaper) -> None:
    def send(real: Wrap, *args: Any, **kwargs: Any) -> None:
        reaper.reach("mail:before")
        if reaper.is_due("mail:amid"):
            threading.Timer(AMID, reaper.die, ("mail:amid",)).start()
        real(*args, **kwargs)
        reaper.reach("mail:after")

    around(Mailer, "send", send)


def send_half(url: str, content: bytes) -> None:
    """Begin an upload and send half of it."""
    to = urllib.parse.urlsplit(url)
    head = f"POST {to.path} HTTP/1.1\r\nHost: {to.netloc}\r\nContent-Length: {len(content)}\r\n\r\n"
    connection = socket.create_connection((str(to.hostname), to.port or 80))
    connection.sendall(head.encode() + content[: len(content) // 2])
