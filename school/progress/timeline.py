"""One student's answers, in order: events, questions, sessions and time (docs/metrics.md).

Rows of one student, item and moment that name several skills are one event. The first scored event
at an item on a local day is a question; every event adds time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from school.progress.books import DayBook, Days

RIGHT, NO_OUTCOME = 1, 3
LONGEST_SECONDS = 300.0
"""A recorded answer, and a gap that stands for a missing time, count at most so many seconds."""
SESSION_GAP = 30 * 60 * 1000
"""Milliseconds without an event that end a session which has no id."""
FORGET_AFTER = 24 * 60 * 60 * 1000
"""Milliseconds after which a session with an id is read back when it goes on after all."""
XP_RIGHT, XP_WRONG = 10.0, 2.0


class AnswerRow(NamedTuple):
    """A row of `answers` as the derivation reads it; `at` is in milliseconds since 1970."""

    student_id: int
    at: int
    sequence: int
    skill_id: int | None
    outcome: int
    item: str | None
    seconds: float | None
    hints: int | None
    session: str | None
    xp: float | None
    copies: int
    key: int

    @property
    def right(self) -> bool:
        """Right without help: hints whose order is unknown make an answer incorrect."""
        return self.outcome == RIGHT and not self.hints


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


def events_of(
    rows: list[AnswerRow], skill_rank: Mapping[int | None, int]
) -> Iterator[list[AnswerRow]]:
    """Rows of one student in order of time, as events in the order that ties demand."""
    start, count = 0, len(rows)
    while start < count:
        at, end = rows[start].at, start + 1
        while end < count and rows[end].at == at:
            end += 1
        if end - start == 1:
            yield rows[start:end]
        else:
            yield from _tied(rows[start:end], skill_rank)
        start = end


def _tied(rows: list[AnswerRow], skill_rank: Mapping[int | None, int]) -> Iterator[list[AnswerRow]]:
    """Events of one moment: by the file's own order, then skill, then wrong before right."""
    rows.sort(
        key=lambda row: (
            row.sequence,
            skill_rank[row.skill_id],
            (row.outcome == NO_OUTCOME, row.right),
            row.item or "",
            row.key,
        )
    )
    events: dict[tuple[int, str | int], list[AnswerRow]] = {}
    for row in rows:
        same = row.key if row.item is None else row.item
        events.setdefault((row.sequence, same), []).append(row)
    return iter(events.values())


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
        self._items: set[str] = set()
        self._day: date | None = None

    def walk(self, rows: list[AnswerRow], days: Days, skill_rank: Mapping[int | None, int]) -> None:
        """Enter the student's rows (in order of time) into the books of their days."""
        for order, event in enumerate(events_of(rows, skill_rank)):
            book = days.book(event[0].at)
            if book.day != self._day:
                self._day = book.day
                self._items = set()
            self._enter(event, order, book)

    def _enter(self, event: list[AnswerRow], order: int, book: DayBook) -> None:
        first = event[0]
        totals = book.totals[self.student]
        sitting, gap = self._sitting(first.at, first.session, book)
        seconds, estimated = _time_spent(event, gap)
        for owner in (sitting, totals):
            owner.seconds += seconds
            owner.estimated += estimated
        for skill in {row.skill_id for row in event}:
            if skill is not None:
                book.skills[self.student, skill].seconds += seconds
        asked = self._questions(event)
        totals.xp += _xp(event, asked)
        if asked:
            self._count(event, asked, order, book, sitting)

    def _questions(self, event: list[AnswerRow]) -> int:
        """How many questions the event is: rows without an item are one each."""
        item = event[0].item
        if all(row.outcome == NO_OUTCOME for row in event):
            return 0
        if item is None:
            return event[0].copies
        if item in self._items:
            return 0
        self._items.add(item)
        return 1

    def _count(
        self, event: list[AnswerRow], asked: int, order: int, book: DayBook, sitting: Sitting
    ) -> None:
        # The first row of a skill decides: wrong comes before right.
        by_skill: dict[int | None, bool] = {}
        for row in event:
            if row.outcome != NO_OUTCOME:
                by_skill.setdefault(row.skill_id, row.right)
        correct = asked if all(by_skill.values()) else 0
        for owner in (sitting, book.totals[self.student]):
            owner.questions += asked
            owner.correct += correct
        parts = [(skill, right) for skill, right in by_skill.items() if skill is not None]
        for skill, right in parts:
            sitting.skills[skill] += asked
            on_skill = book.skills[self.student, skill]
            on_skill.questions += asked
            on_skill.correct += asked * right
        if parts:
            place = (event[0].at, event[0].sequence, self.student, order)
            book.questions += [(place, parts)] * asked

    def _sitting(self, at: int, key: str | None, book: DayBook) -> tuple[Sitting, float]:
        """The session of an event, with the seconds since the event before it there."""
        sitting = self.keyed.get(key) if key else self._loose
        if sitting is None or (not key and at - sitting.ended >= SESSION_GAP):
            sitting = Sitting(key or "", at, book.day)
            book.totals[self.student].sessions += 1
            if key:
                self.keyed[key] = sitting
            else:
                self._loose = sitting
        gap = (at - sitting.ended) / 1000
        sitting.ended = at
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


def _time_spent(event: list[AnswerRow], gap: float) -> tuple[float, float]:
    """Seconds of an event, and how many of them are estimated from the gap before it."""
    for row in event:
        if row.seconds is not None:
            return min(row.seconds, LONGEST_SECONDS) * max(row.copies for row in event), 0.0
    estimated = min(gap, LONGEST_SECONDS)
    return estimated, estimated


def _xp(event: list[AnswerRow], asked: int) -> float:
    """XP as the source reports it, else 10 for a right question and 2 for a wrong one."""
    for row in event:
        if row.xp is not None:
            return row.xp * row.copies
    right = all(row.right for row in event if row.outcome != NO_OUTCOME)
    return asked * (XP_RIGHT if right else XP_WRONG)
