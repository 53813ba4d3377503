"""How often the effect of help is claimed where there is none, and how often one is found.

    python -m bench.effects [--classes 1000] [--seed 1] [--cell WORDS]

Each evaluation is a made-up class over a term. Students differ in level, and each drifts from day
to day, so that a low fortnight is partly bad luck that passes by itself. Help is given on one day
to so many (`at once`), or every few school days to one or some (`one by one`): to anybody (`by
lot`), to those whose accuracy of the last ten school days is lowest, as an alert would choose them
(`low`), or to the lower the likelier (`low by chance`). After inactivity those are helped who have
missed five school days, each morning with a chance of one in eight; some students return more
easily than others.

Beside ours, from the same classes: a paired t test of after on before (naive), and Welch's t on the
changes of the helped and of all others (difference in differences), each claiming at p < .05.
`rose` is the share of helped students who were better after than before.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from scipy.stats import ttest_1samp

from analytics import differences
from analytics.calendar import SchoolCalendar
from analytics.effects.absences import absence_rows
from analytics.effects.accuracy import accuracy_rows
from analytics.effects.data import Action, Outcome, Verdict
from analytics.effects.helps import Given, helps
from analytics.effects.individual import student_effect_in
from analytics.effects.judging import effect
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


class Claims(NamedTuple):
    """What ours, a paired t test and difference in differences claim, and the share that rose."""

    ours: str
    naive: str
    differences: str
    rose: float


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


def claims(cell: Cell, randomness: np.random.Generator) -> Claims:
    """What is claimed of one class."""
    make = make_absent_class if cell.inactive else make_class
    scene, actions = scene_of(make(randomness, cell))
    outcome, rows = (
        (Outcome.DAYS, absence_rows) if cell.inactive else (Outcome.ACCURACY, accuracy_rows)
    )
    found = rows(helps(actions), scene)
    ours = effect("message", outcome, [1], found).verdict
    helped = [row.after - row.before for row in found.rows if row.treated]
    others = [row.after - row.before for row in found.rows if not row.treated]
    rose = sum(one > 0 for one in helped) / max(len(helped), 1)
    return Claims(ours, paired(helped), in_differences(helped, others), rose)


def paired(changes: Sequence[float]) -> str:
    """What a paired t test says of the helped alone."""
    if len(changes) < 2 or len(set(changes)) < 2:
        return Verdict.TOO_FEW
    found = ttest_1samp(changes, 0.0)
    return _claim(float(np.mean(changes)), float(found.pvalue))


def in_differences(helped: Sequence[float], others: Sequence[float]) -> str:
    """What Welch's t on the changes says."""
    found = differences.welch(helped, others)
    return _claim(found.gap, found.p) if found else Verdict.TOO_FEW


def _claim(gap: float, p: float) -> str:
    if p >= 0.05:
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.HELPED if gap > 0 else Verdict.FELL


def line(cell: Cell, classes: int, seed: int) -> str:
    """One cell as a line of the table, in percent of the classes."""
    randomness = np.random.default_rng(seed)
    found = [claims(cell, randomness) for _ in range(classes)]

    def shares(said: Iterable[str]) -> str:
        counts = Counter(said)
        return "".join(f"{100 * counts[one] / classes:7.1f}" for one in ("helped", "fell"))

    decided = 100 * sum(one.ours != Verdict.TOO_FEW for one in found) / classes
    ours, naive = shares(one.ours for one in found), shares(one.naive for one in found)
    plain = shares(one.differences for one in found)
    rose = 100 * sum(one.rose for one in found) / classes
    return f"{cell.name:42}{decided:8.1f}{ours}{naive}{plain}{rose:7.1f}"


def covered(classes: int, seed: int, cell: Cell) -> str:
    """Of single students without help: said at all, within the interval, its mean width."""
    randomness = np.random.default_rng(seed)
    widths, inside = [], 0
    for made in (make_class(randomness, cell) for _ in range(classes)):
        scene, actions = scene_of(made)
        found = student_effect_in(actions[0], helps(actions)[0], scene)
        if found.interval is not None and found.after.accuracy is not None:
            widths.append(found.interval.high - found.interval.low)
            inside += found.interval.low <= found.after.accuracy <= found.interval.high
    shares = (len(widths) / classes, inside / len(widths), sum(widths) / len(widths))
    return f"{cell.name:42}" + "".join(f"{100 * one:9.1f}" for one in shares)


def single_students(classes: int, seed: int) -> Iterator[str]:
    """How often the interval for the lowest student of a class holds what came, or for anyone."""
    for words, level in (("69 % right", 0.8), ("92 % right", 2.5)):
        for chosen in ("lot", "low"):
            for others in (10, 20, 30):
                name = f"{words}, {chosen}, {others} classmates"
                cell = Cell(name, helped=1, others=others, chosen=chosen, level=level)
                yield covered(classes, seed, cell)


def main() -> None:
    """Print a line a cell, then the coverage for single students."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--classes", type=int, default=1000, help="so many a cell")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cell", default="", help="only cells whose name holds this")
    wanted = options.parse_args()
    print(f"{'':50}   ours, %       naive, %      differences, %")
    print(f"{'':42} decided" + " helped   fell" * 3 + "   rose")
    for number, cell in enumerate(CELLS):
        if wanted.cell in cell.name:
            print(line(cell, wanted.classes, wanted.seed + number), flush=True)
    if not wanted.cell:
        print("one student, no effect".ljust(46) + "said, %  within  width, points")
        for words in single_students(wanted.classes, wanted.seed):
            print(words, flush=True)


if __name__ == "__main__":
    main()
