"""One student's events, in order: questions, sessions and time (docs/metrics.md).

The first scored event at an item on a local day is a question; every event adds time.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from school.progress.books import DayBook, Days
from school.progress.events import LONGEST_SECONDS, AnswerRow, Event, ItemsOfDay, events_of

SESSION_GAP = 30 * 60 * 1000
"""Milliseconds without an event that end a session which has no id."""
FORGET_AFTER = 24 * 60 * 60 * 1000
"""Milliseconds after which a session with an id is read back when it goes on after all."""
XP_WRONG, MORE_RIGHT = 2.0, 8.0
"""XP of an answer where the source has none, and how much more a right one is worth."""


class Sitting:
    """A session being put together."""

    __slots__ = (
        "correct",
        "day",
        "ended",
        "estimated",
        "key",
        "questions",
        "seconds",
        "skills",
        "started",
    )

    def __init__(self, key: str, started: int, day: date) -> None:
        self.key, self.started, self.ended, self.day = key, started, started, day
        self.questions = self.correct = 0
        self.seconds = self.estimated = 0.0
        self.skills: dict[int, int] = defaultdict(int)


class Timeline:
    """Walks one student's events and keeps what is open from one stretch of days to the next.

    `student` is the student's place among those worked on. `touched` holds the sessions that
    changed since `settle` was last called.
    """

    def __init__(self, student: int) -> None:
        self.student = student
        self.touched: dict[tuple[int, str], Sitting] = {}
        self._loose: Sitting | None = None
        self.keyed: dict[str, Sitting] = {}
        self._items = ItemsOfDay()

    def walk(self, rows: list[AnswerRow], days: Days, skill_rank: Mapping[int | None, int]) -> None:
        """Enter the student's rows (in order of time) into the books of their days."""
        for order, event in enumerate(events_of(rows, skill_rank)):
            self._enter(event, order, days.book(event.at))

    def _enter(self, event: Event, order: int, book: DayBook) -> None:
        totals = book.totals[self.student]
        sitting, gap = self._sitting(event, book)
        seconds = event.seconds
        if seconds is None:
            seconds = min(gap, LONGEST_SECONDS)
            sitting.estimated += seconds
            totals.estimated += seconds
        sitting.seconds += seconds
        totals.seconds += seconds
        for skill in event.skills:
            book.skills[self.student, skill].seconds += seconds
        times = event.times if self._items.is_first(event, book.day) else 0
        if event.xp is not None:
            totals.xp += event.xp
        elif times:
            totals.xp += times * (event.size * XP_WRONG + event.right * MORE_RIGHT)
        if times:
            self._count(event, times, book, sitting)
            if event.parts:
                place = (event.at, event.sequence, self.student, order)
                book.questions += [(place, event.parts)] * times

    def _count(self, event: Event, times: int, book: DayBook, sitting: Sitting) -> None:
        totals = book.totals[self.student]
        asked, right = times * event.size, times * event.right
        totals.questions += asked
        sitting.questions += asked
        if right:
            totals.correct += right
            sitting.correct += right
        for skill, correct, questions in event.parts:
            sitting.skills[skill] += times * questions
            on_skill = book.skills[self.student, skill]
            on_skill.questions += times * questions
            if correct:
                on_skill.correct += times * correct

    def _sitting(self, event: Event, book: DayBook) -> tuple[Sitting, float]:
        """The session of an event, with the seconds since the event before it there was over."""
        at, key = event.at, event.session
        sitting = self.keyed.get(key) if key else self._loose
        if sitting is None or (not key and at - sitting.ended >= SESSION_GAP):
            sitting = Sitting(key or "", at, book.day)
            book.totals[self.student].sessions += 1
            if key:
                self.keyed[key] = sitting
            else:
                self._loose = sitting
        gap = (at - sitting.ended) / 1000
        if gap < 0:
            gap = 0.0  # A session told as a whole still goes on when the next event comes.
        if event.until > sitting.ended:
            sitting.ended = event.until
        self.touched[sitting.started, sitting.key] = sitting
        return sitting, gap

    def settle(self, until: int) -> None:
        """Forget what is saved; keep in memory only sessions that were live before `until`."""
        self.touched = {}
        self.keyed = {
            key: sitting
            for key, sitting in self.keyed.items()
            if sitting.ended >= until - FORGET_AFTER
        }
