"""Leaving a mail server alone that is not there, so that mails do not hold up what goes by Slack.

Each try to reach a server that hangs takes a sender's thread for as long as `mail_timeout`, and
reminders in Slack wait for the same threads. After one that failed, all mails of this process rest
for a while; then one of them tries, and the others go on resting until it has come through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.backoff import pause
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when to leave the server alone, and the code of what was wrong with it."""

    until: datetime
    code: str


class MailRest:
    """What this process knows of its mail server, or of its calendar server, to which the same
    applies. `probe` is how long a try takes at most. Safe to use from any thread.
    """

    def __init__(
        self, settings: Settings, now: Callable[[], datetime], *, probe: timedelta | None = None
    ) -> None:
        self._settings = settings
        self._probe = probe or timedelta(seconds=settings.mail_timeout)
        self._now = now
        self._failures = 0
        self._rest: Rest | None = None
        self._lock = Lock()

    def now(self) -> Rest | None:
        """The rest that holds at the moment; None where a try may be made."""
        with self._lock:
            rest = self._rest
        return rest if rest is not None and rest.until > self._now() else None

    def begin(self) -> Rest | None:
        """Before a try: None where it may be made, else the rest that holds."""
        with self._lock:
            now = self._now()
            if self._rest is None:
                return None
            if self._rest.until > now:
                return self._rest
            self._rest = Rest(now + self._probe, self._rest.code)
            return None

    def failed(self, code: str) -> None:
        """The server could not be reached, or lets nobody in."""
        with self._lock:
            self._failures += 1
            self._rest = Rest(self._now() + pause(self._settings, self._failures), code)

    def came_through(self) -> None:
        """The server is there."""
        with self._lock:
            self._failures, self._rest = 0, None
