"""What a class's report says of concerns, praise, assignments and focus, by what was gathered."""

from collections.abc import Iterable, Mapping

from analytics import assignments, totals
from analytics.assignments import ClassAssignments
from analytics.calendar import missed
from analytics.concerns import (
    DayOnSkill,
    OwnEvidence,
    RecentTrend,
    SkillPractice,
    concerns_of,
    gravity_of,
    praise_of,
    recent_trends,
    recent_weeks,
)
from analytics.motivation import Racer, leaderboard, streaks
from analytics.prerequisites import focus_skills
from analytics.queries import people
from analytics.reports.class_evidence import Evidence
from analytics.reports.data import FocusSkill, OwnAssignment, Place, StudentConcerns
from analytics.series import judged_weeks
from school.days import DateRange


def missed_days(found: Evidence, one: people.Member) -> int:
    """School days since a student's last practice."""
    return missed(one.last_by, found.known(one, found.judged_so_far), found.calendar)


def class_assignments(found: Evidence, days: DateRange, *, by: str) -> ClassAssignments:
    """What was assigned to everyone enrolled in `days`, and due within them, as of their end.

    Of the range before too: looked at now, it would have had longer to be done late.
    """
    members = found.enrolled(days)
    return assignments.class_assignments(
        found.assigned, found.parts, members, days, found.at(days), by=by
    )


def all_concerns(
    found: Evidence, named: Iterable[int], overdue: Mapping[int, tuple[OwnAssignment, ...]]
) -> tuple[StudentConcerns, ...]:
    """Everyone of the `named` with concerns or praise, whose concerns are gravest first."""
    reach = found.reach
    if reach is None or found.judged_so_far is None:
        return ()
    days, by_id = recent_weeks(reach), {one.student_id: one for one in found.members}
    trends = recent_trends(
        {
            one.student_id: judged_weeks(found.practised[one.student_id], days)
            for one in found.enrolled(found.days)
        }
    )
    everyone = [
        _of_one(found, by_id[student], trends[student], overdue.get(student, ()))
        for student in named
    ]
    return tuple(sorted((one for one in everyone if one.concerns or one.praise), key=_gravest))


def _gravest(one: StudentConcerns) -> tuple[bool, object, str, int]:
    """Those with concerns before those with praise alone; namesakes have different names here."""
    grave = gravity_of(one.concerns) if one.concerns else ()
    return not one.concerns, grave, one.student, one.student_id


def _of_one(
    found: Evidence,
    one: people.Member,
    recent: RecentTrend,
    overdue: tuple[OwnAssignment, ...],
) -> StudentConcerns:
    evidence = OwnEvidence(
        as_of=found.reach or found.days.end,
        missed=missed_days(found, one),
        last_practised=one.last_by,
        skills=_practised(found, one.student_id),
        overdue=overdue,
        recent=recent,
        streak=_streak(found, one),
    )
    return StudentConcerns(
        one.student_id,
        one.name,
        concerns_of(evidence, found.calendar),
        praise_of(evidence, found.calendar),
    )


def _practised(found: Evidence, student_id: int) -> list[SkillPractice]:
    return [
        SkillPractice(
            state.skill_id,
            state.skill,
            state.label,
            [
                DayOnSkill(one.day, one.questions, one.correct)
                for one in found.weak.get((student_id, state.skill_id), ())
            ],
            state.mastered_on,
        )
        for state in found.standings.get(student_id, {}).values()
    ]


def _streak(found: Evidence, one: people.Member) -> int:
    active = [day.day for day in found.practised[one.student_id] if day.questions]
    known = found.known(one.anywhere(), found.judged_so_far)
    return streaks(active, found.calendar, known).current


def focus(found: Evidence, names: Mapping[int, str]) -> tuple[FocusSkill, ...]:
    """What these students of the class should work on."""
    return focus_skills(found.standings, found.graph, names)


def board(found: Evidence, present: Iterable[int]) -> tuple[Place, ...]:
    """The places by XP in the range, among everyone enrolled in it; those present are named."""
    named = set(present)
    places = leaderboard(
        Racer(
            one.student_id,
            one.name,
            totals.total_within(found.practised[one.student_id], found.days).xp,
            one.on_leaderboard,
        )
        for one in found.enrolled(found.days)
    )
    return tuple(one for one in places if one.student_id in named)
