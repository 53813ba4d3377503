"""How often the effect of help is claimed where there is none, and how often one is found.

    python -m bench.effects [--classes 1000] [--seed 1] [--cell WORDS] [--choices]

Each evaluation is a made-up class over a term. Students differ in level, and each drifts from day
to day, so that a low fortnight is partly bad luck that passes by itself. Help is given on one day
to so many (`at once`), or every few school days to one or some (`one by one`): to anybody (`by
lot`), to those whose accuracy of the last ten school days is lowest, as an alert would choose them
(`low`), or to the lower the likelier (`low by chance`). After inactivity those are helped who have
missed five school days, each morning with a chance of one in eight; some students return more
easily than others.

Beside ours, from the same classes: a paired t test of after on before (naive), and Welch's t on the
changes of the helped and of all others (difference in differences), each claiming at p < .05.
`rose` is the share of helped students who were better after than before. `--choices` shows instead
what the verdict would be if classmates who get help later were left out, and if a student's rows on
several dates were taken for several students (docs/decisions/0015-effects.md).
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import ttest_1samp

from analytics import differences
from analytics.effects.absences import absence_rows
from analytics.effects.accuracy import accuracy_rows
from analytics.effects.data import Outcome, Verdict
from analytics.effects.helps import helps
from analytics.effects.individual import improved, student_effect_in
from analytics.effects.judging import effect, gain_of, verdict
from analytics.effects.rows import Found, Row
from bench.helped import CELLS, Cell, Class, make_absent_class, make_class, scene_of


class Claims(NamedTuple):
    """What ours, a paired t test and difference in differences claim, and the share that rose."""

    ours: str
    naive: str
    differences: str
    rose: float


def made_for(cell: Cell, randomness: np.random.Generator) -> Class:
    """One class of a cell."""
    return (make_absent_class if cell.inactive else make_class)(randomness, cell)


def found_in(cell: Cell, randomness: np.random.Generator) -> Found:
    """The rows of one class."""
    scene, actions = scene_of(made_for(cell, randomness))
    rows = absence_rows if cell.inactive else accuracy_rows
    return rows(helps(actions), scene)


def judged(found: Found) -> str:
    """Our verdict; that an outcome counts in days changes none."""
    return effect("message", Outcome.ACCURACY, [1], found).verdict


def claims(cell: Cell, randomness: np.random.Generator) -> Claims:
    """What is claimed of one class."""
    found = found_in(cell, randomness)
    ours = judged(found)
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


def shares(said: Sequence[str]) -> str:
    """How many say helped and fell, in percent."""
    counts = Counter(said)
    return "".join(f"{100 * counts[one] / len(said):7.1f}" for one in ("helped", "fell"))


def choices(cell: Cell, classes: int, seed: int) -> str:
    """A cell as a line: as it is, without those helped later, with rows taken for students."""
    randomness = np.random.default_rng(seed)
    found = [found_in(cell, randomness) for _ in range(classes)]

    def among(rows: Iterable[Row]) -> str:
        given = list(rows)
        beside = {row.stratum for row in given if not row.treated}
        kept = [row for row in given if row.stratum in beside]
        gain = gain_of(kept) if any(row.treated for row in kept) else None
        return verdict(gain.interval(), kept) if gain else Verdict.TOO_FEW

    kept = shares([among(one.rows) for one in found])
    left = shares([among(r for r in one.rows if r.treated or not r.mixed) for one in found])
    apart = shares(
        [among(r._replace(student_id=n) for n, r in enumerate(one.rows)) for one in found]
    )
    return f"{cell.name:42}{kept}{left}{apart}"


def line(cell: Cell, classes: int, seed: int) -> str:
    """One cell as a line of the table, in percent of the classes."""
    randomness = np.random.default_rng(seed)
    found = [claims(cell, randomness) for _ in range(classes)]

    decided = 100 * sum(one.ours != Verdict.TOO_FEW for one in found) / classes
    ours, naive = shares([one.ours for one in found]), shares([one.naive for one in found])
    plain = shares([one.differences for one in found])
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


def risen(cell: Cell, classes: int, seed: int) -> str:
    """Of the helped: how many, how many rose, and how many were expected to without help."""
    randomness = np.random.default_rng(seed)
    effects = []
    for _ in range(classes):
        scene, actions = scene_of(made_for(cell, randomness))
        effects += [student_effect_in(one, helps([one])[0], scene) for one in actions]
    found = improved(effects)
    shares = (100 * one / found.students for one in (found.rose, found.expected))
    return f"{cell.name:42}{found.students:9}" + "".join(f"{one:9.1f}" for one in shares)


def main() -> None:
    """Print a line a cell, then the coverage for single students."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--classes", type=int, default=1000, help="so many a cell")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cell", default="", help="only cells whose name holds this")
    options.add_argument("--choices", action="store_true", help="beside what was decided against")
    wanted = options.parse_args()
    cells = [(n, one) for n, one in enumerate(CELLS) if wanted.cell in one.name]
    if wanted.choices:
        print(f"{'':42}    as it is, %  without later, %   rows apart, %")
        for number, cell in cells:
            print(choices(cell, wanted.classes, wanted.seed + number), flush=True)
        return
    print(f"{'':50}   ours, %       naive, %      differences, %")
    print(f"{'':42} decided" + " helped   fell" * 3 + "   rose")
    for number, cell in cells:
        print(line(cell, wanted.classes, wanted.seed + number), flush=True)
    if not wanted.cell:
        print("one student, no effect".ljust(46) + "said, %  within  width, points")
        for words in single_students(wanted.classes, wanted.seed):
            print(words, flush=True)
        print("one student, no effect".ljust(43) + "students  rose, % expected, %")
        for number, cell in [pair for pair in cells if not pair[1].gain]:
            print(risen(cell, max(wanted.classes // 10, 1), wanted.seed + number), flush=True)


if __name__ == "__main__":
    main()
