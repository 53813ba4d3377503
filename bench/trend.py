"""How often the trend verdict is wrong, and how often it speaks, on made-up students.

    python -m bench.trend [--students 1000] [--class-size 25] [--seed 1]

A cell is a number of weeks, questions a week, how much a student's weeks scatter beyond chance
(`spread`, the intraclass correlation of a week's answers), and the share of weeks without practice
(with none every week has the same number of questions, else it varies as chance has it). In each
cell classes of that size are made: levels differ from student to student, all share one slope. A
verdict is false when it names a direction that the truth does not have: any where the slope is 0.

Beside each: a plain least-squares line through the weekly accuracies with p < .05, which is what
one would pick from a spreadsheet.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.stats import linregress

from analytics import trend
from analytics.reports.data import DECLINING, IMPROVING, STEADY, TOO_LITTLE

WEEKS, QUESTIONS, SPREADS = (6, 8, 16), (10, 20, 40), (0.0, 0.05, 0.15)
SLOPES = (0.0, 0.02, 0.06)
"""Change of the chance to be right, a week."""
STEEPEST = 0.7
"""A change over all weeks that no line within 2 and 98 % can hold for most students."""
ABSENCES = (0.0, 0.125)
LOWEST, HIGHEST = 0.02, 0.98
Chances = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Class = list[list[trend.Week]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the students of a cell have in common."""

    weeks: int
    questions: int
    spread: float
    absent: float
    slope: float
    size: int


def levels(generator: np.random.Generator, cell: Cell) -> Chances:
    """The chance to be right by student and week, straight lines within 2 and 98 %."""
    reach = abs(cell.slope) * (cell.weeks - 1) / 2
    middle = 1 / (1 + np.exp(-generator.normal(0.8, 0.7, cell.size)))
    weeks = np.arange(cell.weeks) - (cell.weeks - 1) / 2
    within = np.clip(middle, LOWEST + reach, HIGHEST - reach)
    lines: Chances = within[:, None] + cell.slope * weeks[None, :]
    return lines


def make_class(generator: np.random.Generator, cell: Cell) -> Class:
    """The weeks of the students of one class."""
    chance = levels(generator, cell)
    if cell.spread:
        strength = 1 / cell.spread - 1
        chance = generator.beta(chance * strength, (1 - chance) * strength)
    asked = np.full(chance.shape, cell.questions)
    if cell.absent:
        asked = generator.poisson(cell.questions, chance.shape)
        asked[generator.random(chance.shape) < cell.absent] = 0
    right = generator.binomial(asked, chance)
    return [
        [trend.Week(week, int(n), int(c)) for week, (n, c) in enumerate(pairs) if n]
        for pairs in (zip(*one, strict=True) for one in zip(asked, right, strict=True))
    ]


def by_line(weeks: list[trend.Week]) -> str:
    """What a least-squares line through the weekly accuracies says."""
    if len(weeks) < 3:
        return TOO_LITTLE
    found = linregress(
        [one.number for one in weeks], [one.correct / one.questions for one in weeks]
    )
    if not found.pvalue < trend.SIGNIFICANT:
        return STEADY
    return IMPROVING if found.slope > 0 else DECLINING


def verdicts(cell: Cell, students: int, seed: int) -> Iterator[tuple[str, str]]:
    """Ours and the line's verdict on each of at least so many students."""
    generator = np.random.default_rng(seed)
    for _ in range(-(-students // cell.size)):
        everyone = make_class(generator, cell)
        for own in everyone:
            yield trend.judge(own, everyone).direction, by_line(own)


def line(cell: Cell, students: int, seed: int) -> str:
    """One cell as a line of the table, in percent."""
    ours, peer = map(Counter, zip(*verdicts(cell, students, seed), strict=True))
    count = ours.total()

    def share(found: Counter[str], *which: str) -> float:
        return 100 * sum(found[one] for one in which) / count

    false = (DECLINING,) if cell.slope else (IMPROVING, DECLINING)
    right = (IMPROVING,) if cell.slope else ()
    shares = [
        100 - share(ours, TOO_LITTLE),
        *(share(found, *which) for found in (ours, peer) for which in (false, right)),
    ]
    what = (
        f"{cell.weeks:5} {cell.questions:9} {cell.spread:6.2f} {cell.absent:6.3f}"
        f" {100 * cell.slope:6.0f}"
    )
    return what + "".join(f"{one:9.1f}" for one in shares)


def main() -> None:
    """Print a line a cell, then the worst share of false verdicts."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--students", type=int, default=1000, help="at least so many a cell")
    options.add_argument("--class-size", type=int, default=25)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    print(f"{'points':>35}  ours, % of students       least squares, %")
    print("weeks questions spread absent a week  decided    false    found    false    found")
    cells = (
        Cell(*values, wanted.class_size)
        for values in product(WEEKS, QUESTIONS, SPREADS, ABSENCES, SLOPES)
    )
    for number, cell in enumerate(one for one in cells if one.slope * one.weeks < STEEPEST):
        print(line(cell, wanted.students, wanted.seed + number), flush=True)


if __name__ == "__main__":
    main()
