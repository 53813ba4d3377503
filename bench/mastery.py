"""How well the mastery estimate foretells the next answer, for any practice file.

    python -m bench.mastery FILE [--kc MODEL] [--zone ZONE]

The file is imported as everybody's is, all its students in one class, and each question's estimates
are noted before its answer is taken in. The AUC is the chance that a question answered right had
been given the higher estimate than one answered wrong, ties counting half (Mann and Whitney 1947).

Beside the mastery estimate: the plain running accuracy on the skill with the same start, which is
(4s + correct) / (4 + questions) without discount; the same, and the discounted average, starting at
a half for everybody; and the start s alone. The difference to the first has a 95 % interval, found
by drawing students anew.
"""

import argparse
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar, NamedTuple
from unittest.mock import patch

import numpy as np
from scipy.stats import rankdata

from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.mastery import estimate, prior
from school.models import Base, Workspace
from school.progress.books import Part
from school.progress.standing import Standing

NOW = datetime(2100, 1, 1, tzinfo=UTC)
DRAWS = 1000
Figures = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class Foretold(NamedTuple):
    """One question on a skill: who, whether it was right, and what each estimate was before."""

    student: int
    right: bool
    mastery: float
    running: float
    from_half: float
    discounted: float
    start: float


ESTIMATES = {
    "mastery": "mastery estimate",
    "running": "running accuracy, same start",
    "from_half": "running accuracy from a half",
    "discounted": "discounted average from a half",
    "start": "the start alone",
}


class Foretelling(Standing):
    """Notes all estimates of a question before it is taken in."""

    noted: ClassVar[list[Foretold]] = []

    def _take(self, student: int, parts: list[Part], day: date) -> None:
        for skill, correct, _questions in parts:
            own, excess = self.on_skill(student, skill), self.excess_sum[student]
            mean = self._mean(student, skill)
            s = prior(mean, excess, self.excess_count[student])
            running = estimate(s, own.correct, own.questions)
            from_half = estimate(0.5, own.correct, own.questions)
            mastery = estimate(s, own.weight_correct, own.weight_total)
            discounted = estimate(0.5, own.weight_correct, own.weight_total)
            right = bool(correct)
            self.noted.append(Foretold(student, right, mastery, running, from_half, discounted, s))
        super()._take(student, parts, day)


def foretell(path: Path, kc: str, zone: str) -> list[Foretold]:
    """All questions of the file in order, with what was estimated before each."""
    with tempfile.TemporaryDirectory(prefix="homeroom-bench-") as folder:
        engine = make_engine(f"sqlite:///{folder}/school.db")
        Base.metadata.create_all(engine)
        factory = make_session_factory(engine)
        with factory.begin() as session:
            workspace = Workspace(name="File", timezone=zone, created_at=NOW)
            session.add(workspace)
            session.flush()
            workspace_id = workspace.id
        Foretelling.noted.clear()
        with patch("school.progress.replay.Standing", Foretelling):
            import_practice(
                path,
                session_factory=factory,
                workspace_id=workspace_id,
                class_title="Everyone",
                kc=kc,
                now=NOW,
            )
        engine.dispose()
    return list(Foretelling.noted)


def auc(values: Figures, right: Figures) -> float:
    """The area under the ROC curve; not a number where all is right or all wrong."""
    good = right.sum()
    bad = len(right) - good
    if not good or not bad:
        return float("nan")
    return float((rankdata(values)[right == 1].sum() - good * (good + 1) / 2) / (good * bad))


def difference(found: list[Foretold]) -> tuple[float, float]:
    """95 % of the differences of the first two AUCs, students drawn anew with replacement."""
    generator = np.random.default_rng(1)
    table = np.array([(one.student, one.right, one.mastery, one.running) for one in found])
    own = [table[table[:, 0] == student, 1:] for student in np.unique(table[:, 0])]
    drawn = []
    for _ in range(DRAWS):
        some = np.concatenate([own[n] for n in generator.integers(len(own), size=len(own))])
        drawn.append(auc(some[:, 1], some[:, 0]) - auc(some[:, 2], some[:, 0]))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Print each estimate's AUC, the best first."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file", type=Path)
    options.add_argument("--kc", default="Default")
    options.add_argument("--zone", default="America/New_York", help="whose days count")
    wanted = options.parse_args()
    found = foretell(wanted.file, wanted.kc, wanted.zone)
    right = np.array([float(one.right) for one in found])
    students = len({one.student for one in found})
    print(f"{len(found):,} questions of {students} students, {right.mean():.1%} right")
    aucs = {
        words: auc(np.array([getattr(one, name) for one in found]), right)
        for name, words in ESTIMATES.items()
    }
    ranked = sorted(aucs.items(), key=lambda pair: -pair[1])
    for rank, (words, value) in enumerate(ranked, 1):
        print(f"{rank}. {words:30} AUC {value:.3f}")
    low, high = difference(found)
    print(f"mastery estimate less running accuracy, same start: {low:+.3f} to {high:+.3f}")


if __name__ == "__main__":
    main()
