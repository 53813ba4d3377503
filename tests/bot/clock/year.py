"""A year of local days in four zones, ticked through by three clocks on one database.

The wall clock is stepped to every minute at which something is due by the oracle, to the minute
before and to others in between; it is set forward and back, and now and then nobody ticks.
"""

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from threading import Thread

from sqlalchemy import event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from bot.clock import Clock, DailyJob, Turn
from school.database import SessionFactory
from school.models import Holiday, Pause, Preference, Timer, TimerState, User, Workspace
from tests.bot.clock.oracle import OFFSETS, USE, acted, due_moments
from tests.bot.clock.support import Wall, make_clock

DIGEST, NIGHTLY, SCHOOL = "digest", "nightly", "school"
ODD_HOURS = {
    "America/New_York": (time(2, 30), time(1, 30)),
    "Europe/London": (time(1, 30),),
    "Asia/Kathmandu": (time(0, 0),),
    "Australia/Sydney": (time(2, 30),),
}
"""Hours that are left out, or come twice, on the days on which clocks are changed."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """What the year holds: from when to when, days off, and when nobody ticks or clocks are wrong.

    `wrong`: between two moments the wall clock is ahead by so much.
    """

    first: date
    last: date
    free: frozenset[date]
    down: tuple[tuple[datetime, datetime], ...]
    wrong: tuple[tuple[datetime, datetime, timedelta], ...]

    def is_down(self, moment: datetime) -> bool:
        """Whether nobody ticks."""
        return any(start <= moment < end for start, end in self.down)

    def is_odd(self, moment: datetime) -> bool:
        """Whether clocks are changed somewhere within a day of it."""
        around = moment - DAY, moment + DAY
        return any(offset(around[0]) != offset(around[1]) for offset in OFFSETS.values())

    def wall(self, moment: datetime) -> datetime:
        """What the clock on the wall says at a moment."""
        return moment + sum(
            (ahead for start, end, ahead in self.wrong if start <= moment < end), timedelta()
        )


def whole_year(year: int) -> Plan:
    """A weekend and a week down, holidays, clocks that are set forward and back for hours."""

    def at(month: int, day: int, hour: int) -> datetime:
        return datetime(year, month, day, hour, tzinfo=UTC)

    free = {date(year, 12, day) for day in range(21, 32)} | {date(year, 5, 25), date(year, 9, 7)}
    return Plan(
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        free=frozenset(free),
        down=((at(2, 6, 20), at(2, 9, 15)), (at(6, 8, 3), at(6, 15, 3))),
        wrong=(
            (at(4, 14, 6), at(4, 14, 9), 5 * HOUR),
            (at(8, 19, 10), at(8, 20, 22), -6 * HOUR),
            (at(10, 6, 0), at(10, 6, 1), 10 * HOUR),
        ),
    )


def part_of(plan: Plan, first: date, last: date) -> Plan:
    """The same for a few weeks of the year."""
    return replace(plan, first=first, last=last)


@dataclass(frozen=True)
class Case:
    """One person's or school's daily job: when it is due, by the oracle, and of use how long."""

    job: str
    subject: str
    dues: dict[date, datetime]
    use: timedelta = USE


class Year:
    """The records, the clocks, and what the oracle says of them.

    `often` is the part of all due minutes before which somebody looks as well, and finds nothing.
    """

    def __init__(
        self, session_factory: SessionFactory, plan: Plan, *, often: float = 0.2, seed: int = 1
    ) -> None:
        self._often = often
        self.plan = plan
        self.taken: list[tuple[str, str, date, datetime]] = []
        self.walls: list[datetime] = []
        self._factory = session_factory
        self._random = Random(seed)
        self._wall = Wall(datetime.combine(plan.first, time(0), tzinfo=UTC))
        with session_factory.begin() as session:
            self.cases = list(self._cases(session))
        self._clocks = [self._clock() for _ in range(3)]

    def run(self) -> None:
        """Tick through the year, by one of the clocks or by all of them at once."""
        for number, moment in enumerate(self._moments()):
            self._wall.moment = self.plan.wall(moment)
            self.walls.append(self._wall.moment)
            if number % 25 == 0:
                _all_at_once(self._clocks)
            else:
                self._random.choice(self._clocks).tick()

    def expected(self) -> list[tuple[str, str, date, datetime]]:
        """Each turn of the year and the moment by the wall clock at which it comes."""
        return sorted(
            (case.job, case.subject, day, moment)
            for case in self.cases
            for day, moment in acted(case.dues, case.use, self.walls).items()
        )

    def on_time(self) -> int:
        """How many turns came at the very minute at which they were due."""
        dues = {
            (case.job, case.subject, day): m for case in self.cases for day, m in case.dues.items()
        }
        return sum(dues[job, subject, day] == moment for job, subject, day, moment in self.taken)

    def recorded(self) -> list[tuple[str, str, date, datetime]]:
        """The same by the timers that were kept."""
        done = select(Timer).where(Timer.state == TimerState.DONE.value)
        with self._factory() as session:
            return sorted(
                (each.job, each.subject, date.fromisoformat(each.occasion), each.ended_at)
                for each in session.scalars(done)
                if each.ended_at is not None
            )

    def _moments(self) -> Iterator[datetime]:
        """When somebody ticks: never without the minutes at which something is due."""
        plan = self.plan
        start = datetime.combine(plan.first, time(0), tzinfo=UTC)
        days = (plan.last - plan.first).days + 1
        dues = {moment for case in self.cases for moment in case.dues.values()}
        near = {start + step * 6 * HOUR for step in range(days * 4)}
        for due in dues:
            near.add(due)
            if plan.is_odd(due):
                near |= {due + minutes * MINUTE for minutes in (-2, -1, 1)}
            elif self._random.random() < self._often:
                near.add(due - self._random.choice((1, 2, 59)) * MINUTE)
        for begin, end, ahead in plan.wrong:
            # The wall says each due minute at another moment while it is wrong.
            near |= {due - ahead for due in dues if begin <= due - ahead < end} | {begin, end}
        near |= {end for _, end in plan.down}
        last = start + days * 24 * HOUR
        return (each for each in sorted(near) if start <= each < last and not plan.is_down(each))

    def _clock(self) -> Clock:
        digest = self._job(DIGEST, time(7, 0), school_days=True, quiet=True)
        nightly = self._job(NIGHTLY, time(12), school_days=False, quiet=False)
        school = self._job(SCHOOL, time(3, 30), school_days=False, quiet=False)
        jobs = [digest, nightly, replace(school, for_people=False, wish=None)]
        ready = [each.job for each in jobs]
        return make_clock(self._factory, ready, self._wall, plan_every=48 * 3600)

    def _job(self, name: str, at: time, *, school_days: bool, quiet: bool) -> DailyJob:
        run = partial(self._note, name)
        return DailyJob(name, run, at, USE, wish=name, school_days=school_days, quiet=quiet)

    def _note(self, job: str, _session: Session, turn: Turn, now: datetime) -> None:
        who = f"workspace {turn.workspace_id}" if turn.user_id is None else f"user {turn.user_id}"
        self.taken.append((job, who, turn.day, now))

    def _cases(self, session: Session) -> Iterator[Case]:
        plan = self.plan
        since = datetime.combine(plan.first, time(0), tzinfo=UTC)
        school = Workspace(name="School", timezone="America/New_York", created_at=since)
        session.add(school)
        session.flush()  # its id is needed below
        for day in plan.free:
            session.add(Holiday(workspace_id=school.id, day=day, name="Off"))
        nights = self._dues(school.timezone, time(3, 30))
        yield Case(SCHOOL, f"workspace {school.id}", nights)
        for number, zone in enumerate(OFFSETS):
            hour = (time(7, 30), time(7, 30), time(18, 45), time(6, 0))[number]
            yield self._person(session, school, zone, DIGEST, hour)
            for odd in ODD_HOURS[zone]:
                yield self._person(session, school, zone, NIGHTLY, odd)
        yield self._paused(session, school)

    def _person(self, session: Session, school: Workspace, zone: str, job: str, hour: time) -> Case:
        user = self._user(session, school, f"{job} {zone} {hour:%H%M}", zone)
        other = NIGHTLY if job == DIGEST else DIGEST
        for key, at in ((job, f"{hour:%H:%M}"), (other, None)):
            wish = Preference(user_id=user.id, key=key, workspace_id=school.id, value={"at": at})
            session.add(wish)
        plan = self.plan
        free, weekdays = (plan.free, True) if job == DIGEST else (frozenset[date](), False)
        # Six in the morning is within quiet hours, which end at seven.
        due = max(hour, time(7)) if job == DIGEST else hour
        dues = self._dues(zone, due, free, weekdays=weekdays)
        # At eight in the evening quiet hours begin, and the day's digest is not sent any more.
        until_quiet = timedelta(hours=20 - due.hour, minutes=-due.minute)
        use = min(USE, until_quiet) if job == DIGEST else USE
        return Case(job, f"user {user.id}", dues, use)

    def _paused(self, session: Session, school: Workspace) -> Case:
        """Somebody of the school's own zone and the usual hour, away for all of March."""
        plan = self.plan
        user = self._user(session, school, f"{DIGEST} away", None)
        away = {"starts_on": date(plan.first.year, 3, 1), "ends_on": date(plan.first.year, 3, 31)}
        session.add(Pause(workspace_id=school.id, user_id=user.id, **away))
        off = Preference(user_id=user.id, key=NIGHTLY, workspace_id=school.id, value={"at": None})
        session.add(off)
        march = {date(plan.first.year, 3, day) for day in range(1, 32)}
        free = plan.free | march
        dues = self._dues(school.timezone, time(7), free, weekdays=True)
        return Case(DIGEST, f"user {user.id}", dues)

    def _dues(
        self, zone: str, hour: time, free: Collection[date] = (), *, weekdays: bool = False
    ) -> dict[date, datetime]:
        # East of Greenwich the day after has begun when the last one ends.
        last = self.plan.last + DAY
        return due_moments(zone, hour, self.plan.first, last, free, weekdays)

    def _user(self, session: Session, school: Workspace, email: str, zone: str | None) -> User:
        user = User(
            workspace_id=school.id,
            email=email,
            name="T",
            slack_user_id=f"U{zlib.crc32(email.encode())}",
            timezone=zone,
            created_at=school.created_at,
        )
        session.add(user)
        session.flush()  # its id is needed below
        return user


def _all_at_once(clocks: Sequence[Clock]) -> None:
    threads = [Thread(target=clock.tick) for clock in clocks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def in_a_hurry(session_factory: SessionFactory) -> None:
    """Let the database not wait for the disk: a year is thousands of transactions."""
    engine = session_factory.kw["bind"]
    is_sqlite = engine.dialect.name == "sqlite"
    command = "PRAGMA synchronous=OFF" if is_sqlite else "SET synchronous_commit=off"

    @event.listens_for(engine, "checkout")
    def hurry(connection: DBAPIConnection, _record: object, _proxy: object) -> None:
        connection.cursor().execute(command)
