"""The raw rows of a made-up school, as its files hold them, and its days."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Answer:
    """One row of a practice CSV. `at` is in UTC; what is None or empty is an empty field."""

    student: str
    skill: str
    at: datetime
    right: bool
    item: str = ""
    seconds: float | None = None
    hints: int | None = None
    session: str = ""
    xp: float | None = None


@dataclass(frozen=True)
class Whole:
    """One row of a practice CSV by sessions."""

    student: str
    skill: str
    at: datetime
    asked: int
    right: int
    seconds: float | None = None
    session: str = ""
    xp: float | None = None


@dataclass(frozen=True)
class Enrolled:
    """One row of a roster's enrolments; no day is an open end."""

    student: str
    course: str
    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the student is in the class on a day."""
        return (self.starts or day) <= day <= (self.ends or day)


@dataclass(frozen=True)
class Work:
    """An assignment; `done` has the completions that the source reports, by student."""

    key: str
    course: str
    students: tuple[str, ...]
    skills: tuple[str, ...]
    count: int
    assigned: datetime
    due: datetime
    done: dict[str, datetime] = field(default_factory=dict, hash=False)


@dataclass
class Raw:
    """A whole school. `needs` are (prerequisite, skill); `now` is when its reports are made."""

    zone: ZoneInfo
    now: datetime
    enrolled: list[Enrolled] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    holidays: set[date] = field(default_factory=set)
    needs: list[tuple[str, str]] = field(default_factory=list)
    courses: list[str] = field(default_factory=list)

    @property
    def students(self) -> list[str]:
        """Everyone on the roster."""
        return sorted({one.student for one in self.enrolled})

    @property
    def skills(self) -> list[str]:
        """Every skill that some file names."""
        named = {one.skill for one in self.answers} | {one.skill for one in self.wholes}
        named |= {skill for one in self.work for skill in one.skills}
        return sorted(named | {skill for edge in self.needs for skill in edge})

    @property
    def moments(self) -> list[datetime]:
        """When something was practised, in order."""
        found = [one.at for one in self.answers] + [one.at for one in self.wholes]
        return sorted(found)

    def day(self, at: datetime) -> date:
        """The local day of a moment."""
        return at.astimezone(self.zone).date()

    def at(self, day: date, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
        """The moment of a local time, in UTC."""
        local = datetime.combine(day, time(hour, minute, second), self.zone)
        return local.astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """When a local day begins."""
        return self.at(day, 0)

    @property
    def today(self) -> date:
        """The local day of `now`."""
        return self.day(self.now)

    def is_school_day(self, day: date) -> bool:
        """Monday to Friday, and no holiday."""
        return day.isoweekday() <= 5 and day not in self.holidays

    def school_days(self, first: date, last: date) -> int:
        """School days from one day to another, both included."""
        return sum(self.is_school_day(day) for day in each_day(first, last))

    def back(self, day: date, number: int) -> date:
        """The first of the last so many school days up to a day."""
        left = number
        while True:
            left -= self.is_school_day(day)
            if not left:
                return day
            day -= timedelta(days=1)


def each_day(first: date, last: date) -> list[date]:
    """The days from one to another, both included; none where the second lies before the first."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.isoweekday() - 1)


def first_of(day: date, by: str) -> date:
    """The first day of the day's, week's or month's period."""
    if by == "day":
        return day
    return monday(day) if by == "week" else date(day.year, day.month, 1)
