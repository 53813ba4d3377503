"""What is worth praising now: news of the last school week, and nothing older."""

from analytics.calendar import SchoolCalendar
from analytics.concerns.evidence import OwnEvidence, RecentTrend
from analytics.concerns.sensitivity import NORMAL
from analytics.concerns.trends import LEAST_WEEKS
from analytics.reports.data import IMPROVING, Praise, PraiseKind
from analytics.wording.formats import percent_span, plural, skill_words
from school.mastery import Mastery

NEWS_SCHOOL_DAYS = 5
"""School days, the last that the data reach among them, in which something is news."""
STREAK_DAYS = 5
"""School days in a row that are worth praising."""
STREAK_SAID = 20
"""The longest streak that is said to the day: a class's report looks no further back."""


def praise_of(evidence: OwnEvidence, calendar: SchoolCalendar) -> tuple[Praise, ...]:
    """Everything worth praising: skills mastered, the newest first, an improvement, a streak."""
    return (*_mastered(evidence, calendar), *_improving(evidence.recent), *_streak(evidence))


def _mastered(evidence: OwnEvidence, calendar: SchoolCalendar) -> tuple[Praise, ...]:
    """Skills first mastered in the last 5 school days, and mastered still."""
    since = calendar.back(evidence.as_of, NEWS_SCHOOL_DAYS)
    found = [
        Praise(
            PraiseKind.MASTERED, f"mastered {skill_words(one.skill)}", one.skill_id, one.skill, day
        )
        for one in evidence.skills
        if (day := one.mastered_on) and since <= day <= evidence.as_of
        if one.label == Mastery.MASTERED
    ]
    return tuple(sorted(found, key=lambda one: (-(one.day or since).toordinal(), one.skill or "")))


def _improving(recent: RecentTrend | None) -> tuple[Praise, ...]:
    if recent is None or recent.trend.direction != IMPROVING or recent.trend.p is None:
        return ()
    trend = recent.trend
    if trend.weeks < LEAST_WEEKS or recent.trend.p >= NORMAL.declining:
        return ()
    ends = f"{percent_span(trend.start, trend.end)} in {plural(trend.span, 'week')}"
    return (Praise(PraiseKind.IMPROVING, f"improving, {ends}"),)


def _streak(evidence: OwnEvidence) -> tuple[Praise, ...]:
    if evidence.streak < STREAK_DAYS:
        return ()
    most, days = STREAK_SAID, evidence.streak
    words = f"{days}-day streak" if days <= most else f"over {most} school days in a row"
    return (Praise(PraiseKind.STREAK, words),)
