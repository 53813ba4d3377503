"""The shape of a student's report."""

from dataclasses import dataclass
from datetime import date

from analytics.reports.data.assignments import StudentAssignments
from analytics.reports.data.common import Coverage, Interval, Plain, Trend, TrendPoint
from analytics.reports.data.concerns import Concern, Praise
from analytics.reports.data.motivation import Motivation
from analytics.reports.data.skill import RootCause
from school.days import DateRange


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
    `rank` orders by what matters most to a teacher, 0 first. `class_accuracy` is that of the
    classmates' questions of the range together, None where too few of them practised it.
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
    class_accuracy: float | None = None


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
class Strength:
    """A skill on which a student differs from the classmates by more than chance.

    `gap` is the student's accuracy less theirs, after the student's overall gap is removed on log
    odds, with its Newcombe `interval`, Bonferroni over the skills compared; all in the range.
    """

    skill_id: int
    skill: str
    accuracy: float
    questions: int
    class_accuracy: float
    gap: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class StudentReport(Plain):
    """A student's report. `previous` is None where the range is compared with nothing.

    `trends` is by day over the last 30 days of the range, `progress` over the whole range by day,
    week or month as `progress_by` says. `missed_school_days` counts those since the last practice,
    up to the range's end and what the data reach; None where that cannot be said. `trend` is the
    verdict on the range's weeks. `on_track` says that there is no concern as of the range's end;
    None where nothing can be judged yet.
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
    strengths: tuple[Strength, ...] = ()
    weaknesses: tuple[Strength, ...] = ()
    root_causes: tuple[RootCause, ...] = ()
    concerns: tuple[Concern, ...] = ()
    praise: tuple[Praise, ...] = ()
    on_track: bool | None = None
    assignments: StudentAssignments | None = None
    motivation: Motivation | None = None
