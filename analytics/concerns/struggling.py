"""Whether a student struggles with a skill: two ways to be sure enough, looked at once a day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from analytics import stats
from analytics.calendar import SchoolCalendar
from analytics.concerns.evidence import DayOnSkill, SkillPractice
from analytics.concerns.sensitivity import STRUGGLING_HIGH, Sensitivity
from analytics.reports.data import Concern, ConcernKind, Severity
from analytics.wording.formats import percent, plural, skill_words
from school.mastery import Mastery

RECENT_SCHOOL_DAYS = 20
"""School days over which a look counts questions, weekends between them included."""
LOOKED_BACK_SCHOOL_DAYS = 2 * RECENT_SCHOOL_DAYS
"""School days of practice that the rule may need: earlier looks count 20 days of their own."""
LEAST_QUESTIONS = 10
"""Questions that a look needs."""
NEW_QUESTIONS = 5
"""Questions that must come while every look agrees, where one alone is not sure enough."""
SURE, LIKELY = 0.99, 0.95
"""Levels of the interval: sure at one look; likely, to be confirmed by new questions."""


def struggling(
    practice: SkillPractice, as_of: date, calendar: SchoolCalendar, bounds: Sensitivity
) -> Concern | None:
    """The concern about one skill as of a day; None where the rule finds none."""
    if practice.label != Mastery.NEEDS_WORK:
        return None
    days = sorted(practice.days)
    recent = _recent(days, as_of, calendar)
    if _clear(recent, SURE, bounds.struggling) or _confirmed(days, as_of, calendar, bounds):
        return _concern(practice, *recent)
    return None


def _recent(days: Iterable[DayOnSkill], look: date, calendar: SchoolCalendar) -> tuple[int, int]:
    """Questions and right ones of the last 20 school days before and on a look's day."""
    since = calendar.back(look, RECENT_SCHOOL_DAYS)
    inside = [one for one in days if since <= one.day <= look]
    return sum(one.questions for one in inside), sum(one.correct for one in inside)


def _clear(recent: tuple[int, int], level: float, bound: float) -> bool:
    """Whether there are questions enough and the interval's upper end lies below the bound."""
    questions, correct = recent
    interval = stats.wilson(correct, questions, level=level)
    return interval is not None and questions >= LEAST_QUESTIONS and interval.high < bound


def _confirmed(
    days: Sequence[DayOnSkill], as_of: date, calendar: SchoolCalendar, bounds: Sensitivity
) -> bool:
    """Whether every look, back to one since which 5 questions came, finds it likely.

    It ends: further back than 20 school days those 5 questions have long come, or a look has too
    few.
    """
    look, newer = as_of, 0
    while newer < NEW_QUESTIONS:
        if not _clear(_recent(days, look, calendar), LIKELY, bounds.struggling):
            return False
        look = _look_before(look, calendar)
        newer = sum(one.questions for one in days if look < one.day <= as_of)
    return _clear(_recent(days, look, calendar), LIKELY, bounds.struggling)


def _look_before(look: date, calendar: SchoolCalendar) -> date:
    """The school day before: a class is looked at once on each."""
    return calendar.back(look - timedelta(days=1), 1)


def _concern(practice: SkillPractice, questions: int, correct: int) -> Concern:
    interval, share = stats.wilson(correct, questions), correct / questions
    grave = interval is not None and interval.high < STRUGGLING_HIGH
    name, asked = skill_words(practice.skill), plural(questions, "question")
    return Concern(
        kind=ConcernKind.STRUGGLING,
        severity=Severity.HIGH if grave else Severity.MEDIUM,
        reason=f"{name} {percent(share)} of {asked}",
        skill_id=practice.skill_id,
        skill=practice.skill,
        accuracy=share,
        questions=questions,
        interval=interval,
    )
