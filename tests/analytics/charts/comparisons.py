"""Made-up comparisons that look like real ones, from full to empty."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from analytics.reports.data import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    ClassBeside,
    ClassComparison,
    Coverage,
    Interval,
    Measure,
    Strength,
    StudentComparison,
)
from analytics.strengths import SkillCount, gaps, strengths
from school.days import DateRange
from tests.analytics.charts.samples import END, SKILLS, wilson

DAYS = DateRange(END - timedelta(days=29), END, "days")
COVERAGE = Coverage(datetime(2026, 11, 20, 8, tzinfo=UTC), date(2026, 9, 1), END)
RIGHT = (10, 19, 21, 24, 38, 30, 26, 27, 29, 22, 25, 28)
MEASURES = (
    Measure("accuracy", 0.68, 0.66, 26, wilson(0.68, 277), Interval(0.61, 0.71), NOT_CLEAR),
    Measure("questions", 277, 240.4, 27, None, Interval(208.2, 272.6), ABOVE),
    Measure("time", 22_200, 20_400.0, 27, None, Interval(17_300.0, 23_500.0), NOT_CLEAR),
    Measure("skills_mastered", 8, 6.3, 27, None, Interval(5.1, 7.5), ABOVE),
    Measure("xp", 2060.0, 1840.0, 27, None, Interval(1550.0, 2130.0), NOT_CLEAR),
    Measure("active_days", 9, 13.2, 27, None, Interval(11.9, 14.5), BELOW),
)


def compared(skills: int = 8) -> tuple[tuple[Strength, ...], ...]:
    """The gaps of so many skills of 40 questions, strengths and weaknesses among them."""
    names = [SKILLS[n % len(SKILLS)] + " again" * (n // len(SKILLS)) for n in range(skills)]
    own = {n: SkillCount(name, 40, RIGHT[n % 12]) for n, name in enumerate(names)}
    mates = {n: SkillCount(name, 900, 600, 26) for n, name in enumerate(names)}
    return (gaps(own, mates), *strengths(own, mates))


def student_comparison(skills: int = 8) -> StudentComparison:
    """A student with about the class's accuracy, one strength and one weakness."""
    found, strong, weak = compared(skills)
    return StudentComparison(
        student_id=7,
        student="Maya Okafor",
        class_id=1,
        class_title="Grade 5 Maths",
        range=DAYS,
        timezone="Europe/London",
        coverage=COVERAGE,
        enrolled=True,
        measures=MEASURES,
        judged=26,
        own_judged=True,
        percentile=72.0,
        quarter="upper middle",
        rough=False,
        gaps=found,
        strengths=strong,
        weaknesses=weak,
        place=3,
        placed=22,
        left_out=False,
        finding="Maya gets 68 % right, not clearly different from the class’s 66 %.",
        replaying=False,
    )


def alone() -> StudentComparison:
    """A student with a single question in a class of one."""
    measures = tuple(
        replace(one, own=1.0, average=None, interval=None, around=None, side="") for one in MEASURES
    )
    return replace(
        student_comparison(),
        measures=measures,
        judged=0,
        own_judged=False,
        percentile=None,
        quarter=None,
        gaps=(),
        strengths=(),
        weaknesses=(),
        place=1,
        placed=1,
    )


def beside(number: int, title: str, share: float | None, side: str = "") -> ClassBeside:
    """A class of 25 with an interval of ten points; without a share nobody is judged."""
    if share is None:
        return ClassBeside(number, title, None, None, 0, 25, 0.0, 0.0)
    line = ClassBeside(
        number, title, share, Interval(share - 0.05, share + 0.05), 24, 25, 210.0, 9.5
    )
    if not side:
        return line
    gap = 0.68 - share
    interval = Interval(gap - 0.07, gap + 0.07)
    return replace(line, gap=gap, gap_interval=interval, p=0.012, side=side)


def class_comparison(others: int = 3) -> ClassComparison:
    """A class beside one that is higher, one that is lower and one that is neither."""
    lines = (
        beside(2, "Grade 6 Maths", 0.81, BELOW),
        beside(3, "Grade 4 Maths", 0.66, NOT_CLEAR),
        beside(4, "Grade 6 Science, the second group of Wednesday mornings", 0.55, ABOVE),
        beside(5, "Chess", None),
    )
    return ClassComparison(
        class_id=1,
        title="Grade 5 Maths",
        range=DAYS,
        timezone="Europe/London",
        coverage=COVERAGE,
        own=beside(1, "Grade 5 Maths", 0.68),
        others=lines[:others],
        finding="Grade 5 Maths gets 68 % right (63 to 73 %): above Grade 6 Science (55 %).",
        replaying=False,
    )
