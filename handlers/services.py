"""What every listener is given: sessions, Slack for what may not wait, settings and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Timer
from typing import Any, Protocol

from bot.settings import Settings
from handlers.clicks import ClickBook
from handlers.meetings.busy import BusyBook
from handlers.standing import Standings
from handlers.thinking import Thoughts
from school.database import SessionFactory


class Gateway(Protocol):
    """Slack, for what is done at once and at most once (bot/slack)."""

    def call(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Call a method; returns Slack's answer. Raises DeliveryFailed."""

    def held_until(self, workspace_id: int, method: str) -> datetime | None:
        """Until when Slack holds a method back, None when it does not."""


def after(seconds: float, act: Callable[[], None]) -> None:
    """Do something a little later, in a thread of its own that keeps nothing alive."""
    timer = Timer(seconds, act)
    timer.daemon = True
    timer.start()


@dataclass(frozen=True, slots=True)
class Services:
    """`now` is the clock (aware, UTC); `wake` tells the outbox that there is something to send.

    `later` does something after so many seconds; `standings` remembers what Slack said of people,
    `busy` what their calendars said, `clicks` which click in a form was the last. `homes` has the
    classes of one App Home looked at at a time.
    """

    session_factory: SessionFactory
    gateway: Gateway
    settings: Settings
    now: Callable[[], datetime]
    wake: Callable[[], None]
    later: Callable[[float, Callable[[], None]], None] = field(default=after)
    standings: Standings = field(default_factory=Standings)
    busy: BusyBook = field(default_factory=BusyBook)
    clicks: ClickBook = field(default_factory=ClickBook)
    homes: Thoughts[dict[str, Any]] = field(default_factory=Thoughts)
