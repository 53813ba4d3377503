"""What practice to set for a student (docs/metrics.md, "Targeted assignment").

The rules are pure; `evidence_for` gathers what they need.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics import stats
from analytics.calendar import SchoolCalendar, school_calendar
from analytics.learners import LOW_ACCURACY, RECENT_SCHOOL_DAYS
from analytics.queries.mastery import SkillState, SkillTotal, skill_states, skill_totals
from analytics.queries.people import student_head
from analytics.queries.practice import practice_days
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.totals import Totals, total
from school.days import DateRange, last_days, local_day
from school.mastery import Mastery

MOST_SKILLS, USUAL_QUESTIONS, DUE_IN_DAYS = 3, 15, 3
DIFFICULTY_DAYS = 30
EASY_BELOW, MEDIUM_BELOW = 0.60, 0.75


class Difficulty(StrEnum):
    """How hard the questions of an assignment are."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """A student's skill: the mastery label and estimate, and the last 20 school days' practice."""

    skill_id: int
    skill: str
    label: str
    estimate: float
    questions: int = 0
    correct: int = 0

    @property
    def accuracy(self) -> float | None:
        """correct / questions of the last 20 school days; None without a question."""
        return stats.share(self.correct, self.questions)

    @property
    def struggling(self) -> bool:
        """Whether it needs work, or its accuracy of late is low over questions enough."""
        if self.label == Mastery.NEEDS_WORK:
            return True
        accuracy = self.accuracy
        judged = self.questions >= JUDGED_QUESTIONS
        return accuracy is not None and judged and accuracy < LOW_ACCURACY


def struggling_first(own: Iterable[OwnSkill]) -> list[OwnSkill]:
    """The struggling ones first; within both the lowest estimate first, then by name."""
    return sorted(own, key=lambda one: (not one.struggling, one.estimate, one.skill, one.skill_id))


def most_struggling(own: Iterable[OwnSkill]) -> list[OwnSkill]:
    """The three that a targeted assignment practises; none where nothing is struggled with."""
    return [one for one in struggling_first(own) if one.struggling][:MOST_SKILLS]


def difficulty_for(practice: Totals) -> Difficulty:
    """How hard it is to be, by the accuracy on all skills; easy where there was no practice."""
    accuracy = practice.accuracy
    if accuracy is None or accuracy < EASY_BELOW:
        return Difficulty.EASY
    return Difficulty.MEDIUM if accuracy < MEDIUM_BELOW else Difficulty.HARD


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a targeted assignment for a student rests on; `reach` is the day that the data reach."""

    reach: date
    skills: tuple[OwnSkill, ...]
    last_month: Totals

    @property
    def difficulty(self) -> Difficulty:
        """How hard the assignment is to be."""
        return difficulty_for(self.last_month)


def evidence_for(student_id: int, *, session: Session, now: datetime) -> Evidence:
    """A student's skills, those struggled with first, and the last 30 days, as far as data reach.

    It checks no access: callers open the student first. Raises NotFound where there is none.
    """
    head = student_head(session, student_id)
    reach = reached(head.member.data_through, now=now, zone=head.zone)
    calendar = school_calendar(session, head.workspace_id)
    recent = recent_days(reach, calendar)
    states = skill_states(session, head.workspace_id, [student_id], reach)
    sums = skill_totals(session, head.workspace_id, [student_id], recent)
    days = last_days(DIFFICULTY_DAYS, reach)
    month = practice_days(session, head.workspace_id, [student_id], days)[student_id]
    return Evidence(reach, tuple(struggling_first(own_skills(states, sums))), total(month))


def reached(through: datetime | None, *, now: datetime, zone: ZoneInfo) -> date:
    """The last day that the data reach: today where there are none, and never after it."""
    today = local_day(now, zone)
    return today if through is None else min(today, local_day(through, zone))


def recent_days(reach: date, calendar: SchoolCalendar) -> DateRange:
    """The last 20 school days up to that day."""
    return DateRange(calendar.back(reach, RECENT_SCHOOL_DAYS), reach)


def own_skills(states: Iterable[SkillState], recent: Iterable[SkillTotal]) -> list[OwnSkill]:
    """One student's skills, by their states and their totals of late."""
    sums = {one.skill_id: (one.questions, one.correct) for one in recent}
    return [
        OwnSkill(one.skill_id, one.skill, one.label, one.estimate, *sums.get(one.skill_id, (0, 0)))
        for one in states
    ]
