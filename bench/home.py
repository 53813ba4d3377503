"""How soon App Home opens, of teachers with six classes of 30 and a year of nearly daily practice.

    python -m bench.home [--at-once 4] [--times 60]

Each of the teachers opens it again and again, so many at once. What is measured is from the event
to the first view and to the last one that are given to Slack, which answers at once here.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlalchemy import Engine, text

from bench import district
from bench.reports import LAST, NOW, THROUGH
from bot.settings import GivenSettings
from handlers.ask import Ask
from handlers.home import show_home
from handlers.services import Services
from school.database import make_session_factory

TEACHERS, CLASSES = 4, 6
DAYS = 365
BUSY = {
    "hash(s.id, d) % 5 < 2": "hash(s.id, d) % 10 < 9",
    "FROM days, range(2) t(n)": "FROM days, range(3) t(n)",
}
"""What makes of the district's practice, two days of five, nine of ten with three skills each."""


class Opened(NamedTuple):
    """Seconds until the first view, and until the last."""

    first: float
    whole: float


class Slack:
    """Takes every view at once, and notes when each of a person's came."""

    def __init__(self) -> None:
        self.seen: defaultdict[str, list[float]] = defaultdict(list)

    def call(self, _workspace_id: int, method: str, /, **asked: Any) -> dict[str, Any]:
        """Slack's answer."""
        if method == "users.info":
            return {"user": {"id": asked["user"]}}
        self.seen[asked["user_id"]].append(perf_counter())
        return {}

    def held_until(self, _workspace_id: int, _method: str) -> datetime | None:
        """Never."""
        return None


def make_school(folder: Path) -> Engine:
    """The teachers with their classes."""
    parts = dict(district.PARTS)
    for old, new in BUSY.items():
        parts = {table: query.replace(old, new) for table, query in parts.items()}
    with patch.multiple(district, DAYS=DAYS, PARTS=parts):
        made = district.make_district(folder, TEACHERS * CLASSES * district.CLASS_SIZE, LAST)
        engine = district.into_sqlite(made, folder / "home.db", THROUGH)
    with engine.begin() as connection:
        for number in range(1, TEACHERS + 1):
            connection.execute(text(_TEACHER), {"id": number, "slack": f"U{number}"})
        for number in range(TEACHERS * CLASSES):
            own = {"class": number + 1, "user": number // CLASSES + 1}
            connection.execute(text(_TEACHES), own)
    return engine


_TEACHER = (
    "INSERT INTO users (id, workspace_id, email, name, role, slack_user_id, is_active, created_at)"
    " VALUES (:id, 1, :slack, 'Teacher', 'teacher', :slack, TRUE, '2026-01-01 00:00:00.000000')"
)
_TEACHES = (
    "INSERT INTO class_teachers (workspace_id, class_id, user_id, role)"
    " VALUES (1, :class, :user, 'primary')"
)


def open_home(services: Services, slack: Slack, number: int) -> Opened:
    """One teacher opens it."""
    user, start = f"U{number % TEACHERS + 1}", perf_counter()
    slack.seen[user].clear()
    event = {"event": {"type": "app_home_opened", "tab": "home", "user": user}}
    show_home(Ask(event, lambda **_: None, "", user), services)
    services.homes.begin(number, dict).result()  # the one after it in line
    whole = perf_counter()
    return Opened((slack.seen[user] or [whole])[0] - start, whole - start)


def in_words(times: Sequence[float]) -> str:
    """The median and the 95th percentile in ms."""
    return f"p50 {1000 * median(times):.0f}, p95 {1000 * quantiles(times, n=20)[-1]:.0f} ms"


def main() -> None:
    """Make the school, then open Home alone and at once."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--at-once", type=int, default=4)
    options.add_argument("--times", type=int, default=60)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeroom-home-") as folder:
        slack, factory = Slack(), make_session_factory(make_school(Path(folder)))
        services = Services(factory, slack, GivenSettings(), lambda: NOW, lambda: None)
        for many in (1, wanted.at_once):
            with ThreadPoolExecutor(many) as threads:
                found = list(
                    threads.map(lambda one: open_home(services, slack, one), range(wanted.times))
                )
            first, whole = (in_words(one) for one in zip(*found, strict=True))
            print(f"{many} at once: first view {first}; whole {whole}", flush=True)


if __name__ == "__main__":
    main()
