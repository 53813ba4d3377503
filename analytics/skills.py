"""Skill by skill: where a student stands, and which skills matter most to a teacher."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from analytics import stats
from analytics.queries.mastery import SkillDay, SkillState
from analytics.reports.data import Heatmap, SkillLine
from school.days import DateRange
from school.mastery import Mastery

URGENCY = {
    Mastery.NEEDS_WORK.value: 0,
    Mastery.IN_PROGRESS.value: 1,
    Mastery.MASTERED.value: 2,
    Mastery.TOO_LITTLE.value: 3,
}
"""The order in which labels matter: first what needs work, last what cannot be said yet."""

Standings = dict[int, dict[int, SkillState]]
"""By student and skill, the standing as of the range's end."""


def latest(days: Iterable[SkillDay], by: date) -> dict[int, SkillDay]:
    """By skill, the last day in or before `by`; `days` are in order."""
    return {one.skill_id: one for one in days if one.day <= by}


def mastered(days: Iterable[SkillDay], by: date) -> int:
    """How many skills the student had mastered as of the last answers in or before `by`."""
    return sum(one.label == Mastery.MASTERED for one in latest(days, by).values())


def skill_lines(practised: Sequence[SkillDay], days: DateRange) -> tuple[SkillLine, ...]:
    """Every skill practised up to the range's end, by what matters most.

    Needs work comes first, then in progress, mastered, too little practice; within a label those
    practised in the range come first, then the lowest estimate.
    """
    questions: Counter[int] = Counter()
    correct: Counter[int] = Counter()
    for one in practised:
        if one.day in days:
            questions[one.skill_id] += one.questions
            correct[one.skill_id] += one.correct

    def urgency(last: SkillDay) -> tuple[int, bool, float, str]:
        return URGENCY[last.label], not questions[last.skill_id], last.estimate, last.skill

    return tuple(
        _line(last, questions[last.skill_id], correct[last.skill_id], rank)
        for rank, last in enumerate(sorted(latest(practised, days.end).values(), key=urgency))
    )


def _line(last: SkillDay, questions: int, correct: int, rank: int) -> SkillLine:
    return SkillLine(
        skill=last.skill,
        accuracy=stats.share(correct, questions),
        mastery=last.label,
        questions=questions,
        skill_id=last.skill_id,
        estimate=last.estimate,
        total_questions=last.total_questions,
        last_practised=last.day,
        rank=rank,
    )


def standings(states: Iterable[SkillState]) -> Standings:
    """The states by student and skill."""
    found: Standings = {}
    for state in states:
        found.setdefault(state.student_id, {})[state.skill_id] = state
    return found


def practised_skills(states: Iterable[SkillState], by: date) -> set[int]:
    """The skills that anyone of these states had practised in or before `by`."""
    return {one.skill_id for one in states if one.first_day <= by}


def skills_mastered(own: dict[int, SkillState]) -> int:
    """How many of a student's skills are mastered."""
    return sum(state.label == Mastery.MASTERED for state in own.values())


def needs_work(own: dict[int, SkillState]) -> tuple[str, ...]:
    """The names of a student's skills that need work, lowest estimate first."""
    weak = [state for state in own.values() if state.label == Mastery.NEEDS_WORK]
    return tuple(state.skill for state in sorted(weak, key=lambda one: (one.estimate, one.skill)))


def heatmap(students: Sequence[tuple[int, str]], found: Standings) -> Heatmap:
    """Students (id and name, in the order given) x skills, those that matter most first.

    A skill matters by how many of these students need work on it, then by its mean estimate among
    those with practice enough for a label, lowest first; skills without a label are last.
    """
    names = {state.skill_id: state.skill for own in found.values() for state in own.values()}
    columns = sorted(names, key=lambda skill_id: _need(skill_id, names[skill_id], found))
    rows = [
        [found.get(student_id, {}).get(column) for column in columns] for student_id, _ in students
    ]
    return Heatmap(
        students=tuple(name for _, name in students),
        student_ids=tuple(student_id for student_id, _ in students),
        skills=tuple(names[column] for column in columns),
        skill_ids=tuple(columns),
        labels=tuple(tuple(_label(state) for state in row) for row in rows),
        estimates=tuple(tuple(state and state.estimate for state in row) for row in rows),
    )


def _label(state: SkillState | None) -> str:
    return state.label if state else Mastery.TOO_LITTLE.value


def _need(skill_id: int, name: str, found: Standings) -> tuple[bool, int, float, str]:
    states = [own[skill_id] for own in found.values() if skill_id in own]
    known = [state for state in states if state.label != Mastery.TOO_LITTLE]
    needing = sum(state.label == Mastery.NEEDS_WORK for state in known)
    middle = stats.mean([state.estimate for state in known])
    return middle is None, -needing, middle or 0.0, name
