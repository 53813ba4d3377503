"""The shapes of the reports. Queries fill them; charts, views and exports take them.

Accuracies and interval ends are fractions of 1, times are seconds, days are local. `None` stands
for "cannot be said" and is shown as "–". `as_dict()` gives plain, JSON-ready data.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from school.days import DateRange


def plain(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists, days and moments as ISO 8601, enums by value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


class Plain:
    """A dataclass that can be handed on as plain data."""

    def as_dict(self) -> dict[str, Any]:
        """The whole report as JSON-ready data."""
        result: dict[str, Any] = plain(self)
        return result


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, as fractions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Overall:
    """A student's totals in a range. `time` is in whole seconds.

    `skills_mastered` of `skills_total` skills that the class practises, as of the range's end.
    `time_estimated`: the part of `time` that is estimated from gaps.
    """

    accuracy: float | None
    questions: int
    time: int
    skills_mastered: int
    skills_total: int
    correct: int
    interval: Interval | None
    time_estimated: int
    active_days: int


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill of a student. `mastery` is the label, `estimate` what it rests on.

    `questions` and `accuracy` are those of the range, `total_questions` of all practice so far;
    `rank` orders by what matters most to a teacher, 0 first.
    """

    skill: str
    accuracy: float | None
    mastery: str
    questions: int
    skill_id: int
    estimate: float | None
    total_questions: int
    last_practised: date | None
    rank: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day, week or month, named by its first day. Accuracy is None without a question.

    In a class's series `accuracy` is the class accuracy over `students` students with at least 10
    questions in that period.
    """

    start: date
    accuracy: float | None
    questions: int
    interval: Interval | None = None
    class_accuracy: float | None = None
    students: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A student beside the classmates (METRICS: class accuracy, percentile).

    `class_average` is the mean accuracy of `students` students with at least 10 questions;
    `quarter` says the percentile in words ("upper middle"), `rough` that it rests on few questions.
    `interval` is that of `class_average`; the other averages are over all `enrolled` students:
    questions, seconds and skills mastered each.
    """

    class_average: float | None
    percentile: float | None
    students: int
    quarter: str | None
    rough: bool
    interval: Interval | None = None
    enrolled: int = 0
    average_questions: float | None = None
    average_time: float | None = None
    average_skills_mastered: float | None = None


IMPROVING, DECLINING, STEADY = "improving", "declining", "steady"
TOO_LITTLE = "too little to tell"


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdict on a student's weeks: `improving`, `declining`, `steady`, `too little to tell`.

    It rests on `weeks` usable weeks, `span` calendar weeks from the first to the last of them.
    `slope` is the average change of accuracy a week, `p` its significance, `start` and `end` the
    ends of the fitted line; None where there is no line.
    """

    direction: str
    weeks: int
    span: int = 0
    slope: float | None = None
    p: float | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A recent session: its day, its main skill, questions, accuracy and minutes."""

    day: date
    skill: str
    questions: int
    accuracy: float | None
    minutes: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the data reach: through when, and the first and last local days with practice."""

    data_through: datetime | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class StudentReport(Plain):
    """A student's report. `previous` is None where the range is compared with nothing.

    `trends` is by day over the last 30 days of the range, `progress` over the whole range by day,
    week or month as `progress_by` says. `missed_school_days` counts those since the last practice,
    up to the range's end and what the data reach; None where that cannot be said. `trend` is the
    verdict on the range's weeks.
    """

    student_id: int
    student: str
    class_id: int | None
    class_title: str | None
    range: DateRange
    timezone: str
    coverage: Coverage
    overall: Overall
    previous: Overall | None
    skills: tuple[SkillLine, ...]
    trends: tuple[TrendPoint, ...]
    progress: tuple[TrendPoint, ...]
    progress_by: str
    comparison: Comparison
    recent: tuple[SessionLine, ...]
    finding: str
    replaying: bool
    missed_school_days: int | None = None
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class ClassOverall:
    """A class's figures in a range.

    `accuracy` is the mean over `judged` students with at least 10 questions, with a t interval;
    `pooled` all questions together. `engagement` is a fraction of school days, `days_a_week` the
    same in days of a five-day week, `weekend_days` the mean number of weekend days practised.
    """

    accuracy: float | None
    interval: Interval | None
    judged: int
    pooled: float | None
    questions: int
    time: int
    students: int
    active_students: int
    engagement: float | None
    days_a_week: float | None
    weekend_days: float | None


@dataclass(frozen=True, slots=True)
class StudentLine:
    """One student in a class's ranking. `place` is None below 10 questions.

    `reason` says in words why the student is among the struggling. `last_practised` is the last
    day with practice in or before the range, `missed_school_days` those since then that the data
    reach.
    """

    student_id: int
    student: str
    accuracy: float | None
    questions: int
    place: int | None
    percentile: float | None
    skills_mastered: int
    needs_work: tuple[str, ...]
    last_practised: date | None
    reason: str | None = None
    missed_school_days: int | None = None


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Students x skills: `labels[row][column]` is a mastery label, `estimates` likewise.

    Rows are in the ranking's order; columns those that matter most first.
    """

    students: tuple[str, ...]
    student_ids: tuple[int, ...]
    skills: tuple[str, ...]
    skill_ids: tuple[int, ...]
    labels: tuple[tuple[str, ...], ...]
    estimates: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ClassReport(Plain):
    """A class's report. `distribution` counts judged students per ten points of accuracy.

    `trends` is the class accuracy by week or month, as `trends_by` says. Figures rest on everyone
    enrolled in the range; names are given of those enrolled today, `left_since` counts the others.
    """

    class_id: int
    title: str
    range: DateRange
    timezone: str
    coverage: Coverage
    overall: ClassOverall
    previous: ClassOverall | None
    ranking: tuple[StudentLine, ...]
    distribution: tuple[int, ...]
    heatmap: Heatmap
    trends: tuple[TrendPoint, ...]
    top: tuple[StudentLine, ...]
    struggling: tuple[StudentLine, ...]
    finding: str
    replaying: bool
    trends_by: str = "week"
    left_since: int = 0
