"""The trend verdict over the last 8 calendar weeks, and whether a whole class falls."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from analytics import stats, trend
from analytics.concerns.evidence import RecentTrend
from analytics.concerns.sensitivity import EARLY
from analytics.reports.data import Trend
from analytics.thresholds import COMPARED_STUDENTS
from school.days import DateRange, week_start

RECENT_WEEKS = 8
"""Calendar weeks that are judged, the one that holds the last day among them."""
LEAST_WEEKS = 6
"""Usable weeks among them that a concern or praise needs."""


def recent_weeks(as_of: date) -> DateRange:
    """The days of the last 8 calendar weeks up to a day."""
    return DateRange(week_start(as_of) - timedelta(weeks=RECENT_WEEKS - 1), as_of)


def may_matter(own: Iterable[trend.Week]) -> bool:
    """Whether these weeks of a student may be a concern or praise, whatever the classmates' are.

    They make a verdict at most as sure as it is with no dispersion, at the earliest sensitivity.
    """
    weeks = trend.usable(own)
    return len(weeks) >= LEAST_WEEKS and trend.least_p(weeks) < EARLY.declining


def recent_trends(weeks: Mapping[int, Sequence[trend.Week]]) -> dict[int, RecentTrend]:
    """By student the verdict on their recent weeks; `weeks` are those of everyone in the class."""
    verdicts = trend.judge_all(weeks)
    return {
        student: RecentTrend(own, _falling(student, verdicts)) for student, own in verdicts.items()
    }


def _falling(student: int, verdicts: Mapping[int, Trend]) -> bool:
    """Whether the classmates fall too: the mean of their slopes is clearly below 0, by a point."""
    slopes = [
        one.slope
        for other, one in verdicts.items()
        if other != student and one.slope is not None and one.weeks >= LEAST_WEEKS
    ]
    interval = stats.t_interval(slopes)
    if interval is None or len(slopes) < COMPARED_STUDENTS:
        return False
    return sum(slopes) <= -trend.LEAST_SLOPE * len(slopes) and interval.high < 0
