"""The students of a class on one skill: who stands where, who struggles and why.

Pure; the definitions are in docs/metrics.md, "A skill's report".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics import stats
from analytics.prerequisites import Skills, root_cause
from analytics.queries.mastery import SkillState
from analytics.reports.data import Prerequisite, SkillStudent
from analytics.skills import URGENCY
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.totals import Totals
from analytics.wording.formats import percent, plural
from school.mastery import Mastery

RECENT_SCHOOL_DAYS, LOW_ACCURACY = 20, 0.70
"""Below this accuracy over so many school days a student is one of the struggling."""
STATES = (Mastery.MASTERED, Mastery.IN_PROGRESS, Mastery.NEEDS_WORK, Mastery.TOO_LITTLE)
"""The labels in the order of a distribution."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A student with all standings at the range's end, by skill, and the skill's totals.

    `total` is of the range, `recent` of the last 20 school days.
    """

    student_id: int
    student: str
    own: Mapping[int, SkillState]
    total: Totals
    recent: Totals


def students_on(
    learners: Iterable[Learner], skill_id: int, graph: Skills
) -> tuple[SkillStudent, ...]:
    """Everyone on the skill: first who needs work, then by state, the lowest estimate first."""
    return tuple(sorted((_line(one, skill_id, graph) for one in learners), key=_urgency))


def _line(one: Learner, skill_id: int, graph: Skills) -> SkillStudent:
    state = one.own.get(skill_id)
    weak = state is not None and state.label == Mastery.NEEDS_WORK
    cause = root_cause(one.own, skill_id, graph) if weak else None
    line = SkillStudent(
        student_id=one.student_id,
        student=one.student,
        accuracy=one.total.accuracy,
        questions=one.total.questions,
        interval=stats.wilson(one.total.correct, one.total.questions),
        mastery=state.label if state else Mastery.TOO_LITTLE.value,
        estimate=state.estimate if state else None,
        total_questions=state.total_questions if state else 0,
        last_practised=state.day if state else None,
        root_cause=cause.cause if cause else None,
        recent_accuracy=one.recent.accuracy,
        recent_questions=one.recent.questions,
    )
    return replace(line, reason=_reason(line))


def _urgency(one: SkillStudent) -> tuple[int, float, str, int]:
    unknown = 1.0 if one.estimate is None else one.estimate
    return URGENCY[one.mastery], unknown, one.student, one.student_id


def _reason(one: SkillStudent) -> str | None:
    """Why a student struggles, in words; None where not."""
    if one.mastery == Mastery.NEEDS_WORK:
        return f"about {percent(one.estimate)} right"
    low = one.recent_accuracy is not None and one.recent_accuracy < LOW_ACCURACY
    if not low or one.recent_questions < JUDGED_QUESTIONS:
        return None
    return f"{percent(one.recent_accuracy)} of {plural(one.recent_questions, 'question')} lately"


def struggling(lines: Iterable[SkillStudent]) -> tuple[SkillStudent, ...]:
    """Whom the skill needs work of, or whose accuracy of late is low; lowest estimate first."""
    found = [one for one in lines if one.reason]
    return tuple(sorted(found, key=lambda one: (one.estimate or 0.0, one.student, one.student_id)))


def distribution(lines: Iterable[SkillStudent]) -> tuple[tuple[str, int], ...]:
    """How many students are in each state, all four of them."""
    counts = Counter(one.mastery for one in lines)
    return tuple((state.value, counts[state]) for state in STATES)


def shared_causes(lines: Iterable[SkillStudent]) -> tuple[tuple[str, int], ...]:
    """The root causes, each with how many students have it; the most common first, then by name."""
    counts = Counter(one.root_cause for one in lines if one.root_cause)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def prerequisites(
    learners: Sequence[Learner], skill_id: int, graph: Skills
) -> tuple[Prerequisite, ...]:
    """All that comes before the skill, the nearest first, then by name; where everyone stands."""
    depths = graph.depths(skill_id)
    order = sorted(depths, key=lambda one: (depths[one], graph.name(one), one))
    return tuple(_prerequisite(learners, one, depths[one], graph) for one in order)


def _prerequisite(
    learners: Sequence[Learner], skill_id: int, depth: int, graph: Skills
) -> Prerequisite:
    states = [one.own[skill_id].label for one in learners if skill_id in one.own]
    counts = Counter(states)
    return Prerequisite(
        skill_id=skill_id,
        skill=graph.name(skill_id),
        depth=depth,
        needs_work=counts[Mastery.NEEDS_WORK],
        too_little=counts[Mastery.TOO_LITTLE] + len(learners) - len(states),
        mastered=counts[Mastery.MASTERED],
        in_progress=counts[Mastery.IN_PROGRESS],
    )


def later_skills(skill_id: int, graph: Skills) -> tuple[str, ...]:
    """The names of what depends on the skill: directly first, then by name."""
    directly = graph.graph.dependents.get(skill_id, ())
    found = [(one not in directly, graph.name(one)) for one in graph.graph.later(skill_id)]
    return tuple(name for _, name in sorted(found))
