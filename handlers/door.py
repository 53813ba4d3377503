"""What the HTTP server is handed: the bot behind it, its metrics and its database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import App
from sqlalchemy import Engine

from bot.metrics import Metrics
from handlers.pages.serving import PageDoor


@dataclass(frozen=True, slots=True)
class Door:
    """What the HTTP server needs.

    `read_limit` is how many seconds a body may take to arrive; `outbox_lines` are the outbox'
    metrics; `connected` tells of Socket Mode, where that is used. `pages` is what the pages of
    people outside need; without it there are none.
    """

    engine: Engine
    bolt: App
    signing_secret: str | None
    metrics: Metrics
    now: Callable[[], datetime]
    threads: int = 32
    read_limit: float = 10.0
    outbox_lines: Callable[[], list[str]] = list
    connected: Callable[[], bool] | None = None
    pages: PageDoor | None = None
