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


class Event:
    """What happened at one item at one moment: the rows of one student that belong together.

    `skills` are all skills named, `parts` those of scored rows with whether each was right; `asked`
    is how many questions it is where it is the first of its day: 0 when nothing was scored.
    """

    __slots__ = (
        "asked", "at", "item", "parts", "right", "seconds", "sequence", "session", "skills", "xp",
    )  # fmt: skip

    def __init__(self, row: AnswerRow) -> None:
        self.at, self.sequence, self.item, self.session = (
            row.at,
            row.sequence,
            row.item,
            row.session,
        )
        self.skills: tuple[int, ...] = () if row.skill_id is None else (row.skill_id,)
        scored = row.outcome != NO_OUTCOME
        self.right = row.outcome == RIGHT and not row.hints
        self.parts = [(row.skill_id, self.right)] if scored and row.skill_id is not None else []
        # Equal rows without an item are a question each; at an item only the first counts.
        self.asked = (row.copies if row.item is None else 1) if scored else 0
        self.seconds = row.seconds
        if row.seconds is not None:
            self.seconds = min(row.seconds, LONGEST_SECONDS) * row.copies
        self.xp = None if row.xp is None else row.xp * row.copies

    @classmethod
    def of(cls, rows: list[AnswerRow]) -> "Event":
        """The event of several rows, in the order that ties demand: each skill's first decides."""
        event, *others = map(cls, rows)
        for other in others:
            event._join(other)
        return event

    def _join(self, other: "Event") -> None:
        self.skills = tuple(dict.fromkeys(self.skills + other.skills))
        known = {skill for skill, _ in self.parts}
        fresh = [part for part in other.parts if part[0] not in known]
        if other.asked:
            # Right as a whole only when every skill's first row is.
            self.right = (self.right or not self.asked) and all(
                right for _, right in (fresh if other.parts else [(None, other.right)])
            )
        self.parts = self.parts + fresh
        self.asked = max(self.asked, other.asked)
        self.seconds = other.seconds if self.seconds is None else self.seconds
        self.xp = other.xp if self.xp is None else self.xp


def events_of(rows: list[AnswerRow], skill_rank: Mapping[int | None, int]) -> Iterator[Event]:
    """Events of one student's rows, which come in order of time."""
    start, count = 0, len(rows)
    while start < count:
        at, end = rows[start].at, start + 1
        while end < count and rows[end].at == at:
            end += 1
        if end - start == 1:
            yield Event(rows[start])
        else:
            yield from _tied(rows[start:end], skill_rank)
        start = end


def _tied(rows: list[AnswerRow], skill_rank: Mapping[int | None, int]) -> Iterator[Event]:
    """Events of one moment: by the file's own order, then skill, then wrong before right."""
    rows.sort(
        key=lambda row: (
            row.sequence,
            skill_rank[row.skill_id],
            row.outcome == NO_OUTCOME,
            row.outcome == RIGHT and not row.hints,
            row.item or "",
            row.key,
        )
    )
    events: dict[tuple[int, str | int], list[AnswerRow]] = {}
    for row in rows:
        same = row.key if row.item is None else row.item
        events.setdefault((row.sequence, same), []).append(row)
    return map(Event.of, events.values())


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
            book = days.book(event.at)
            if book.day != self._day:
                self._day = book.day
                self._items = set()
            self._enter(event, order, book)

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
        asked = event.asked if self._is_first(event) else 0
        if event.xp is not None:
            totals.xp += event.xp
        elif asked:
            totals.xp += asked * (XP_RIGHT if event.right else XP_WRONG)
        if asked:
            self._count(event, asked, book, sitting)
            if event.parts:
                place = (event.at, event.sequence, self.student, order)
                book.questions += [(place, event.parts)] * asked

    def _is_first(self, event: Event) -> bool:
        """Whether a scored event is the first at its item on its day; remembers the item."""
        item = event.item
        if item is None or not event.asked:
            return True
        if item in self._items:
            return False
        self._items.add(item)
        return True

    def _count(self, event: Event, asked: int, book: DayBook, sitting: Sitting) -> None:
        totals = book.totals[self.student]
        totals.questions += asked
        sitting.questions += asked
        if event.right:
            totals.correct += asked
            sitting.correct += asked
        for skill, right in event.parts:
            sitting.skills[skill] += asked
            on_skill = book.skills[self.student, skill]
            on_skill.questions += asked
            if right:
                on_skill.correct += asked

    def _sitting(self, event: Event, book: DayBook) -> tuple[Sitting, float]:
        """The session of an event, with the seconds since the event before it there."""
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
