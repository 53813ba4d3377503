"""Rows of answers as events: what happened at one item at one moment (docs/metrics.md).

Rows of one student, item and moment that name several skills are one event.
"""

from collections.abc import Iterator, Mapping
from typing import Final

RIGHT, NO_OUTCOME = 1, 3
LONGEST_SECONDS = 300.0
"""A recorded answer, and a gap that stands for a missing time, count at most so many seconds."""

AnswerRow = tuple[
    int, int, int, int | None, int, str | None, float | None, int | None, str | None, float | None,
    int, int,
]  # fmt: skip
"""A row of `answers` as it is read, a plain tuple for speed: student, moment (milliseconds since
1970), sequence, skill, outcome, item, seconds, hints, session, XP, copies, key."""
STUDENT: Final = 0
AT: Final = 1
SEQUENCE: Final = 2
SKILL: Final = 3
OUTCOME: Final = 4
ITEM: Final = 5
HINTS: Final = 7
SESSION: Final = 8
KEY: Final = 11
_NO_PARTS: list[tuple[int, bool]] = []


class Event:
    """What happened at one item at one moment: the rows of one student that belong together.

    `skills` are all skills named, `parts` those of scored rows with whether each was right; `asked`
    is how many questions it is where it is the first of its day: 0 when nothing was scored.
    """

    __slots__ = (
        "asked", "at", "item", "parts", "right", "seconds", "sequence", "session", "skills", "xp",
    )  # fmt: skip

    def __init__(self, row: AnswerRow) -> None:
        (_, self.at, self.sequence, skill, outcome, self.item, seconds, hints, self.session, xp,
         copies, _) = row  # fmt: skip
        self.skills: tuple[int, ...] = () if skill is None else (skill,)
        # Hints whose order is unknown make an answer incorrect.
        self.right = outcome == RIGHT and not hints
        if outcome == NO_OUTCOME:
            self.asked, self.parts = 0, _NO_PARTS
        else:
            # Equal rows without an item are a question each; at an item only the first counts.
            self.asked = copies if self.item is None else 1
            self.parts = _NO_PARTS if skill is None else [(skill, self.right)]
        if seconds is not None:
            seconds = copies * (seconds if seconds < LONGEST_SECONDS else LONGEST_SECONDS)
        self.seconds = seconds
        self.xp = None if xp is None else xp * copies

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
        self.parts = [*self.parts, *fresh]
        self.asked = max(self.asked, other.asked)
        self.seconds = other.seconds if self.seconds is None else self.seconds
        self.xp = other.xp if self.xp is None else self.xp


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
