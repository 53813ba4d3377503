"""A process whose clock ticks by the time that stands in a file (DATABASE_URL FILE)."""

import sys
import threading
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bot.clock import Clock, DailyJob, Turn
from school.database import make_engine, make_session_factory
from school.deliveries import enqueue
from school.models import new_id
from tests.bot.support import quick_settings

JOB = "digest"


def digest(session: Session, turn: Turn, now: datetime) -> None:
    """Save a delivery under a key of its own, so that a second one would be seen."""
    enqueue(
        JOB,
        {"day": turn.day.isoformat()},
        session=session,
        workspace_id=turn.workspace_id,
        unique_key=f"{JOB} {new_id()}",
        recipient_id=turn.user_id,
        channel=None,
        now=now,
    )


def main(database_url: str, file: str) -> None:
    """Tick for ever."""
    settings = quick_settings(tick_every=0.02, tick_late=5, plan_every=3600)
    daily = DailyJob(JOB, digest, time(7, 30), timedelta(hours=4), quiet=False)

    def now() -> datetime:
        return datetime.fromisoformat(Path(file).read_text(encoding="ascii"))

    factory = make_session_factory(make_engine(database_url))
    Clock(factory, [daily.job], settings, now=now, wake=sys.stdout.flush).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
