"""The shapes of effects: what was done, and what can be said about whether it helped.

Accuracies and their differences are fractions of 1. Where days practised are looked at, all figures
are school days out of 10 (docs/metrics.md, "Effect of interventions").
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.reports.data import Interval
from analytics.reports.data.common import Plain
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class Action:
    """That something of a `kind` was done for a student on a local day of the school.

    `skill_ids` are the skills concerned, none: all. `concern` is what it was done about; only
    `inactive` changes how it is looked at.
    """

    student_id: int
    kind: str
    day: date
    skill_ids: tuple[int, ...] = ()
    concern: str | None = None


class Outcome(StrEnum):
    """What is looked at after an action: accuracy, or after inactivity the days practised."""

    ACCURACY = "accuracy"
    DAYS = "days practised"


class Verdict(StrEnum):
    """What can be said about a kind of help."""

    HELPED = "helped"
    FELL = "fell"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to tell"


class Why(StrEnum):
    """Why it is too few to tell."""

    EARLY = "too early"
    TREATED = "treated"
    COMPARABLE = "comparable"
    NO_SPREAD = "no spread"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many students helped by a kind count for nothing in its effect, and why.

    Each is counted once, under the reason that their furthest action met: `practice` too few
    questions in one of the windows, `before` something else was done for them in the 20 school days
    before, `away` not enrolled throughout or days before the data begin, `alone` nobody to
    compare with on that day.
    """

    practice: int = 0
    before: int = 0
    away: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class KindEffect(Plain):
    """What one kind of help did for the students of some classes.

    `students` had it; `treated` of them are in the estimate, beside `comparable` classmates who had
    no help, and `helped_later` more who had none until then and got some in the days after.
    `waiting` have their own days after it still to come, and `known_from` is the day through which
    the data must reach before there may be a verdict, or a next student in it. `gain` is how much
    more the helped reached than comparable classmates, with its 95 % `interval`; both are None
    where the verdict is too few to tell, and `why` says what lacks. `before` and `after` are means
    over the helped, `others_before` and `others_after` those of the classmates beside each: facts,
    and no effect. `together` of the helped got another kind of help too, on that day or after it.
    """

    kind: str
    outcome: Outcome
    class_ids: tuple[int, ...]
    verdict: Verdict
    why: Why | None
    students: int
    treated: int
    comparable: int
    waiting: int
    known_from: date | None
    left_out: LeftOut
    gain: float | None = None
    interval: Interval | None = None
    before: float | None = None
    after: float | None = None
    others_before: float | None = None
    others_after: float | None = None
    together: int = 0
    helped_later: int = 0


@dataclass(frozen=True, slots=True)
class Window(Plain):
    """Ten school days: questions on the skills concerned, right ones, school days with practice.

    `whole` where the student was enrolled and the data reach over all of it.
    """

    days: DateRange
    questions: int
    correct: int
    active_days: int
    whole: bool

    @property
    def accuracy(self) -> float | None:
        """correct / questions; None without a question."""
        return self.correct / self.questions if self.questions else None


@dataclass(frozen=True, slots=True)
class Improved(Plain):
    """How many of so many students rose, and how many would be expected to without help."""

    students: int
    rose: int
    expected: float

    def __add__(self, other: "Improved") -> "Improved":
        """Those of both together."""
        students, rose = self.students + other.students, self.rose + other.rose
        return Improved(students, rose, self.expected + other.expected)


class Unsaid(StrEnum):
    """Why it cannot be said what would be expected without help."""

    EARLY = "too early"
    AWAY = "away"
    PRACTICE = "little practice"
    COMPARABLE = "few comparable"


@dataclass(frozen=True, slots=True)
class StudentEffect(Plain):
    """What followed one action for one student, beside what would be expected without it.

    Never a verdict. `expected` and the 95 % prediction `interval` are in the unit of the outcome,
    from `comparable` classmates without help; None where `unsaid` says why. `rise_expected` is the
    chance that a student like this one would have risen from `before` to `after` without help.
    `known_from` is the last day of the window after. `helped_before`: something else was done in
    the two windows before; `together`: on the day or after it.
    """

    action: Action
    outcome: Outcome
    before: Window
    after: Window
    known_from: date
    comparable: int = 0
    expected: float | None = None
    interval: Interval | None = None
    rise_expected: float | None = None
    unsaid: Unsaid | None = None
    helped_before: bool = False
    together: bool = False

    @property
    def rose(self) -> bool | None:
        """Whether the outcome rose from before to after: a fact, no effect. None if unsaid."""
        if self.expected is None:
            return None
        if self.outcome == Outcome.DAYS:
            return self.after.active_days > self.before.active_days
        return (self.after.accuracy or 0.0) > (self.before.accuracy or 0.0)
