"""The shape of a class's report."""

from dataclasses import dataclass
from datetime import date

from analytics.reports.data.assignments import AssignmentLine, CompletionPoint
from analytics.reports.data.common import Coverage, Interval, Plain, TrendPoint
from analytics.reports.data.concerns import StudentConcerns
from analytics.reports.data.motivation import Place
from analytics.reports.data.skill import FocusSkill
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class ClassOverall:
    """A class's figures in a range.

    `accuracy` is the mean over `judged` students with at least 10 questions, with a t interval;
    `pooled` all questions together. `engagement` is a fraction of school days, `days_a_week` the
    same in days of a five-day week, `weekend_days` the mean number of weekend days practised.
    `completion` is `completed` / `assigned` over the assignments due in the range.
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
    assigned: int = 0
    completed: int = 0
    completed_late: int = 0
    completion: float | None = None


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
    on_track: int | None = None
    concerns: tuple[StudentConcerns, ...] = ()
    focus: tuple[FocusSkill, ...] = ()
    assignments: tuple[AssignmentLine, ...] = ()
    completion: tuple[CompletionPoint, ...] = ()
    leaderboard: tuple[Place, ...] = ()
