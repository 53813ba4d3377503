"""The rows that an effect is estimated from, and how far each helped student came towards one."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from analytics.effects.data import LeftOut


class Row(NamedTuple):
    """One student on one occasion; outcomes are fractions of 1, in the windows around it.

    Students of one `stratum` stand beside each other. `mixed`: a helped student got another kind of
    help too, one without help got some in the days after.
    """

    student_id: int
    class_id: int
    stratum: Hashable
    treated: bool
    after: float
    before: float
    earlier: float
    mixed: bool = False

    @property
    def change(self) -> float:
        """From the earliest window to that after."""
        return self.after - self.earlier


class Standing(IntEnum):
    """How far a helped student came towards a row; the further the greater."""

    AWAY = 0
    BEFORE = 1
    PRACTICE = 2
    ALONE = 3
    WAITING = 4
    COUNTED = 5


@dataclass(slots=True)
class Found:
    """The rows of one kind of help, and how far each helped student came.

    `waiting` has by student the first day through which the data must reach.
    """

    rows: list[Row] = field(default_factory=list)
    standings: dict[int, Standing] = field(default_factory=dict)
    waiting: dict[int, date] = field(default_factory=dict)

    def stands(self, student_id: int, how: Standing) -> None:
        """The furthest that a student came counts."""
        self.standings[student_id] = max(how, self.standings.get(student_id, how))

    def waits(self, student_id: int, until: date) -> None:
        """The data do not reach over the student's days after yet."""
        self.stands(student_id, Standing.WAITING)
        self.waiting[student_id] = min(until, self.waiting.get(student_id, until))

    def beside(self, treated: Sequence[Row], others: Sequence[Row]) -> None:
        """Add a stratum, where there is anybody to compare with."""
        for one in treated:
            self.stands(one.student_id, Standing.COUNTED if others else Standing.ALONE)
        if treated and others:
            self.rows += [*treated, *others]

    def left_out(self) -> LeftOut:
        """How many came how far and no further."""
        counts = Counter(self.standings.values())
        return LeftOut(
            practice=counts[Standing.PRACTICE],
            before=counts[Standing.BEFORE],
            away=counts[Standing.AWAY],
            alone=counts[Standing.ALONE],
        )
