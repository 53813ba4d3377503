"""The shapes of how a student or a class develops over time (docs/metrics.md, "Trends")."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.reports.data.assignments import CompletionPoint
from analytics.reports.data.common import Coverage, Interval, Plain, Trend
from school.days import DateRange


class Metric(StrEnum):
    """What a series is of. `active_days` only stands beside the others."""

    ACCURACY = "accuracy"
    QUESTIONS = "questions"
    TIME = "time"
    XP = "xp"
    ENGAGEMENT = "engagement"
    COMPLETION = "completion"
    ACTIVE_DAYS = "active_days"


STUDENT_METRICS = (Metric.ACCURACY, Metric.QUESTIONS, Metric.TIME, Metric.XP)
CLASS_METRICS = (*STUDENT_METRICS, Metric.ENGAGEMENT, Metric.COMPLETION)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One day, week or month, named by its first day; `days` are those of it that are looked at.

    `value` is in the metric's unit: a fraction for accuracy, engagement and completion, seconds for
    time; None is a gap. `partial`: not all of the period's days are looked at. `questions` are
    those of the period; `rests_on` counts what the value rests on: of a student questions
    (accuracy) or active days (the others), of a class judged students (accuracy), enrolled students
    (engagement, active days), those who practised (questions, time, XP), or parts assigned
    (completion). `class_value` is the class's beside a student's.
    """

    start: date
    days: DateRange
    value: float | None
    questions: int
    rests_on: int
    partial: bool
    interval: Interval | None = None
    class_value: float | None = None


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """One metric by day, week or month."""

    metric: Metric
    by: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class SkillMove:
    """A skill's mastery estimate before the range and at its end; `before` None where unknown.

    Unknown is an estimate that rests on fewer than 5 questions.
    """

    skill_id: int
    skill: str
    before: float | None
    now: float
    mastery_before: str
    mastery: str
    questions: int


@dataclass(frozen=True, slots=True)
class MasteryShare:
    """How many students' skills stood at each label at the end of `day`, in the labels' order."""

    day: date
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TrendReport(Plain):
    """How one metric of a student, or of a class where `student_id` is None, went over a range.

    `points` are by day, week or month as `by` says. `total` is the metric over the whole range with
    its `interval`, resting on `rests_on` as a point does; `class_total` the class's beside a
    student's. `trend` is the verdict on a student's weeks, for accuracy alone. `beside` are
    other metrics of the same range; `skills` a student's that were practised in it, what matters
    most first; `shares` how a class's skills stood before the range and at its end; `completion` a
    class's assignments by the period of the due day.
    """

    metric: Metric
    by: str
    student_id: int | None
    student: str | None
    class_id: int | None
    class_title: str | None
    range: DateRange
    timezone: str
    coverage: Coverage
    points: tuple[SeriesPoint, ...]
    total: float | None
    interval: Interval | None
    questions: int
    rests_on: int
    finding: str
    replaying: bool
    students: int = 0
    class_total: float | None = None
    trend: Trend | None = None
    beside: tuple[MetricSeries, ...] = ()
    skills: tuple[SkillMove, ...] = ()
    shares: tuple[MasteryShare, ...] = ()
    completion: tuple[CompletionPoint, ...] = ()

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.student or self.class_title or ""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that can be asked for."""
        return CLASS_METRICS if self.student_id is None else STUDENT_METRICS
