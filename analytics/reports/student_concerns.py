"""What a student's report says of concerns, praise and motivation, by the evidence gathered."""

from datetime import date

from analytics import assignments, skills, strengths, totals
from analytics.calendar import missed
from analytics.concerns import (
    LOOKED_BACK_SCHOOL_DAYS,
    DayOnSkill,
    OwnEvidence,
    RecentTrend,
    SkillPractice,
    concerns_of,
    praise_of,
    recent_trends,
    recent_weeks,
)
from analytics.feeds import known_days
from analytics.motivation import Racer, leaderboard, motivation_of, streaks
from analytics.prerequisites import root_causes
from analytics.queries.people import Member
from analytics.reports.data import (
    Concern,
    Motivation,
    Place,
    Praise,
    RootCause,
    Strength,
    StudentAssignments,
)
from analytics.reports.student_evidence import Evidence
from analytics.series import judged_weeks
from school.days import DateRange


def missed_days(found: Evidence) -> int | None:
    """School days since the last practice; None also where the student was not in the class yet."""
    if found.judged is None or found.me not in found.everyone:
        return None
    return missed(found.me.last_by, _known(found), found.calendar)


def _known(found: Evidence) -> DateRange | None:
    """The judged days that say something about the student in the class."""
    return _of(found.me, found)


def _of(one: Member, found: Evidence) -> DateRange | None:
    zone, calendar = found.zone, found.calendar
    return known_days(one, found.judged, now=found.now, zone=zone, calendar=calendar)


def _covered(found: Evidence) -> DateRange | None:
    """The same in whatever class: who changes the class has missed the days between."""
    return _of(found.me.anywhere(), found)


def own_assignments(found: Evidence) -> StudentAssignments:
    """The student's assignments in all classes."""
    return assignments.student_assignments(found.assigned, found.days, found.at)


def concerns(
    found: Evidence, assigned: StudentAssignments
) -> tuple[tuple[Concern, ...], tuple[Praise, ...], bool | None]:
    """Concerns and praise as of the range's end, and whether the student is on track."""
    reach = found.reach
    if reach is None or found.judged is None:
        return (), (), None
    evidence = OwnEvidence(
        as_of=reach,
        missed=missed_days(found),
        last_practised=found.me.last_by,
        skills=_practised(found, reach),
        overdue=assigned.overdue,
        recent=_recent(found, reach),
        streak=_streak(found),
    )
    worrying = concerns_of(evidence, found.calendar)
    return worrying, praise_of(evidence, found.calendar), not worrying


def _practised(found: Evidence, reach: date) -> list[SkillPractice]:
    since = found.calendar.back(reach, LOOKED_BACK_SCHOOL_DAYS)
    days: dict[int, list[DayOnSkill]] = {}
    for one in found.own_skills:
        if since <= one.day <= reach:
            days.setdefault(one.skill_id, []).append(
                DayOnSkill(one.day, one.questions, one.correct)
            )
    return [
        SkillPractice(key, last.skill, last.label, days.get(key, ()), last.mastered_on)
        for key, last in skills.latest(found.own_skills, reach).items()
    ]


def _recent(found: Evidence, reach: date) -> RecentTrend | None:
    """The verdict on the last 8 weeks; None where it could be no concern and no praise."""
    if not found.recent:
        return None
    days = recent_weeks(reach)
    weeks = {student: judged_weeks(own, days) for student, own in found.recent.items()}
    return recent_trends(weeks)[found.me.student_id]


def _streak(found: Evidence) -> int:
    active = [one.day for one in found.own if one.questions]
    return streaks(active, found.calendar, _covered(found)).current


def differences(found: Evidence) -> tuple[tuple[Strength, ...], tuple[Strength, ...]]:
    """On which skills the student differs from the classmates: strengths, then weaknesses."""
    own: dict[int, strengths.SkillCount] = {}
    for one in found.own_skills:
        if one.day in found.days:
            before = own.get(one.skill_id, strengths.SkillCount(one.skill, 0, 0))
            own[one.skill_id] = before._replace(
                questions=before.questions + one.questions, correct=before.correct + one.correct
            )
    mates = {
        one.skill_id: strengths.SkillCount("", one.questions, one.correct, one.students)
        for one in found.sums
        if one.questions
    }
    return strengths.strengths(own, mates)


def causes(found: Evidence) -> tuple[RootCause, ...]:
    """Which prerequisite is the root cause of each skill that needs work."""
    if found.graph is None:
        return ()
    return root_causes(skills.latest(found.own_skills, found.days.end), found.graph)


def motivation(found: Evidence) -> Motivation:
    """XP, streaks, achievements and the place among the classmates."""
    return motivation_of(
        found.me.student_id,
        found.own,
        found.own_skills,
        found.days,
        calendar=found.calendar,
        judged=_covered(found),
        board=_board(found),
        left_out=not found.me.on_leaderboard,
    )


def _board(found: Evidence) -> tuple[Place, ...]:
    return leaderboard(
        Racer(
            one.student_id,
            one.name,
            totals.total(found.practised[one.student_id]).xp,
            one.on_leaderboard,
        )
        for one in found.classmates
    )
