"""The books of local days: what is counted while a stretch of days is worked on."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from school.days import day_start
from school.models import to_millis

Place = tuple[int, int, int, int]
"""Where a question stands among all: moment, file order, student, order of the student."""
Part = tuple[int, int, int]
"""A skill, how many answers on it were right, and of how many: a question's 0 or 1 of 1, or those
of a session, whose order is not known."""
Question = tuple[Place, list[Part]]
"""A question, or a session of them, with its skills in their order."""


class Totals:
    """One student's totals on one day."""

    __slots__ = ("correct", "estimated", "questions", "seconds", "sessions", "xp")

    def __init__(self) -> None:
        self.questions = self.correct = self.sessions = 0
        self.seconds = self.estimated = self.xp = 0.0


class OnSkill:
    """One student's practice of one skill on one day."""

    __slots__ = ("correct", "questions", "seconds")

    def __init__(self) -> None:
        self.questions = self.correct = 0
        self.seconds = 0.0


class DayBook:
    """One local day of the students worked on; they are named by their place among them."""

    __slots__ = ("day", "questions", "skills", "totals")

    def __init__(self, day: date) -> None:
        self.day = day
        self.questions: list[Question] = []
        self.totals: dict[int, Totals] = defaultdict(Totals)
        self.skills: dict[tuple[int, int], OnSkill] = defaultdict(OnSkill)


class Days:
    """A stretch of local days, `start` included and `end` not, with a book for each."""

    def __init__(self, start: date, end: date, zone: ZoneInfo) -> None:
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        self._starts = [to_millis(day_start(day, zone)) for day in days]
        self.books = [DayBook(day) for day in days]
        self.start, self.end = start, end
        self.first = self._starts[0]
        self.after = to_millis(day_start(end, zone))

    def book(self, at: int) -> DayBook:
        """The book of the local day that holds a moment (milliseconds since 1970)."""
        return self.books[bisect_right(self._starts, at) - 1]
