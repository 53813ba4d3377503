"""What the clock counts: its ticks and timers in this process, and what waits in the database."""

from datetime import datetime
from threading import Lock

from sqlalchemy import func, select

from bot.metrics import Counter, heading, sample
from school.database import SessionFactory, reading
from school.models import Timer, TimerState


class ClockMetrics:
    """Ticks and timers of this process by outcome, and how late its ticks begin."""

    def __init__(self) -> None:
        self.ticks = Counter("homeroom_clock_ticks_total", "Ticks of the clock.", "outcome")
        self.timers = Counter("homeroom_timers_total", "Timers that came to an end.", "outcome")
        self.troubles = Counter(
            "homeroom_clock_troubles_total", "What the watchdog of the clock noticed.", "what"
        )
        self._late = 0.0
        self._lock = Lock()

    def began(self, seconds_late: float) -> None:
        """Note how late a tick began."""
        with self._lock:
            self._late = max(0.0, seconds_late)

    def lines(self) -> list[str]:
        """Everything in Prometheus' text format."""
        late = "homeroom_clock_late_seconds"
        return [
            *self.ticks.lines(),
            *self.timers.lines(),
            *self.troubles.lines(),
            *heading(late, "Seconds by which the last tick was late.", "gauge"),
            sample(late, round(self._late, 3)),
        ]


def timer_lines(session_factory: SessionFactory, now: datetime) -> list[str]:
    """The timers of all processes: how many wait, and for how long the oldest has been due."""
    waiting = Timer.state == TimerState.WAITING.value
    counted = select(func.count(), func.min(Timer.due_at)).where(waiting)
    with session_factory() as session:
        total, _ = reading(session).execute(counted).one()
        overdue, oldest = session.execute(counted.where(Timer.next_attempt_at <= now)).one()
    seconds = (now - oldest).total_seconds() if oldest is not None else 0.0
    return [
        *_gauge("homeroom_timers_waiting", "Timers that are still to come.", total),
        *_gauge("homeroom_timers_overdue", "Timers that are due now.", overdue),
        *_gauge("homeroom_timers_oldest_seconds", "Seconds the oldest has been due.", seconds),
    ]


def _gauge(name: str, description: str, value: float) -> list[str]:
    return [*heading(name, description, "gauge"), sample(name, round(value, 3))]
