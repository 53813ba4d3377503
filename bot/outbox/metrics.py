"""What the outbox counts: finished deliveries of this process, and what waits in the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.metrics import Counter, heading, sample
from school.database import SessionFactory, reading
from school.models import Delivery, Lane


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due in a lane and not finished, and for how many seconds the oldest has been."""

    waiting: int
    oldest_seconds: float


class OutboxMetrics:
    """Deliveries that this process has finished, by outcome and lane."""

    def __init__(self) -> None:
        self._sent = Counter("homeroom_deliveries_sent_total", "Deliveries sent.", "lane")
        self._failed = Counter("homeroom_deliveries_failed_total", "Deliveries failed.", "lane")
        words = "Deliveries closed, as they were of no use any more."
        self._closed = Counter("homeroom_deliveries_closed_total", words, "lane")

    def finished(self, state: str, lane: str) -> None:
        """Count one that was `sent`, `failed` or `closed`."""
        ends = {"sent": self._sent, "closed": self._closed}
        ends.get(state, self._failed).add(lane)

    def lines(self) -> list[str]:
        """The counters in Prometheus' text format."""
        return [*self._sent.lines(), *self._failed.lines(), *self._closed.lines()]


def backlog(session_factory: SessionFactory, now: datetime) -> dict[Lane, Backlog]:
    """What is due and not finished, in each lane, over all workspaces."""
    query = (
        select(Delivery.lane, func.count(), func.min(Delivery.due_at))
        .where(Delivery.finished_at.is_(None), Delivery.due_at <= now)
        .group_by(Delivery.lane)
    )
    with session_factory() as session:
        found = {lane: (count, oldest) for lane, count, oldest in reading(session).execute(query)}
    none = (0, now)
    return {
        lane: Backlog(count, (now - oldest).total_seconds())
        for lane in Lane
        for count, oldest in [found.get(lane.value, none)]
    }


def backlog_lines(waiting: dict[Lane, Backlog]) -> list[str]:
    """The backlog in Prometheus' text format."""
    counts, ages = "homeroom_deliveries_waiting", "homeroom_deliveries_oldest_seconds"
    labelled = [({"lane": lane.value}, each) for lane, each in waiting.items()]
    return [
        *heading(counts, "Deliveries due and not finished.", "gauge"),
        *(sample(counts, each.waiting, labels) for labels, each in labelled),
        *heading(ages, "Seconds that the oldest of them has been due.", "gauge"),
        *(sample(ages, round(each.oldest_seconds, 3), labels) for labels, each in labelled),
    ]
