"""Made-up classes in which students are helped, with and without an effect, for bench.effects."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from analytics.calendar import SchoolCalendar
from analytics.effects.data import Action
from analytics.effects.helps import Given
from analytics.effects.practice import DayCount, PracticeBook
from analytics.effects.scene import Pupil, Scene
from school.days import DateRange

CALENDAR = SchoolCalendar()
START = date(2024, 1, 1)
DAYS = [one for n in range(126) if (one := START + timedelta(days=n)) in CALENDAR]
FIRST, LAST = 24, 74
"""Help is given on school days between these."""
RESTING = 20
"""School days before somebody is helped again."""
SPREAD, STICKS = 0.7, 0.93
"""Of the levels on log odds; how much of a student's own drift is left a day later."""
PRESENT, NOTICED = 0.8, 0.125
"""The chance to practise on a day, and to be helped on a morning of an absence."""
LUCK = 0.15
"""What decides beside accuracy whom to help, where that is a matter of chance."""
EVER = DateRange(date.min, date.max)
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Whole = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Times = list[tuple[int, int]]
"""Whom on which school day, by their numbers."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What the classes of a cell have in common.

    `gain` is in accuracy, or in the chance to practise on a day; `drift` and `level` on log odds.
    """

    name: str
    helped: int = 15
    others: int = 20
    questions: int = 40
    gain: float = 0.0
    chosen: str = "low"
    every: int = 0
    inactive: bool = False
    drift: float = 0.5
    level: float = 0.8

    @property
    def students(self) -> int:
        """The size of the class."""
        return self.helped + self.others


CELLS = (
    Cell("no effect, by lot, at once", chosen="lot"),
    Cell("no effect, low, at once"),
    Cell("no effect, low by chance, at once", chosen="chance"),
    Cell("no effect, low, 5 helped", helped=5),
    Cell("no effect, low, 15 questions, class of 60", helped=20, others=40, questions=15),
    Cell("no effect, low, one by one", every=2),
    Cell("no effect, low, one by one, class of 28", helped=8, every=3),
    Cell("no effect, low, three by three", helped=30, others=30, every=4),
    Cell("no effect, inactive", helped=0, others=40, inactive=True),
    Cell("+15 points, by lot, at once", chosen="lot", gain=0.15),
    Cell("+15 points, low by chance, at once", chosen="chance", gain=0.15),
    Cell("+15 points, low, at once", gain=0.15),
    Cell("+15 points, low, one by one", every=2, gain=0.15),
    Cell("+15 points, low, 5 helped", helped=5, gain=0.15),
    Cell("+15 points, by lot, little drift", chosen="lot", gain=0.15, drift=0.3),
    Cell("+15 points, low by chance, little drift", chosen="chance", gain=0.15, drift=0.3),
    Cell("+15 points, low, little drift", gain=0.15, drift=0.3),
    Cell("+5 points, low by chance, at once", chosen="chance", gain=0.05),
    Cell("-15 points, by lot, at once", chosen="lot", gain=-0.15),
    Cell("inactive, practises on more days", helped=0, others=40, inactive=True, gain=0.1),
)


class Class(NamedTuple):
    """Questions and right answers by student and school day, and whom help was given when."""

    asked: Whole
    right: Whole
    given: Times
    concern: str | None = None


def chances(randomness: np.random.Generator, cell: Cell) -> Floats:
    """The chance to be right by student and school day."""
    ahead = np.empty((cell.students, len(DAYS)))
    ahead[:, 0] = randomness.normal(0, cell.drift, cell.students)
    for day in range(1, len(DAYS)):
        fresh = randomness.normal(0, cell.drift * np.sqrt(1 - STICKS**2), cell.students)
        ahead[:, day] = STICKS * ahead[:, day - 1] + fresh
    level = randomness.normal(cell.level, SPREAD, (cell.students, 1))
    found: Floats = 1 / (1 + np.exp(-(level + ahead)))
    return found


def make_class(randomness: np.random.Generator, cell: Cell) -> Class:
    """A class whose practice does not depend on help but in how much of it is right."""
    chance = chances(randomness, cell)
    asked = randomness.poisson(cell.questions / 10 / PRESENT, chance.shape)
    asked *= randomness.random(chance.shape) < PRESENT
    right = randomness.binomial(asked, chance)
    given: Times = []
    for day in range(FIRST, LAST, cell.every or LAST):
        for student in _chosen(randomness, cell, (asked, right), given, day):
            given.append((student, day))
            after = slice(day + 1, day + 11)
            better = np.clip(chance[student, after] + cell.gain, 0.02, 0.98)
            if cell.gain:
                right[student, after] = randomness.binomial(asked[student, after], better)
    return Class(asked, right, given)


def _chosen(
    randomness: np.random.Generator,
    cell: Cell,
    practice: tuple[Whole, Whole],
    given: Times,
    day: int,
) -> list[int]:
    """Whom to help on a day: the lowest of those not helped of late, or anybody."""
    asked, right = (one[:, day - 10 : day].sum(axis=1) for one in practice)
    resting = {student for student, when in given if day - when <= RESTING}
    may = [one for one in range(cell.students) if one not in resting and asked[one] >= 10]
    order = list(randomness.permutation(may))
    luck = randomness.normal(0, LUCK, cell.students) if cell.chosen == "chance" else right * 0.0
    if cell.chosen != "lot":
        order.sort(key=lambda one: right[one] / asked[one] + luck[one])
    return [int(one) for one in order[: max(1, cell.helped // 10) if cell.every else cell.helped]]


def make_absent_class(randomness: np.random.Generator, cell: Cell) -> Class:
    """A class in which students stay away for days, and are helped when they have."""
    back = randomness.beta(3, 12, cell.students)
    here = np.ones(cell.students, bool)
    missed, rested = np.zeros(cell.students), np.full(cell.students, 0)
    asked = np.zeros((cell.students, len(DAYS)), np.int64)
    given: Times = []
    lifted = np.zeros(cell.students)
    for day in range(len(DAYS)):
        due = (missed >= 5) & (rested <= day) & (randomness.random(cell.students) < NOTICED)
        for student in np.flatnonzero(due) if FIRST <= day < LAST else ():
            given.append((int(student), day))
            rested[student], lifted[student] = day + RESTING + 1, day + 10
        chance = np.where(here, 0.88, back) + cell.gain * (day <= lifted) * (lifted > 0)
        here = randomness.random(cell.students) < chance
        asked[:, day] = 4 * here
        missed = np.where(here, 0, missed + 1)
    return Class(asked, asked * 3 // 4, given, "inactive")


def scene_of(made: Class) -> tuple[Scene, list[Action]]:
    """The class as the estimator takes it."""
    practice = {
        student: [DayCount(*one) for one in zip(DAYS, asked, right, strict=True)]
        for student, (asked, right) in enumerate(
            zip(made.asked.tolist(), made.right.tolist(), strict=True)
        )
    }
    actions = [Action(one, "message", DAYS[day], concern=made.concern) for one, day in made.given]
    pupils = {one: Pupil(one, ((1, EVER),), DAYS[-1]) for one in practice}
    scene = Scene(pupils, PracticeBook(practice, {}), Given(actions), CALENDAR, DAYS[0])
    return scene, actions
