"""Each call and each ban of a process, in its diary: who could have known of which ban.

A call is under way from when it has passed the gate. It cannot know of a ban that another process
saved after that; of one that its own process was told of, until the moment before it goes out.
"""

import time
from datetime import datetime
from threading import local
from typing import Any

from sqlalchemy.orm import Session

from bot.gate import Gate, Wait
from bot.slack import UPLOAD, SlackGateway
from school.database import SessionFactory
from tests.crash.diary import Diary

_thread = local()
UPLOAD_IN_LEDGER = "upload"
"""What Slack's ledger calls the address that the gate knows as `files.upload`."""


def watch(diary: Diary) -> None:
    """Have this process write down its calls and bans."""
    _watch_gate(diary)
    _watch_calls(diary)
    _watch_uploads(diary)


def _watch_gate(diary: Diary) -> None:
    reserve, ban = Gate.reserve, Gate.ban

    def watched_reserve(
        self: Gate, session: Session, workspace_id: int, method: str, channel: str, now: datetime
    ) -> Wait | None:
        _thread.passed = time.time()
        return reserve(self, session, workspace_id, method, channel, now)

    def watched_ban(
        self: Gate,
        session_factory: SessionFactory,
        workspace_id: int,
        method: str,
        seconds: float,
        now: datetime,
    ) -> datetime:
        told, name = time.time(), UPLOAD_IN_LEDGER if method == UPLOAD else method
        diary.write("told", method=name, seconds=seconds, told=told)
        until = ban(self, session_factory, workspace_id, method, seconds, now)
        diary.write("known", method=name, told=told)
        return until

    Gate.reserve = watched_reserve  # type: ignore[method-assign]
    Gate.ban = watched_ban  # type: ignore[method-assign]


def _watch_calls(diary: Diary) -> None:
    check, call = SlackGateway._stop_if_banned, SlackGateway.call_reserved

    def watched_check(self: SlackGateway, workspace_id: int, method: str) -> None:
        checked = time.time()
        check(self, workspace_id, method)
        diary.write("go", method=method, passed=_thread.passed, checked=checked)

    def watched_call(
        self: SlackGateway, workspace_id: int, method: str, /, **given: Any
    ) -> dict[str, Any]:
        try:
            return call(self, workspace_id, method, **given)
        finally:
            diary.write("end", method=method, passed=_thread.passed)

    SlackGateway._stop_if_banned = watched_check  # type: ignore[method-assign]
    SlackGateway.call_reserved = watched_call  # type: ignore[method-assign]


def _watch_uploads(diary: Diary) -> None:
    ready, upload = SlackGateway._time_for, SlackGateway.upload

    def watched_ready(self: SlackGateway, content: bytes) -> float:
        passed = _thread.passed
        diary.write("go", method=UPLOAD_IN_LEDGER, passed=passed, checked=passed)
        return ready(self, content)

    def watched_upload(self: SlackGateway, workspace_id: int, url: str, content: bytes) -> None:
        try:
            upload(self, workspace_id, url, content)
        finally:
            diary.write("end", method=UPLOAD_IN_LEDGER, passed=_thread.passed)

    SlackGateway._time_for = watched_ready  # type: ignore[method-assign]
    SlackGateway.upload = watched_upload  # type: ignore[method-assign]
