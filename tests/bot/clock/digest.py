"""A digest at half past seven for one teacher, and a wall clock to tick it by."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.clock import Clock, DailyJob, Turn
from school.database import SessionFactory
from school.models import User
from school.preferences import set_preference
from tests.bot.clock.support import START, Wall, make_clock

MONDAY = date(2026, 3, 2)
"""START is 07:00 of this day in New York, in winter: five hours behind."""


def new_york(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clocks of New York, before the second Sunday of March."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


def in_march(day: int) -> date:
    return date(2026, 3, day)


class Digest:
    """A digest at 07:30, of use for four hours, that notes whose turn came when."""

    def __init__(self, session_factory: SessionFactory, workspace_id: int):
        self.taken: list[tuple[date, datetime]] = []
        self.wall = Wall(START)
        self.factory, self.workspace_id = session_factory, workspace_id
        self.daily = DailyJob("digest", self._run, time(7, 30), timedelta(hours=4), wish="digest")
        self.clock = self.another()

    def another(self) -> Clock:
        """A clock of another process."""
        return make_clock(self.factory, [self.daily.job], self.wall, plan_every=60)

    def _run(self, _session: Session, turn: Turn, now: datetime) -> None:
        self.taken.append((turn.day, now))

    def at(self, moment: datetime) -> None:
        """Tick at a moment, with what was planned a minute before."""
        self.wall.moment = moment
        self.clock.tick()

    def until(self, end: datetime) -> None:
        """Tick each half hour up to `end`."""
        while self.wall.moment < end:
            self.at(min(self.wall.moment + timedelta(minutes=30), end))

    def change(self, user_id: int, **values: object) -> None:
        """Change a user."""
        with self.factory.begin() as session:
            session.execute(update(User).where(User.id == user_id).values(**values))

    def wish(self, user_id: int, value: dict[str, object], key: str = "digest") -> None:
        """Set a preference of a user."""
        with self.factory.begin() as session:
            set_preference(session, self.workspace_id, user_id, key, value)
