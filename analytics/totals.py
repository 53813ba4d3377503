"""Totals of practice, and what a class's say together (docs/metrics.md, "A class's report")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics import stats
from analytics.queries.practice import PracticeDay
from analytics.reports.data import Interval
from analytics.thresholds import COMPARED_STUDENTS, JUDGED_QUESTIONS
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class Totals:
    """Questions, right ones, seconds (and the estimated part), days with a question, and XP."""

    questions: int = 0
    correct: int = 0
    seconds: float = 0.0
    estimated: float = 0.0
    active_days: int = 0
    xp: float = 0.0

    @property
    def accuracy(self) -> float | None:
        """correct / questions; None without a question."""
        return stats.share(self.correct, self.questions)

    @property
    def judged(self) -> bool:
        """Whether there are questions enough to judge and compare the accuracy."""
        return self.questions >= JUDGED_QUESTIONS


NOTHING = Totals()


def total(practice: Iterable[PracticeDay]) -> Totals:
    """The sums over these days."""
    questions = correct = active_days = 0
    seconds = estimated = xp = 0.0
    for _, day_questions, day_correct, day_seconds, day_estimated, day_xp in practice:
        questions += day_questions
        correct += day_correct
        seconds += day_seconds
        estimated += day_estimated
        xp += day_xp
        active_days += day_questions > 0
    return Totals(questions, correct, seconds, estimated, active_days, xp)


def total_within(practice: Iterable[PracticeDay], days: DateRange) -> Totals:
    """The sums over those of these days that lie within `days`."""
    start, end = days.start, days.end
    return total(one for one in practice if start <= one.day <= end)


@dataclass(frozen=True, slots=True)
class ClassAccuracy:
    """The mean accuracy of the `judged` students and its t interval."""

    mean: float | None
    interval: Interval | None
    judged: int


def judged_accuracies(totals: Iterable[Totals], *, least: int = JUDGED_QUESTIONS) -> list[float]:
    """The accuracies of those with at least `least` questions, 10 unless said."""
    return [one.correct / one.questions for one in totals if one.questions >= least]


def class_accuracy(totals: Iterable[Totals], *, least: int = JUDGED_QUESTIONS) -> ClassAccuracy:
    """The mean accuracy over students with at least 10 questions (METRICS: class accuracy).

    The t interval is cut at 0 and 1; it is None below two such students.
    """
    accuracies = judged_accuracies(totals, least=least)
    return ClassAccuracy(stats.mean(accuracies), _cut(accuracies), len(accuracies))


def _cut(accuracies: Sequence[float]) -> Interval | None:
    found = stats.t_interval(accuracies)
    return found and Interval(max(found.low, 0.0), min(found.high, 1.0))


def pooled_accuracy(totals: Iterable[Totals]) -> float | None:
    """All right answers of everyone / all their questions; it stands beside the class accuracy."""
    everyone = list(totals)
    return stats.share(sum(one.correct for one in everyone), sum(one.questions for one in everyone))


def standing(own: Totals, everyone: Sequence[Totals]) -> float | None:
    """The mid-rank percentile of `own`, one of `everyone`; None unless judged among at least 5."""
    accuracies = judged_accuracies(everyone)
    if not own.judged or len(accuracies) < COMPARED_STUDENTS:
        return None
    return stats.percentile(own.correct / own.questions, accuracies)
