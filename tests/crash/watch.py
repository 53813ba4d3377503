"""Each call and each ban of a process, in its diary: who could have known of which ban.

A call is under way from when it has passed the gate. It cannot know of a ban that another process
saved after that; of one that its own process was told of, until the moment before it goes out.
"""

import functools
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock, local
from typing import Any

from bot.gate import Gate
from bot.slack import UPLOAD, SlackGateway
from tests.crash.diary import Diary

Wrap = Callable[..., Any]
UPLOAD_IN_LEDGER = "upload"
"""What Slack's ledger calls the address that the gate knows as `files.upload`."""
_thread = local()


def watch(diary: Diary) -> None:
    """Have this process write down its calls and bans."""
    _watch_gate(diary)
    _watch_calls(diary)
    _watch_uploads(diary)


def tell_of_first_call(line: Connection) -> None:
    """Have this process say on a line that it has begun, once."""
    first = Lock()

    def call(real: Wrap, *args: Any, **given: Any) -> Any:
        if first.acquire(blocking=False):
            line.send_bytes(b"begun")
        return real(*args, **given)

    around(SlackGateway, "call_reserved", call)


def around(owner: type, name: str, wrap: Wrap) -> None:
    """Lay `wrap(real, self, ...)` around a method of a class, for this whole process."""
    real = getattr(owner, name)

    @functools.wraps(real)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrap(real, *args, **kwargs)

    setattr(owner, name, wrapped)


def _watch_gate(diary: Diary) -> None:
    def reserve(real: Wrap, *args: Any, **kwargs: Any) -> Any:
        _thread.passed = time.time()
        return real(*args, **kwargs)

    def ban(
        real: Wrap, gate: Gate, sessions: Any, workspace: int, method: str, seconds: float, now: Any
    ) -> Any:
        told, name = time.time(), UPLOAD_IN_LEDGER if method == UPLOAD else method
        diary.write("told", method=name, seconds=seconds, told=told)
        until = real(gate, sessions, workspace, method, seconds, now)
        diary.write("known", method=name, told=told)
        return until

    around(Gate, "reserve", reserve)
    around(Gate, "ban", ban)


def _watch_calls(diary: Diary) -> None:
    def check(real: Wrap, gateway: SlackGateway, workspace: int, method: str) -> Any:
        checked = time.time()
        real(gateway, workspace, method)
        diary.write("go", method=method, passed=_thread.passed, checked=checked)

    def call(real: Wrap, gateway: SlackGateway, workspace: int, method: str, **given: Any) -> Any:
        try:
            return real(gateway, workspace, method, **given)
        finally:
            diary.write("end", method=method, passed=_thread.passed)

    around(SlackGateway, "_stop_if_banned", check)
    around(SlackGateway, "call_reserved", call)


def _watch_uploads(diary: Diary) -> None:
    def ready(real: Wrap, *args: Any) -> Any:
        passed = _thread.passed
        diary.write("go", method=UPLOAD_IN_LEDGER, passed=passed, checked=passed)
        return real(*args)

    def upload(real: Wrap, *args: Any) -> None:
        try:
            real(*args)
        finally:
            diary.write("end", method=UPLOAD_IN_LEDGER, passed=_thread.passed)

    around(SlackGateway, "_time_for", ready)
    around(SlackGateway, "upload", upload)
