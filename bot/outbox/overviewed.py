"""What an administrator is told of the outbox, as plain data (see bot/outbox/overview)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from school.models import Lane, Medium


class Why(StrEnum):
    """Why a delivery is late."""

    IN_HAND = "in hand"
    UNSETTLED = "unsettled"
    RETRYING = "retrying"
    HELD = "held"
    BEHIND = "behind"
    UNTAKEN = "untaken"


@dataclass(frozen=True, slots=True)
class Group:
    """So many deliveries of one kind that are due, the oldest since `oldest`."""

    lane: Lane
    medium: Medium
    kind: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """The teacher or administrator that a delivery is for, else on whose behalf it goes."""

    name: str
    is_recipient: bool


@dataclass(frozen=True, slots=True)
class Late:
    """One delivery that should have gone. `until`: when it is tried next, where that is known."""

    delivery_id: int
    kind: str
    medium: Medium
    person: Person | None
    due_at: datetime
    why: Why
    until: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """One delivery that was given up. `round`: how often a person had it tried once more.

    `is_useful`: neither past its use nor withdrawn.
    """

    delivery_id: int
    kind: str
    medium: Medium
    person: Person | None
    failed_at: datetime
    error: str
    reference: str | None
    round: int
    is_useful: bool


@dataclass(frozen=True, slots=True)
class Today:
    """How many deliveries came to which end since the local day began."""

    sent: int
    closed: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """Timers that the clock should have acted on. `error` is that of the oldest, if it broke."""

    count: int
    oldest: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """How one workspace's deliveries stand at `now`.

    `late` and `failed` hold the first ones alone (the oldest late, the newest failed); their counts
    are whole. What is late is among what is waiting. `planned` is for later, housekeeping left out.
    """

    now: datetime
    waiting: tuple[Group, ...]
    planned: int
    held_until: datetime | None
    late_count: int
    late: tuple[Late, ...]
    failed_count: int
    failed: tuple[Failed, ...]
    today: Today
    overdue: Overdue | None

    @property
    def waiting_count(self) -> int:
        """How many are due and not finished."""
        return sum(group.count for group in self.waiting)

    @property
    def oldest(self) -> datetime | None:
        """Since when the oldest of them has been due."""
        return min((group.oldest for group in self.waiting), default=None)
