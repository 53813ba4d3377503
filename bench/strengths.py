"""How many students get a strength or weakness where there is none, and how often one is found.

    python -m bench.strengths [--students 4000] [--seed 1]

Classes of 25: abilities and difficulties are normal on log odds, and nobody is better or worse on
any skill than elsewhere, but where a skill is `planted`: there one student is so much better on log
odds. `mixed`: each student has practised each skill with a chance of 0.6 only. `placed`: mostly
those that fit the student's ability, as an adaptive source would choose them.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.queries.mastery import SkillTotal
from analytics.strengths import own_and_mates, strengths

CLASS, SPREAD = 25, 0.8
PLANTED = 0
NEAR = 0.4
"""How far a skill's rank of difficulty may lie from a student's rank to be the fitting one."""
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Skills, fewest and most questions on each, the mean ability on log odds, what is planted."""

    name: str
    skills: int = 10
    fewest: int = 10
    most: int = 60
    level: float = 1.0
    mixed: bool = False
    placed: bool = False
    planted: float = 0.0


CELLS = (
    Cell("10 skills, 10 to 60 questions"),
    Cell("3 skills", skills=3),
    Cell("20 skills", skills=20),
    Cell("10 to 15 questions", most=16),
    Cell("50 to 200 questions", fewest=50, most=200),
    Cell("each skill practised by 6 of 10", mixed=True),
    Cell("hard: half is right", level=0.0, mixed=True),
    Cell("easy: 85 % are right", level=2.0, mixed=True),
    Cell("weaker students on easier skills", placed=True),
    Cell("planted: 1 on log odds", planted=1.0),
    Cell("planted: 2 on log odds", planted=2.0),
)


def share_with_one(cell: Cell, students: int, seed: int) -> float:
    """The share of students with a strength or weakness; of a planted one, those who get that."""
    randomness, found, asked = np.random.default_rng(seed), 0, 0
    for _ in range(-(-students // CLASS)):
        totals = list(_class(cell, randomness))
        for student in [PLANTED] if cell.planted else range(CLASS):
            strong, weak = strengths(*own_and_mates(totals, student, range(CLASS)))
            asked += 1
            found += (
                any(one.skill_id == 0 for one in strong) if cell.planted else bool(strong + weak)
            )
    return found / asked


def _class(cell: Cell, randomness: np.random.Generator) -> Iterator[SkillTotal]:
    ability = randomness.normal(cell.level, SPREAD, (CLASS, 1))
    hardness = randomness.normal(0, SPREAD, (1, cell.skills))
    ahead = ability - hardness
    ahead[PLANTED, 0] += cell.planted
    asked = randomness.integers(cell.fewest, cell.most, ahead.shape)
    asked *= randomness.random(ahead.shape) < _chances(cell, ability, hardness)
    right = randomness.binomial(asked, 1 / (1 + np.exp(-ahead)))
    for (student, skill), questions in np.ndenumerate(asked):
        if questions:
            yield SkillTotal(student, skill, str(skill), int(questions), int(right[student, skill]))


def _chances(cell: Cell, ability: Floats, hardness: Floats) -> Floats:
    """How likely each student is to have practised each skill."""
    if not cell.placed:
        return np.full((CLASS, cell.skills), 0.6 if cell.mixed else 1.0)
    able = np.argsort(np.argsort(ability[:, 0])) / CLASS
    hard = np.argsort(np.argsort(hardness[0])) / cell.skills
    return np.where(np.abs(able[:, None] - hard) < NEAR, 0.85, 0.15)


def main() -> None:
    """Print the share of each cell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for cell in CELLS:
        share = share_with_one(cell, asked.students, asked.seed)
        print(f"{cell.name:34} {100 * share:5.1f} %")


if __name__ == "__main__":
    main()
