"""What has to come of meetings, told once more and more simply than by the product.

One teacher, one student, one guardian. Meetings lie on Tuesdays to Fridays by day, so that no
reminder falls into a night or a weekend. `who` is `u` for the teacher and `a` for the guardian.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
LENGTH = 30 * MINUTE
NOTICE_AFTER = timedelta(seconds=30)
ASKED_AFTER, ASKED_FOR = 10 * MINUTE, timedelta(days=14)

Key = tuple[str, int, int]
"""Whom, how many minutes before (0: the question afterwards), of which sequence."""
ASKED = ("u", 0)


@dataclass(frozen=True)
class Facts:
    """When a meeting is to be; or was, and is cancelled."""

    start: datetime
    cancelled: bool = False


@dataclass
class Occasion:
    """One message that is to come, at `due`, and is of no use from `expires` on."""

    due: datetime
    expires: datetime


@dataclass
class MeetingModel:
    """One meeting: how it stands, what is still to come, and what must have come by now."""

    id: int
    facts: Facts
    invited: bool
    version: int = 1
    sequence: int = 0
    status: str = "scheduled"
    was: list[Facts] = field(default_factory=list)
    last: str = "scheduled"
    known: dict[int, Facts] = field(default_factory=dict)
    waiting: dict[Key, Occasion] = field(default_factory=dict)
    owed: dict[Key, Occasion] = field(default_factory=dict)
    ended: set[Key] = field(default_factory=set)
    notice_due: datetime | None = None
    silenced: bool = False

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.facts.start + LENGTH

    def wanted(self, leads: Iterable[int]) -> dict[Key, Occasion]:
        """All that is to be said of the meeting as it stands, whenever that is."""
        if self.status != "scheduled":
            return {}
        wanted = {}
        for who, own in (("u", tuple(leads)), ("a", tuple(leads) or (1440, 15))):
            moments = sorted((self.facts.start - lead * MINUTE, lead) for lead in own)
            ends = [*(at for at, _ in moments), self.facts.start][1:]
            for (at, lead), end in zip(moments, ends, strict=True):
                if who == "u" or self.invited:
                    wanted[who, lead, self.sequence] = Occasion(at, end)
        asked = Occasion(self.end + ASKED_AFTER, self.end + ASKED_FOR)
        return {**wanted, (*ASKED, self.sequence): asked}

    def plan(self, leads: Iterable[int], now: datetime) -> None:
        """What is to come has changed: what is past is not begun any more, what is due stays."""
        wanted = self.wanted(leads)
        self.waiting = {
            key: one
            for key, one in wanted.items()
            if key not in self.ended and (one.due > now or key in self.waiting)
        }

    def tick(self, now: datetime) -> None:
        """The clock has ticked: what is due and of use must come, the rest never."""
        for key, one in list(self.waiting.items()):
            if one.due <= now:
                del self.waiting[key]
                self.ended.add(key)
                if one.expires > now:
                    self.owed[key] = one

    def change(self, last: str, facts: Facts, leads: Iterable[int], now: datetime) -> None:
        """Another time, or none: nothing of the former sequence is to come any more."""
        self.was.append(self.facts)
        self.version, self.sequence = self.version + 1, self.sequence + 1
        self.last, self.facts = last, facts
        self.status = "cancelled" if facts.cancelled else "scheduled"
        self.known[self.sequence] = facts
        self.owed.clear()
        self.plan(leads, now)
        self.notice_due, self.silenced = now + NOTICE_AFTER, False

    def answer(self, status: str, leads: Iterable[int], now: datetime) -> None:
        """It was held or missed, or that is open again; then nothing is asked any more."""
        self.version, self.status, self.last = self.version + 1, status, status
        self.plan(leads, now)
        if status != "scheduled":
            self.owed.clear()
