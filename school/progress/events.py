"""Rows of answers as events: what happened at one item at one moment (docs/metrics.md).

Rows of one student, item and moment that name several skills are one event.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from school.progress.books import Part

RIGHT, NO_OUTCOME, WHOLE_SESSION = 1, 3, 4
LONGEST_SECONDS = 300.0
"""A recorded answer, each question of a recorded session, and a gap that stands for a missing time
count at most so many seconds."""
LONGEST_WITHOUT_QUESTIONS = 30 * 60.0
"""So many seconds a recorded session without questions counts at most."""

AnswerRow = tuple[
    int, int, int, int | None, int, str | None, float | None, int | None, str | None, float | None,
    int, int, int | None, int | None,
]  # fmt: skip
"""A row of `answers` as it is read, a plain tuple for speed: student, moment (milliseconds since
1970), sequence, skill, outcome, item, seconds, hints, session, XP, copies, key."""
STUDENT: Final = 0
AT: Final = 1
SEQUENCE: Final = 2
SKILL: Final = 3
OUTCOME: Final = 4
ITEM: Final = 5
SECONDS: Final = 6
HINTS: Final = 7
SESSION: Final = 8
COPIES: Final = 10
KEY: Final = 11
_NO_PARTS: list[Part] = []


class Event:
    """What happened at one item at one moment, or in one session told as a whole.

    `skills` are all skills named, `parts` those of scored rows with what was right. It is `times`
    times `size` questions where it is the first at its item on its day (none when nothing was
    scored), of which `right` each time were. `until` is when it was over, in milliseconds.
    """

    __slots__ = (
        "at", "item", "parts", "right", "seconds", "sequence", "session", "size", "skills",
        "times", "until", "xp",
    )  # fmt: skip

    def __init__(self, row: AnswerRow) -> None:
        (_, self.at, self.sequence, skill, outcome, self.item, seconds, hints, self.session, xp,
         copies, _, questions, correct) = row  # fmt: skip
        self.skills: tuple[int, ...] = () if skill is None else (skill,)
        self.until, self.size = self.at, 1
        # Hints whose order is unknown make an answer incorrect.
        self.right = 1 if outcome == RIGHT and not hints else 0
        if outcome == NO_OUTCOME:
            self.times, self.parts = 0, _NO_PARTS
        else:
            # Equal rows without an item are a question each; at an item only the first counts.
            self.times = copies if self.item is None else 1
            self.parts = _NO_PARTS if skill is None else [(skill, self.right, 1)]
        if seconds is not None:
            seconds = copies * (seconds if seconds < LONGEST_SECONDS else LONGEST_SECONDS)
        self.seconds = seconds
        self.xp = None if xp is None else xp * copies
        if outcome == WHOLE_SESSION:
            self._be_session(row, questions or 0, correct or 0)

    def _be_session(self, row: AnswerRow, questions: int, correct: int) -> None:
        skill, seconds, copies = row[SKILL], row[SECONDS], row[COPIES]
        self.size, self.right = questions, correct
        self.times = copies if questions else 0
        self.parts = [(skill, correct, questions)] if skill and questions else _NO_PARTS
        if seconds is not None:
            seconds = min(seconds, questions * LONGEST_SECONDS or LONGEST_WITHOUT_QUESTIONS)
            self.until = self.at + round(seconds * 1000)
            self.seconds = copies * seconds

    @classmethod
    def of(cls, rows: list[AnswerRow]) -> "Event":
        """The event of several rows, in the order that ties demand: each skill's first decides."""
        event, *others = map(cls, rows)
        for other in others:
            event._join(other)
        return event

    def _join(self, other: "Event") -> None:
        self.skills = tuple(dict.fromkeys(self.skills + other.skills))
        known = {part[0] for part in self.parts}
        fresh = [part for part in other.parts if part[0] not in known]
        if other.times:
            # Right as a whole only when every skill's first row is.
            rights = [right for _, right, _ in fresh] if other.parts else [other.right]
            self.right = int((self.right or not self.times) and all(rights))
        self.parts = [*self.parts, *fresh]
        self.times = max(self.times, other.times)
        self.seconds = other.seconds if self.seconds is None else self.seconds
        self.xp = other.xp if self.xp is None else self.xp


class ItemsOfDay:
    """One student's items of the local day at hand: only the first scored event at one counts."""

    __slots__ = ("_day", "_items")

    def __init__(self) -> None:
        self._day: date | None = None
        self._items: set[str] = set()

    def is_first(self, event: Event, day: date) -> bool:
        """Whether a scored event is the first at its item on its day; remembers the item."""
        item = event.item
        if item is None or not event.times:
            return True
        if day != self._day:
            self._day, self._items = day, set()
        if item in self._items:
            return False
        self._items.add(item)
        return True


def events_of(rows: list[AnswerRow], skill_rank: Mapping[int | None, int]) -> Iterator[Event]:
    """Events of one student's rows, which come in order of time."""
    start, count = 0, len(rows)
    while start < count:
        at, end = rows[start][AT], start + 1
        while end < count and rows[end][AT] == at:
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
            row[SEQUENCE],
            skill_rank[row[SKILL]],
            row[OUTCOME] == NO_OUTCOME,
            row[OUTCOME] == RIGHT and not row[HINTS],
            row[ITEM] or "",
            row[KEY],
        )
    )
    events: dict[tuple[int, str | int], list[AnswerRow]] = {}
    for row in rows:
        item = row[ITEM]
        same = row[KEY] if item is None else item
        events.setdefault((row[SEQUENCE], same), []).append(row)
    return map(Event.of, events.values())
