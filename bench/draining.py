"""An outbox and nothing else, as a process: `python -m bench.draining DATABASE_URL SLACK_API_URL`.

With the settings that a school has, but our own rates off: else they are what is measured.
"""

import sys
import threading
from datetime import datetime

from sqlalchemy.orm import Session

from bot.outbox import Outbox
from bot.outgoing import Blocks, Outgoing, Picture
from bot.settings import Settings
from bot.slack import SlackGateway
from bot.workers import DrawingPool
from school.database import make_engine, make_session_factory
from school.models import Delivery

RATES = ("posts_per_minute", "posts_per_channel")
TIERS = ("tier2_per_minute", "tier3_per_minute", "tier4_per_minute")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40_000)
"""As large as a student's picture. That it is drawn is another benchmark's (`bench.pictures`)."""


def draw() -> bytes:
    """A picture that costs nothing."""
    return PNG


def words(_session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
    """A message in words."""
    said = f"Number {delivery.payload['number']}"
    return Outgoing("A message", lambda _file: section(said))


def pictured(_session: Session, _delivery: Delivery, _now: datetime) -> Outgoing:
    """A message with a picture."""

    def compose(file_id: str | None) -> Blocks:
        image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "A picture"}
        return section("A report") + ([image] if file_id else [])

    return Outgoing("A report", compose, picture=Picture(draw, (), "report.png", "A picture"))


def section(said: str) -> Blocks:
    """One paragraph."""
    return [{"type": "section", "text": {"type": "plain_text", "text": said}}]


def main(database_url: str, slack_api_url: str) -> None:
    """Drain until it is ended."""
    rates = dict.fromkeys((*RATES, *TIERS), 0)
    settings = Settings(_env_file=None, slack_api_url=slack_api_url, **rates)  # type: ignore[call-arg, arg-type]
    sessions = make_session_factory(make_engine(database_url))
    gateway = SlackGateway(settings, sessions, lambda _workspace: "xoxb-bench")
    pool = DrawingPool(settings.drawing_processes)
    Outbox(sessions, gateway, {"words": words, "pictured": pictured}, pool, settings).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
