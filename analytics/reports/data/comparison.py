"""The shapes of comparisons: a student beside the class, a class beside other classes."""

from dataclasses import dataclass

from analytics.reports.data.common import Coverage, Interval, Plain
from analytics.reports.data.student import Strength
from school.days import DateRange

ABOVE, BELOW, NOT_CLEAR = "above", "below", "not clearly different"
"""What an interval carries of a difference; empty where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a student beside its average over `students` students of the class.

    `name` is `accuracy`, `questions`, `time` (seconds), `skills_mastered`, `xp` or `active_days`.
    `around` is the interval of the student's own figure, which an accuracy alone has; `interval` is
    the t interval of the average. `side` is where the student stands: ABOVE, BELOW, NOT_CLEAR or
    empty.
    """

    name: str
    own: float | None
    average: float | None
    students: int
    around: Interval | None = None
    interval: Interval | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class StudentComparison(Plain):
    """A student beside the classmates, in a range.

    `measures` starts with the accuracy. `judged` students, the student among them if `own_judged`,
    have 10 questions; `percentile`, `quarter` and `rough` are as in a report. `gaps` are all skills
    that could be compared, furthest ahead first, with `strengths` and `weaknesses` those clear of
    chance. `place` of `placed` is by XP; None for who is `left_out` of leaderboards or has no XP.
    `enrolled`: whether the student is in the class in these days.
    """

    student_id: int
    student: str
    class_id: int
    class_title: str
    range: DateRange
    timezone: str
    coverage: Coverage
    enrolled: bool
    measures: tuple[Measure, ...]
    judged: int
    own_judged: bool
    percentile: float | None
    quarter: str | None
    rough: bool
    gaps: tuple[Strength, ...]
    strengths: tuple[Strength, ...]
    weaknesses: tuple[Strength, ...]
    place: int | None
    placed: int
    left_out: bool
    finding: str
    replaying: bool

    @property
    def accuracy(self) -> Measure:
        """The first measure."""
        return self.measures[0]

    @property
    def questions(self) -> int:
        """The student's own questions."""
        own = next(one.own for one in self.measures if one.name == "questions")
        return int(own or 0)


@dataclass(frozen=True, slots=True)
class ClassBeside:
    """One class's figures, and how the class that was asked about differs from it.

    `accuracy` is the mean over `judged` students, with its t `interval`; the means of `questions`
    and `active_days` are over all `students`. `gap` is the asked class's accuracy less this one's
    with its `gap_interval` (Welch), `p` its significance, adjusted by Holm for all classes shown;
    `side` says where the asked class stands: ABOVE, BELOW, NOT_CLEAR, or empty where too few
    students can be judged. `shared` students are in both.
    """

    class_id: int
    title: str
    accuracy: float | None
    interval: Interval | None
    judged: int
    students: int
    questions: float | None
    active_days: float | None
    gap: float | None = None
    gap_interval: Interval | None = None
    p: float | None = None
    side: str = ""
    shared: int = 0


@dataclass(frozen=True, slots=True)
class ClassComparison(Plain):
    """A class beside others, in a range: `own`, and `others` by accuracy, the highest first.

    `more` classes of the viewer are not among them.
    """

    class_id: int
    title: str
    range: DateRange
    timezone: str
    coverage: Coverage
    own: ClassBeside
    others: tuple[ClassBeside, ...]
    finding: str
    replaying: bool
    more: int = 0
