"""How each student of the demo school is doing: a few told in full, the rest of nine kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Story:
    """One student's way through the term.

    `level` is the log odds of a right answer today and `change` what it gains a week over the
    last eight; `fixed` holds chances of single skills that stay as they are, `often` skills
    practised three times as much. `absent` counts the last school days without practice, `away`
    the weeks (most, least ago) spent elsewhere; `joined` and `left` say how many weeks ago they
    came to the class, or were in it last. An `even` story leaves little to chance, so that its
    figures come out the same every day.
    """

    level: float = 0.9
    change: float = 0.0
    days_a_week: float = 3.2
    questions: int = 10
    fixed: Mapping[str, float] = field(default_factory=dict)
    often: tuple[str, ...] = ()
    absent: int = 0
    away: tuple[int, int] | None = None
    joined: int | None = None
    left: int | None = None
    even: bool = False
    last_skill: str | None = None

    def is_there(self, weeks_ago: int) -> bool:
        """Whether the student was in the class in that week."""
        has_come = self.joined is None or weeks_ago <= self.joined
        return has_come and (self.left is None or weeks_ago >= self.left)


MAYA = Story(
    level=2.0,
    change=0.2,
    days_a_week=5,
    questions=16,
    fixed={"Fractions": 0.52, "Equivalent fractions": 0.54, "Ratio": 0.5, "Multiplication": 0.92},
    even=True,
    last_skill="Division",
)
LEO = Story(level=1.15, days_a_week=4, questions=14, absent=10, even=True, last_skill="Decimals")
ANA = Story(
    level=1.15,
    days_a_week=4,
    questions=15,
    fixed={"Division": 0.46},
    often=("Division",),
    even=True,
)
SAM = Story(level=0.35, change=-0.16, days_a_week=4.6, questions=16, even=True)

CAME = Story(level=1.1, days_a_week=4, joined=5)
LEFT = Story(level=0.9, days_a_week=3.5, left=4)

KINDS: tuple[tuple[int, Story], ...] = (
    (6, Story(level=2.2, days_a_week=4.2)),
    (14, Story(level=1.5)),
    (12, Story(level=1.05)),
    (4, Story(level=0.1, days_a_week=3)),
    (2, Story(level=0.4, change=-0.14, days_a_week=4, questions=15)),
    (3, Story(level=1.3, change=0.12, days_a_week=3.8)),
    (2, Story(level=0.8, absent=7)),
    (2, Story(level=1.0, days_a_week=4, away=(5, 3))),
    (1, Story(level=0.9, days_a_week=1.2, questions=8)),
)
"""How many of each kind: excelling, doing well, in the middle, struggling, declining, improving,
stopped, recovered, seldom here."""


def other_stories(rng: Random) -> list[Story]:
    """The stories of those who are not told in full, shuffled, each a little different."""
    stories = [
        Story(
            level=kind.level + rng.gauss(0, 0.25),
            change=kind.change,
            days_a_week=kind.days_a_week * rng.uniform(0.9, 1.1),
            questions=kind.questions,
            absent=kind.absent,
            away=kind.away,
        )
        for many, kind in KINDS
        for _ in range(many)
    ]
    rng.shuffle(stories)
    return stories
