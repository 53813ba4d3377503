"""The shapes of a skill's report, of root causes and of what to focus on."""

from dataclasses import dataclass
from datetime import date

from analytics.reports.data.common import Coverage, Interval, Plain, TrendPoint
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class RootCause:
    """Why a skill that needs work is stuck: the deepest prerequisite that itself needs work.

    `path` leads from the skill down to it, both included; `unmet` are all unmet prerequisites.
    """

    skill_id: int
    skill: str
    cause_id: int
    cause: str
    path: tuple[str, ...]
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusSkill:
    """A skill worth the whole class's time: `students` need it and `opens` later skills wait on it.

    `score` is students x (1 + opens); `student_ids` are those who need it, by name in `names`.
    """

    skill_id: int
    skill: str
    students: int
    opens: int
    score: int
    student_ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Survival:
    """Time to mastery over a class by Kaplan and Meier (1958), those not there yet censored.

    The medians are None while fewer than half are there. `started` practised the skill, `mastered`
    reached it. `curve` is (questions, share not there yet) where it steps down.
    """

    started: int
    mastered: int
    median_questions: float | None
    median_days: float | None
    curve: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SkillStudent:
    """One student on the skill: the range's accuracy and questions, the state at its end.

    `root_cause` names the deepest prerequisite that needs work too, where the skill needs work;
    `recent_accuracy` is that of the `recent_questions` of the last 20 school days. `reason` says in
    words why a student is among the struggling.
    """

    student_id: int
    student: str
    accuracy: float | None
    questions: int
    interval: Interval | None
    mastery: str
    estimate: float | None
    total_questions: int
    last_practised: date | None
    root_cause: str | None = None
    recent_accuracy: float | None = None
    recent_questions: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A skill that comes before, and how the class stands with it; `depth` 1 is directly before."""

    skill_id: int
    skill: str
    depth: int
    needs_work: int
    too_little: int
    mastered: int
    in_progress: int


@dataclass(frozen=True, slots=True)
class SkillReport(Plain):
    """How a class stands with one skill.

    `distribution` counts today's students by mastery label, `not_practised` those of them without
    any question so far; `accuracy` is the mean over `judged` students with at least 10 questions on
    the skill in the range, `pooled` all questions together. `struggling` are those whom the skill
    needs work of, or with accuracy below 0.70 on at least 10 questions in the last 20 school days,
    the lowest estimate first; `root_causes` says for how many students which prerequisite is the
    root cause; `later` names the skills that depend on this one, those directly so first.
    `coverage` has the first and last day with the skill. Figures rest on everyone enrolled in the
    range; names and states are given of those enrolled today, `left_since` counts the others.
    A point of `trends` rests on `students` students with at least 5 questions in that period.
    """

    class_id: int
    class_title: str
    skill_id: int
    skill: str
    range: DateRange
    timezone: str
    coverage: Coverage
    students: tuple[SkillStudent, ...]
    distribution: tuple[tuple[str, int], ...]
    accuracy: float | None
    interval: Interval | None
    judged: int
    pooled: float | None
    questions: int
    survival: Survival
    struggling: tuple[SkillStudent, ...]
    prerequisites: tuple[Prerequisite, ...]
    root_causes: tuple[tuple[str, int], ...]
    later: tuple[str, ...]
    focus: tuple[FocusSkill, ...]
    trends: tuple[TrendPoint, ...]
    trends_by: str
    finding: str
    replaying: bool
    not_practised: int = 0
    left_since: int = 0
